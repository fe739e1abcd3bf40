// Injects random faults into real brokers until the time is up or something is lost. Has the same needs as `npm start`.
//   npm run test:chaos -- --minutes 10 --seed 1
import { Stage } from '../../testkit/faults/stage';
import { Dice } from './dice';
import { play } from './round';
import { type Chaos, FOREIGN, run } from './run';
import { aGround, aScene, type Ground, tell, UNKIND_LISTENERS } from './scene';
import { settings } from './settings';

/** Half of it is reserved for the answer, so that a worker sometimes gives up during a fault. */
const WORKER_LIMIT_MS = 24_000;

/** How many characters of the log of the workers are printed if something is found. */
const LOG_TAIL = 10_000;

const chosen = settings();
const dice = new Dice(chosen.seed);
const ground = aGround(dice);
console.log(`seed ${chosen.seed}, ${chosen.minutes} minutes, ${ground.what}`);
run(chosen, () => chaosOn(ground));

/** Some events ask for foreign topics, and all must be refused. */
async function chaosOn({ nodes, options }: Ground): Promise<Chaos> {
  const given = { ...options, serverProperties: UNKIND_LISTENERS };
  const stage = await Stage.set(given, { timeoutMs: WORKER_LIMIT_MS });
  for (const name of FOREIGN) await stage.aForeignTopic(name);
  return {
    play: async (say) => {
      const scene = aScene(dice, stage.ledger, nodes);
      say(tell(scene));
      const findings = await play(stage, scene, dice);
      return findings.length > 0 ? told(stage, findings) : findings;
    },
    check: async () => told(stage, await stage.ledger.findings(...stage.ledger.topics, ...stage.ledger.foreign)),
    stop: () => stage.stop(),
  };
}

/** Prints what has happened to a run that ends. */
function told(stage: Stage, findings: readonly string[]): readonly string[] {
  const { cuts, refusals } = stage.sums;
  console.log(`${cuts} requests cut, ${refusals} answers without a known outcome`);
  if (findings.length > 0) console.error(stage.workers.log.slice(-LOG_TAIL));
  return findings;
}
