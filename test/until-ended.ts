/** Runs a script that has something to stop, also when it is interrupted, and ends the process with the code it returns. */
export function untilEnded<T extends { stop(): Promise<void> }>(
  open: () => Promise<T>,
  run: (opened: T) => Promise<number>,
): void {
  void runAndStop(open, run).then(
    (code) => process.exit(code),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
}

async function runAndStop<T extends { stop(): Promise<void> }>(
  open: () => Promise<T>,
  run: (opened: T) => Promise<number>,
): Promise<number> {
  const opening = open();
  const interrupted = () => void opening.then((opened) => opened.stop()).finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  const opened = await opening;
  try {
    return await run(opened);
  } finally {
    await opened.stop();
  }
}
