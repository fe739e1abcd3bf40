#!/usr/bin/env bash
# In some versions of the CDK, a warning that is acknowledged on a construct appears nevertheless, if it is added to that construct
# later. On a child of the construct it does not.
#
# Versions: aws-cdk-lib 2.263.0 and 2.276.0, constructs 10.6.0.
#
# `Annotations.of(construct).acknowledgeWarning(id)` is said to prevent the warning from being reported on the construct and all its
# children. In 2.263.0 it removes what was added before, and later looks for acknowledgments only above the construct that gets
# the warning. Warnings of aspects and validations come when the app is synthesized, after all acknowledgments. So the library adds such
# warnings to the resource inside its construct, where an acknowledgment on the construct applies in both versions.
#
# Output seen (number of warnings left):
#   2.263.0: added before 0, added later 1, added later to a child 0
#   2.276.0: added before 0, added later 0, added later to a child 0
set -euo pipefail
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

for version in 2.263.0 2.276.0; do
  folder="$WORK/$version"
  npm install --silent --no-audit --no-fund --prefix "$folder" "aws-cdk-lib@$version" constructs@10.6.0
  cat > "$folder/probe.cjs" << 'JS'
const { Annotations, App, Stack } = require('aws-cdk-lib');
const { Construct } = require('constructs');
const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
const [before, later, parent] = ['Before', 'Later', 'Parent'].map((id) => new Construct(stack, id));
const child = new Construct(parent, 'Child');
const add = (construct) => Annotations.of(construct).addWarningV2('example:id', 'a warning');
add(before);
for (const construct of [before, later, parent]) Annotations.of(construct).acknowledgeWarning('example:id');
[later, child].forEach(add);
const left = ({ node }) => node.metadata.filter(({ type }) => type.endsWith('warning')).length;
console.log(`${process.argv[2]}: added before ${left(before)}, added later ${left(later)}, added later to a child ${left(child)}`);
JS
  node "$folder/probe.cjs" "$version"
done | tee "$WORK/seen"
diff "$WORK/seen" <(sed -n 's/^#   //p' "$0")
