import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '..');

/** Loads a built module as Node.js does. The test file needs the environment of native-environment.ts. */
export const loadNatively = <T>(file: string): T =>
  (globalThis as unknown as { nativeRequire: () => NodeJS.Require }).nativeRequire()(file) as T;

/** Bundles a source file as the handlers are bundled, and loads it. */
export function loadBundled<T>(entry: string): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-bundle-'));
  const outfile = path.join(folder, 'bundle.mjs');
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/bundle.mjs'), entry, outfile], { cwd: ROOT });
  try {
    return loadNatively<T>(outfile);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
