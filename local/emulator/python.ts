import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeWhole } from '../files';

const run = promisify(execFile);

/** Returns a Python with the packages of a requirements file. Its virtual environment is created once for each file. */
export async function preparePython(cacheRoot: string, list = 'requirements.txt'): Promise<string> {
  const file = path.join(__dirname, list);
  const requirements = await fs.readFile(file);
  const version = await runPython('python3', ['--version']);
  const hash = createHash('sha256').update(requirements).update(version).digest('hex').slice(0, 12);
  const folder = path.join(cacheRoot, `venv-${hash}`);
  await makeWhole(folder, async (aside) => {
    await runPython('python3', ['-m', 'venv', aside]);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', file];
    await runPython(path.join(aside, 'bin', 'python'), install);
  });
  return path.join(folder, 'bin', 'python');
}

async function runPython(command: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(command, args)).stdout;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error(`${command} failed (Python 3.11 or later is required): ${(stderr || message).slice(-2_000)}`, {
      cause: error,
    });
  }
}
