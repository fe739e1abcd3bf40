// Builds everything that the package ships: the bundled handlers in assets/, the library's JavaScript and types next to its sources,
// and .jsii. `--signatures` also writes what the library knows of its own API. `--clean` removes the generated files next to the sources, where tools would load them instead of the sources.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeImportsLazy } from './lazy-imports.mjs';
import { makeIndexLazy } from './lazy-index.mjs';
import { makeOneFile } from './one-file.mjs';
import { checkSignatures, writeSignatures } from './signatures.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);

function run(command, args) {
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' };
  execFileSync(command, args, { cwd: root, env, stdio: 'inherit' });
}

function clean() {
  const built = fs
    .readdirSync(path.join(root, 'lib'), { recursive: true })
    .filter((file) => /\.(js|js\.map|d\.ts)$/.test(file));
  for (const file of built) fs.rmSync(path.join(root, 'lib', file));
  for (const file of ['.jsii', 'tsconfig.tsbuildinfo']) fs.rmSync(path.join(root, file), { force: true });
}

if (process.argv.includes('--clean')) {
  clean();
} else {
  run(process.execPath, [path.join(root, 'scripts', 'bundle.mjs')]);
  run(bin('jsii'), ['--fail-on-warnings', '--silence-warnings', 'metadata/missing-dev-dependency']);
  makeIndexLazy(root);
  if (process.argv.includes('--signatures')) writeSignatures(root);
  else checkSignatures(root);
  makeImportsLazy(root);
  makeOneFile(root);
}
