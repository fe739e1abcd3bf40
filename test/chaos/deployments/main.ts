// Deploys random changes by the real `cdk` while AWS is unkind, until the time is up or something is lost. Has the same needs
// as `npm start`.
//   npm run test:chaos:deployments -- --minutes 10 --seed 1
import { until } from '../../../local/readiness';
import { Deployment } from '../../e2e/support/deployment';
import type { UnkindOptions } from '../../../local/emulator/unkind';
import { Dice } from '../dice';
import { type Chaos, FOREIGN, run } from '../run';
import { settings } from '../settings';
import { DeploymentLedger, type Outcome } from './ledger';
import { aScene, type Scene } from './scene';

/** Late copies of events may still run when `cdk` has ended. */
const SETTLED_LIMIT_MS = 60_000;
const PAUSE_MS = 500;
/** The stack with the topics. */
const STACK = 'App';
/** What an account with ten executions has room for. */
const ROOM = { ownStack: true, maxConcurrentTopics: 3 };
/** How many characters of the output of `cdk` are printed if something is found. */
const OUTPUT_TAIL = 6_000;

const chosen = settings();
const dice = new Dice(chosen.seed);

class Theater implements Chaos {
  private constructor(
    private readonly deployment: Deployment,
    private readonly ledger: DeploymentLedger,
  ) {}

  public static async open(): Promise<Theater> {
    const deployment = await Deployment.start();
    await deployment.deploy({ topics: {}, ...ROOM });
    const ledger = new DeploymentLedger(await deployment.inspector());
    for (const name of FOREIGN) await ledger.protect(name);
    return new Theater(deployment, ledger);
  }

  public async play(say: (round: string) => void): Promise<readonly string[]> {
    const scene = aScene(dice, this.ledger);
    say(tell(scene));
    const findings = await this.deploy(scene);
    if (findings.length > 0) return findings;
    const written = dice.some(Object.keys(this.ledger.declared), 2);
    for (const id of written) await this.ledger.write(id, dice.between(1, 30));
    return [];
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  private async deploy({ allowedAgain, refusal, topics, unkind }: Scene): Promise<readonly string[]> {
    const { emulator } = this.deployment.standIn;
    await emulator.setUnkind(unkind);
    const deploying = { isOver: false };
    const deployed = this.deployment.tryToDeploy({ topics, ...ROOM }).finally(() => (deploying.isOver = true));
    if (allowedAgain) await this.allowAgain(allowedAgain, unkind, deploying);
    const { code, output } = await deployed;
    await emulator.setUnkind({});
    const { again = 0, older = 0, twice = 0 } = unkind.events ?? {};
    const outcome = { hasSucceeded: code === 0, hasOlder: older > 0, hasCopies: again + older + twice > 0 };
    const findings = [...misjudged(refusal, outcome, output), ...(await this.settled(topics, outcome))];
    if (findings.length > 0) console.error(output.slice(-OUTPUT_TAIL));
    else await this.ledger.book(topics, outcome);
    return findings;
  }

  private async allowAgain(
    when: Scene['allowedAgain'],
    unkind: UnkindOptions,
    deploying: { readonly isOver: boolean },
  ): Promise<void> {
    const { emulator } = this.deployment.standIn;
    const isTime = async () =>
      when === 'soon'
        ? (await emulator.unkindTally()).denied !== undefined
        : (await this.deployment.stackStatus(STACK))?.endsWith('ROLLBACK_IN_PROGRESS');
    const isSo = async () => deploying.isOver || (await isTime()) === true;
    await until(isSo, { what: () => 'the end of the denials', deadline: Infinity, pollMs: PAUSE_MS });
    if (!deploying.isOver) await emulator.setUnkind({ ...unkind, deny: [] });
  }

  /** What is still wrong when everything that was on its way should have arrived. */
  private async settled(topics: Scene['topics'], outcome: Outcome): Promise<readonly string[]> {
    const deadline = Date.now() + SETTLED_LIMIT_MS;
    let findings: readonly string[] = [];
    const isOver = async () => {
      findings = await this.ledger.findings(topics, outcome);
      return findings.length === 0 || Date.now() > deadline;
    };
    await until(isOver, { what: () => findings.join(), deadline: Infinity, pollMs: PAUSE_MS });
    return findings;
  }
}

function misjudged(refusal: Scene['refusal'], { hasSucceeded }: Outcome, output: string): string[] {
  if (!refusal) return hasSucceeded ? [] : ['the deployment failed'];
  if (hasSucceeded) return [`the deployment succeeded, and should have failed with ${refusal}`];
  return output.includes(`${refusal}: `) ? [] : [`the deployment failed without naming ${refusal}`];
}

function tell({ allowedAgain, changes, refusal, unkind }: Scene): string {
  const day = `${JSON.stringify(unkind)}${allowedAgain ? `, allowed again ${allowedAgain}` : ''}`;
  return `${changes.join(', ')}; ${refusal ? `must fail (${refusal})` : 'must succeed'}; ${day}`;
}

console.log(`seed ${chosen.seed}, ${chosen.minutes} minutes`);
run(chosen, () => Theater.open());
