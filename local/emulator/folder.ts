import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const OURS = /^cdk-msk-emulator-(\d+)-/;
const INSTALLED = path.resolve(__dirname, '../../node_modules');

/** Packages included in Lambda's Node.js runtimes. */
const OF_THE_RUNTIME = ['@aws-sdk', '@smithy'];

/**
 * Creates a folder for everything that one emulator writes. It is outside this checkout, since functions are unpacked
 * in it and would find the packages of every parent folder. Also removes folders whose owner was killed.
 */
export function makeFolder(): string {
  const all = os.tmpdir();
  const left = fs.readdirSync(all).filter((name) => OURS.test(name) && !runs(Number(OURS.exec(name)?.[1])));
  left.forEach((name) => fs.rmSync(path.join(all, name), { recursive: true, force: true }));
  const folder = fs.mkdtempSync(path.join(all, `cdk-msk-emulator-${process.pid}-`));
  linkModules(modulesIn(folder));
  return folder;
}

/** Functions are unpacked below this folder and find the packages in its `node_modules`. */
export const modulesIn = (folder: string) => path.join(folder, 'lambda');

/** Links only the packages of the Lambda runtime, so that a bundle with a missing package fails here too. */
function linkModules(folder: string): void {
  const modules = path.join(folder, 'node_modules');
  fs.mkdirSync(modules, { recursive: true });
  for (const scope of OF_THE_RUNTIME) fs.symlinkSync(path.join(INSTALLED, scope), path.join(modules, scope));
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
