// Rewrites lib/index.js of the built library, so that each export loads its file on first use. jsii's own index.js loads every
// file of the library in every synthesis. All other files stay as jsii emitted them.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Maps each exported name to the module that index.js exports it from. */
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

/**
 * Node.js finds the names for `import { Topic } from 'cdk-msk'` in the assignments, as in the code that TypeScript
 * emits.
 */
function source(found) {
  const getter = ([name, module]) => `lazy('${name}', () => require('${module}'));`;
  return [
    "'use strict';",
    "Object.defineProperty(exports, '__esModule', { value: true });",
    ...[...found.keys()].map((name) => `exports.${name} = void 0;`),
    'const lazy = (name, load) =>',
    '  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => load()[name] });',
    ...[...found].map(getter),
    '',
  ].join('\n');
}

export function makeIndexLazy(root) {
  const index = path.join(root, 'lib', 'index.js');
  fs.writeFileSync(index, source(exportsOf(index)));
}
