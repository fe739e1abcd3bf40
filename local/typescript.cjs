// Loaded before an app: `require` takes TypeScript. What tsx does besides (ES modules, paths of tsconfig.json) costs a synthesis
// a third of its time. A translated file is kept in .cache under the hash of what it was made from.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const process = require('node:process');
const swc = require('@swc/core');

const FOLDER = path.join(module.path, '../.cache/typescript');
const OPTIONS = {
  jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
};
const SALT = `${swc.version} ${JSON.stringify(OPTIONS)}`;

function translated(filename) {
  const source = fs.readFileSync(filename, 'utf8');
  const kept = path.join(FOLDER, createHash('sha256').update(`${SALT} ${filename}\n${source}`).digest('hex'));
  try {
    return fs.readFileSync(kept, 'utf8');
  } catch {
    const { code } = swc.transformSync(source, { ...OPTIONS, filename });
    fs.mkdirSync(FOLDER, { recursive: true });
    fs.writeFileSync(`${kept}.${process.pid}`, code);
    fs.renameSync(`${kept}.${process.pid}`, kept); // no reader sees half of it
    return code;
  }
}

// before .js: jsii leaves lib/*.js next to lib/*.ts
const others = { ...Module._extensions };
for (const extension of Object.keys(others)) delete Module._extensions[extension];
Module._extensions['.ts'] = (module, filename) => module._compile(translated(filename), filename);
Object.assign(Module._extensions, others);

// the examples import the library by its name, as tsconfig.json has it too
const LIBRARY = path.join(module.path, '../lib/index.ts');
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  request === 'cdk-msk' ? LIBRARY : resolve.call(Module, request, ...rest);
