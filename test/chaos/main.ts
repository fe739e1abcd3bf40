// Injects random faults into real brokers until the time is up or something is lost. Has the same needs as `npm start`.
//   npm run test:chaos -- --minutes 10 --seed 1
import { Stage } from '../../testkit/faults/stage';
import { Dice } from './dice';
import { play } from './round';
import { aGround, aScene, type Ground, tell, UNKIND_LISTENERS } from './scene';
import { settings } from './settings';

/** Half of it is reserved for the answer, so that a worker sometimes gives up during a fault. */
const WORKER_LIMIT_MS = 24_000;

/** How many characters of the log of the workers are printed if something is found. */
const LOG_TAIL = 10_000;

/** Topics of somebody else. Some events ask for them, and all must be refused. */
const FOREIGN = ['theirs-1', 'theirs-2', 'theirs-3'];

/** Plays rounds until something is wrong or the time is up, and returns what is wrong. */
async function rounds(stage: Stage, minutes: number, dice: Dice, { nodes }: Ground): Promise<string[]> {
  for (const name of FOREIGN) await stage.aForeignTopic(name);
  const end = Date.now() + minutes * 60_000;
  for (let round = 1; Date.now() < end; round += 1) {
    const scene = aScene(dice, stage.ledger, nodes);
    console.log(`round ${round}: ${tell(scene)}`);
    const findings = await play(stage, scene, dice);
    if (findings.length > 0) return findings;
  }
  return stage.ledger.findings(...stage.ledger.topics, ...stage.ledger.foreign);
}

async function main(): Promise<number> {
  const chosen = settings();
  const dice = new Dice(chosen.seed);
  const ground = aGround(dice);
  console.log(`seed ${chosen.seed}, ${chosen.minutes} minutes, ${ground.what}`);
  const options = { ...ground.options, serverProperties: UNKIND_LISTENERS };
  const stage = await Stage.set(options, { timeoutMs: WORKER_LIMIT_MS });
  const interrupted = () => void stage.stop().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    const findings = await rounds(stage, chosen.minutes, dice, ground);
    const { cuts, refusals } = stage.sums;
    console.log(`${cuts} requests cut, ${refusals} answers without a known outcome`);
    if (findings.length > 0) console.error(stage.workers.log.slice(-LOG_TAIL));
    findings.forEach((finding) => console.error(`FOUND: ${finding}`));
    console.log(findings.length === 0 ? 'nothing was lost' : `found with --seed ${chosen.seed}; see the rounds above`);
    return findings.length === 0 ? 0 : 1;
  } finally {
    await stage.stop();
  }
}

void main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
