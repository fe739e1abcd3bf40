// Bundles each Lambda function into assets/<name>/index.mjs, and the schema checks into assets/schemas/index.js. The package ships
// them, so that synthesis needs no bundler and no installation.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @platformatic/kafka compiles schemas with ajv at import, reads a .wasm file next to its own code, and logs each request for
 * whoever sets DEBUG; the parts that the worker uses need none of it. Its modules have no side effects, but its package.json does not say so.
 */
const STUBBED = /^(ajv|ajv-draft-04|avsc|debug|@platformatic\/wasm-utils)(\/.*)?$/;
const STUB = `
  class Ajv { compile() { return () => true; } addKeyword() { return this; } addSchema() { return this; } errorsText() { return ''; } }
  const gone = (name) => () => { throw new Error(name + ' is not in this bundle'); };
  export { Ajv, Ajv as Ajv2020, Ajv as default };
  export const crc32c = gone('crc32c'), lz4Compress = gone('lz4'), lz4Decompress = gone('lz4');
  export const snappyCompress = gone('snappy'), snappyDecompress = gone('snappy');`;
const STUBS = { debug: 'export default () => () => undefined;' };

const lowLevelKafka = {
  name: 'low-level-kafka',
  setup(build) {
    build.onResolve({ filter: STUBBED }, ({ path }) => ({ path, namespace: 'stub' }));
    build.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) =>
      path.endsWith('.json') ? { contents: '{}', loader: 'json' } : { contents: STUBS[path] ?? STUB, loader: 'js' },
    );
    build.onResolve(
      { filter: /^(\.{1,2}\/|@platformatic\/)/ },
      async ({ path, kind, importer, namespace, pluginData, resolveDir }) => {
        if (pluginData?.seen || kind === 'entry-point') return undefined;
        const found = await build.resolve(path, { kind, importer, namespace, resolveDir, pluginData: { seen: true } });
        return /@platformatic[\\/](kafka|dynamic-buffer)[\\/]/.test(found.path)
          ? { ...found, sideEffects: false }
          : found;
      },
    );
  },
};

/** The licenses of all third-party code in a bundle, which are written next to it. */
async function licences(inputs) {
  const modules = [
    ...new Set(inputs.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter(Boolean)),
  ];
  const texts = modules.sort().map(async (module) => {
    const folder = path.join(root, 'node_modules', module);
    const { license, version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const files = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice)/i.test(name));
    const parts = await Promise.all(files.sort().map((file) => readFile(path.join(folder, file), 'utf8')));
    return `${module} ${version} (${license})\n\n${parts.map((part) => part.trim()).join('\n\n')}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}

/** Bundles an entry and everything that it needs into one minified file. */
async function bundleFile(entry, outfile, options) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    metafile: true,
    platform: 'node',
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
  });
  const [{ bytes, inputs }] = Object.values(metafile.outputs);
  return { bytes, inputs: Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0) };
}

/** An ES module for the Lambda runtime, which includes the AWS SDK. */
const bundle = (entry, outfile, external = ['@aws-sdk/*']) =>
  bundleFile(entry, outfile, {
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: [...external, '@node-rs/crc32', 'protobufjs'], // only parts that are not used here need the last two
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
    plugins: [lowLevelKafka],
  });

async function report(file, { bytes, inputs }) {
  const texts = await licences(inputs);
  if (texts) await writeFile(path.join(root, path.dirname(file), 'THIRD-PARTY-LICENSES.txt'), texts);
  console.log(`${file} ${bytes} bytes`);
}

async function bundleHandler(name) {
  const file = `assets/${name}/index.mjs`;
  await report(file, await bundle(path.join('lambda', name, 'index.ts'), path.join(root, file)));
}

/** For synthesis, on the oldest Node.js that the package supports. */
async function bundleSchemas() {
  const file = 'assets/schemas/index.js';
  await report(file, await bundleFile('schemas/index.ts', path.join(root, file), { target: 'node20', format: 'cjs' }));
}

// `node scripts/bundle.mjs ENTRY OUTFILE [--with-sdk]` bundles something else the same way, for a test or a measurement
const [entry, outfile, withSdk] = process.argv.slice(2);
if (entry) await bundle(entry, path.resolve(outfile), withSdk ? [] : undefined);
else await Promise.all([...['dispatcher', 'worker'].map(bundleHandler), bundleSchemas()]);
