import { startSet } from './scratch';

/** A program that owns a set, freezes one of its brokers, and would run forever. Argument: a folder. */
async function main(folder: string): Promise<void> {
  const set = await startSet(folder);
  set.freeze(3);
  console.log(JSON.stringify(set.nodes.map(({ pid }) => pid)));
  setInterval(() => undefined, 60_000);
}

void main(process.argv[2]);
