#!/usr/bin/env bash
# The loader of @jsii/spec refuses the assembly of aws-cdk-lib, unless the caller says that it understands intersection types.
#
# Versions: @jsii/spec 1.142.0, aws-cdk-lib 2.263.0, Node.js 24.
#
# `loadAssemblyFromPath(folder)` is the way in which tools read a jsii assembly, and aws-cdk-lib is the assembly that most of them read.
# With its defaults, the newest loader does not load it: aws-cdk-lib uses a feature that came after the first release of jsii, and
# a caller has to list the features that it supports. Turning the validation off does not help. So the script that writes our table of
# signatures names the feature.
#
# Output seen:
#   by default: unsupported feature(s): intersection-types
#   without validation: unsupported feature(s): intersection-types
#   with the feature: aws-cdk-lib 2.263.0
set -euo pipefail
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

npm install --silent --no-audit --no-fund --prefix "$WORK" @jsii/spec@1.142.0 aws-cdk-lib@2.263.0 constructs@10.6.0
cat > "$WORK/probe.cjs" << 'JS'
const { loadAssemblyFromPath } = require('@jsii/spec');
const folder = require('node:path').dirname(require.resolve('aws-cdk-lib/package.json'));
const loaded = (...options) => {
  try {
    const { name, version } = loadAssemblyFromPath(folder, ...options);
    return `${name} ${version}`;
  } catch (error) {
    return /unsupported feature\(s\): [\w-]+/.exec(error.message)?.[0] ?? error.message;
  }
};
console.log(`by default: ${loaded()}`);
console.log(`without validation: ${loaded(false)}`);
console.log(`with the feature: ${loaded(false, ['intersection-types'])}`);
JS
node "$WORK/probe.cjs" | tee "$WORK/seen"
diff "$WORK/seen" <(sed -n 's/^#   //p' "$0")
