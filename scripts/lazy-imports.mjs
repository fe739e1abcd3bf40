// Rewrites the imports among the files of the built library, so that a file is evaluated when one of its exports is used. The CDK
// does the same with its own files. A synthesis then pays for the parts that its app uses.
import fs from 'node:fs';
import path from 'node:path';

/** What jsii emits for an import of another file of the library; it uses the name only before a dot. */
const IMPORT = /^const (\w+_\d+) = ((?:__importDefault\()?require\("\.[^"]+"\)\)?);$/gm;

export function withLazyImports(code) {
  const names = [];
  const imports = code.replace(IMPORT, (_, name, load) => {
    names.push(name);
    return `let ${name}$; const ${name} = () => (${name}$ ??= ${load});`;
  });
  return names.length === 0
    ? code
    : imports.replaceAll(new RegExp(`(?<![\\w$])(${names.join('|')})\\.`, 'g'), '($1()).');
}

export function makeImportsLazy(root) {
  const lib = path.join(root, 'lib');
  const files = fs.readdirSync(lib, { recursive: true }).filter((file) => file.endsWith('.js') && file !== 'index.js');
  for (const file of files.map((name) => path.join(lib, name))) {
    fs.writeFileSync(file, withLazyImports(fs.readFileSync(file, 'utf8')));
  }
}
