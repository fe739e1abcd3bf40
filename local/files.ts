import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

export function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

/** Fills a temporary folder and renames it, so the folder is always complete, even if two processes create it. */
export async function makeWhole(folder: string, fill: (aside: string) => Promise<void>): Promise<void> {
  if (await exists(folder)) return;
  await fs.mkdir(path.dirname(folder), { recursive: true });
  const aside = await fs.mkdtemp(`${folder}.`);
  try {
    await fill(aside);
    await fs.rename(aside, folder);
  } catch (error) {
    await fs.rm(aside, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  }
}

/** Replaces a file by renaming, so that no reader sees a partially written file. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  await fs.writeFile(aside, text, { mode: 0o600 });
  await fs.rename(aside, file);
}
