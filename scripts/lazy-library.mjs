// Makes one file of the built library, lib/index.js, whose parts are evaluated when somebody asks for them: an app waits for no
// file and no part that it does not use, at every synthesis. The types stay where they are.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/** Name → the module that exports it, as index.js says. */
function exportsOf(index) {
  const names = Object.keys(require(index));
  const modules = [...fs.readFileSync(index, 'utf8').matchAll(/require\("(\.\/[^"]+)"\)/g)].map(([, name]) => name);
  const exported = modules.flatMap((name) =>
    Object.keys(require(path.join(path.dirname(index), name))).map((one) => [one, name]),
  );
  const found = new Map(exported.filter(([one]) => names.includes(one)));
  const lost = names.filter((name) => !found.has(name));
  if (lost.length > 0) throw new Error(`no module of lib/index.ts exports ${lost.join(', ')}`);
  return found;
}

/** The last line tells Node.js the names, for `import { Topic } from 'cdk-msk'`. */
function source(found) {
  const lazy = ([name, module]) => `lazy('${name}', () => require('${module}'));`;
  return [
    "Object.defineProperty(exports, '__esModule', { value: true });",
    'const lazy = (name, load) =>',
    '  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => load()[name] });',
    ...[...found].map(lazy),
  ].join('\n');
}

export async function bundleLibrary(root) {
  const lib = path.join(root, 'lib');
  const index = path.join(lib, 'index.js');
  const found = exportsOf(index);
  const { outputFiles } = await build({
    stdin: { contents: source(found), resolveDir: lib, sourcefile: 'index.js' },
    bundle: true,
    write: false,
    packages: 'external',
    resolveExtensions: ['.js', '.json'], // what jsii made of the sources, not the sources beside it
    platform: 'node',
    target: 'node20',
    keepNames: true,
    footer: { js: `0 && (module.exports = { ${[...found.keys()].join(', ')} });` },
  });
  const built = fs.readdirSync(lib, { recursive: true }).filter((file) => file.endsWith('.js'));
  for (const file of built) fs.rmSync(path.join(lib, file));
  fs.writeFileSync(index, outputFiles[0].contents);
}
