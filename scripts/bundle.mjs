// Bundles each Lambda into assets/<name>/index.mjs, which the package ships, so that nobody bundles at synthesis.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @platformatic/kafka compiles schemas with ajv at import and reads a .wasm file beside its own code; nothing that the
 * worker uses of it needs either. Its modules only define things, which its package.json does not say.
 */
const STUBBED = /^(ajv|ajv-draft-04|avsc|@platformatic\/wasm-utils)(\/.*)?$/;
const STUB = `
  class Ajv { compile() { return () => true; } addKeyword() { return this; } addSchema() { return this; } errorsText() { return ''; } }
  const gone = (name) => () => { throw new Error(name + ' is not in this bundle'); };
  export { Ajv, Ajv as Ajv2020, Ajv as default };
  export const crc32c = gone('crc32c'), lz4Compress = gone('lz4'), lz4Decompress = gone('lz4');
  export const snappyCompress = gone('snappy'), snappyDecompress = gone('snappy');`;

const lowLevelKafka = {
  name: 'low-level-kafka',
  setup(build) {
    build.onResolve({ filter: STUBBED }, ({ path }) => ({ path, namespace: 'stub' }));
    build.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) =>
      path.endsWith('.json') ? { contents: '{}', loader: 'json' } : { contents: STUB, loader: 'js' },
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

/** The licences of all that a bundle holds of others, beside the bundle. */
async function licences(inputs) {
  const modules = [
    ...new Set(inputs.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter(Boolean)),
  ];
  const texts = modules.sort().map(async (module) => {
    const folder = path.join(root, 'node_modules', module);
    const { license, version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
    const text = file ? await readFile(path.join(folder, file), 'utf8') : '';
    return `${module} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}

/** One minified ES module of an entry and all that it needs; the Lambda runtime brings the AWS SDK. */
async function bundle(entry, outfile, external = ['@aws-sdk/*']) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: [...external, '@node-rs/crc32', 'protobufjs'], // the two are only asked for by what nobody uses here
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [lowLevelKafka],
  });
  const [{ bytes, inputs }] = Object.values(metafile.outputs);
  return { bytes, inputs: Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0) };
}

async function bundleHandler(name) {
  const folder = path.join(root, 'assets', name);
  const { bytes, inputs } = await bundle(path.join('lambda', name, 'index.ts'), path.join(folder, 'index.mjs'));
  const texts = await licences(inputs);
  if (texts) await writeFile(path.join(folder, 'THIRD-PARTY-LICENSES.txt'), texts);
  console.log(`assets/${name}/index.mjs ${bytes} bytes`);
}

// `node scripts/bundle.mjs ENTRY OUTFILE [--with-sdk]` bundles something else the same way, for a test or a measurement
const [entry, outfile, withSdk] = process.argv.slice(2);
if (entry) await bundle(entry, path.resolve(outfile), withSdk ? [] : undefined);
else await Promise.all(['dispatcher', 'worker'].map(bundleHandler));
