import { Emulator } from '../../../../local/emulator/emulator';

/** A program that owns an emulator and would run forever. */
async function main(): Promise<void> {
  const emulator = await Emulator.start();
  console.log(JSON.stringify({ emulator: emulator.pid, ownPid: process.pid }));
  setInterval(() => undefined, 60_000);
}

void main();
