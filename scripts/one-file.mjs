// Bundles the built library into lib/index.js, whose parts are evaluated on first use. A synthesis then opens one file in place of a
// hundred. lib/index.js.map leads from a stack trace to the parts, for `node --enable-source-maps`.
import path from 'node:path';
import { buildSync } from 'esbuild';

export function makeOneFile(root) {
  const index = path.join(root, 'lib', 'index.js');
  buildSync({
    absWorkingDir: root,
    entryPoints: [index],
    outfile: index,
    allowOverwrite: true,
    bundle: true,
    keepNames: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    resolveExtensions: ['.js', '.json'], // what jsii emitted, not its sources
    sourcemap: 'linked',
    logLevel: 'warning',
  });
}
