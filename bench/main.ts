import { oneTopic, siblings } from './creation';
import { aJavaClient, quietBrokers } from './ground';
import { unchangedUpdate, workerMemory } from './life';
import type { Comparison } from './medians';
import { installPackage } from './package';
import { isOver, report, writePage } from './report';
import type { Figures } from './rows';
import { start } from './start';
import { loading, synthesis } from './synthesis';

/** Rounds until brokers answer new clients as fast as brokers that are not new; the clients start anew each time. */
const BROKER_WARM_UP = 40;

/** Reports progress on standard error, so that standard output has only the figures. */
async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const begun = performance.now();
  process.stderr.write(`▸ ${what} …`);
  const result = await work();
  process.stderr.write(` ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  return result;
}

async function ratio(what: string, work: () => Promise<Comparison>): Promise<number> {
  const { oursMs, ratio: measured, theirsMs } = await timed(what, work);
  process.stderr.write(`  ${Math.round(oursMs)} ms against ${Math.round(theirsMs)} ms\n`);
  return measured;
}

async function ofPackage() {
  const installed = await timed('Packing', installPackage);
  try {
    const rounds = { warmUp: 1, counted: 11 };
    return {
      'worker-size': installed.workerSize,
      loading: await ratio('Loading', () => loading(installed.app, rounds)),
      'synthesis-l2': await ratio('Synthesis, L2', () => synthesis(installed.app, 'by-l2', rounds)),
      'synthesis-l1': await ratio('Synthesis, L1', () => synthesis(installed.app, 'by-hand', rounds)),
      'package-size': installed.size,
      dependencies: installed.dependencies,
    };
  } finally {
    installed.remove();
  }
}

async function onBrokers() {
  const real = await timed('Starting brokers', quietBrokers);
  try {
    const unchanged = await timed('An Update that changes nothing', () => unchangedUpdate(real));
    const alone = {
      'unchanged-writes': unchanged.writes,
      'unchanged-requests': unchanged.requests,
      'worker-memory': await timed('Memory', () => workerMemory(real)),
      start: await ratio('From process start', () => start(real, { warmUp: BROKER_WARM_UP, counted: 21 })),
    };
    const both = { real, java: aJavaClient(real) };
    return {
      ...alone,
      'one-topic': await ratio('One topic', () => oneTopic(both, { warmUp: 10, counted: 40 })),
      siblings: await ratio('100 siblings', () => siblings(both, { warmUp: 1, counted: 3 })),
    };
  } finally {
    await real.stop();
  }
}

async function main(): Promise<void> {
  const figures: Figures = { ...(await ofPackage()), ...(await onBrokers()) };
  console.log(report(figures));
  if (process.argv.includes('--write')) writePage(figures);
  process.exitCode = isOver(figures) ? 1 : 0;
}

main().catch((error: Error) => {
  console.error(`\n✗ ${error.stack}`);
  process.exitCode = 1;
});
