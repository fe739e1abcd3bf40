// Deploys random changes by the real `cdk` while AWS is unkind, until the time is up or something is lost. Has the same needs
// as `npm start`.
//   npm run test:chaos:deployments -- --minutes 10 --seed 1
import { Deployment } from '../../e2e/support/deployment';
import { Dice } from '../dice';
import { settings } from '../settings';
import { DeploymentLedger, type Outcome } from './ledger';
import { aScene, type Scene } from './scene';

/** Late copies of events may still run when `cdk` has ended. */
const SETTLED_LIMIT_MS = 60_000;
const PAUSE_MS = 500;
/** What an account with ten executions has room for. */
const ROOM = { ownStack: true, maxConcurrentTopics: 3 };
const FOREIGN = ['theirs-1', 'theirs-2', 'theirs-3'];
/** How many characters of the output of `cdk` are printed if something is found. */
const OUTPUT_TAIL = 6_000;

interface Played {
  readonly findings: readonly string[];
  readonly output: string;
}

class Theater {
  private constructor(
    private readonly deployment: Deployment,
    public readonly ledger: DeploymentLedger,
  ) {}

  public static async open(): Promise<Theater> {
    const deployment = await Deployment.start();
    await deployment.deploy({ topics: {}, ...ROOM });
    const ledger = new DeploymentLedger(await deployment.inspector());
    for (const name of FOREIGN) await ledger.protect(name);
    return new Theater(deployment, ledger);
  }

  public async play({ refusal, topics, unkind }: Scene): Promise<Played> {
    const { emulator } = this.deployment.standIn;
    await emulator.setUnkind(unkind);
    const { code, output } = await this.deployment.tryToDeploy({ topics, ...ROOM });
    await emulator.setUnkind({});
    const { again = 0, older = 0, twice = 0 } = unkind.events ?? {};
    const outcome = { hasSucceeded: code === 0, hasOlder: older > 0, hasCopies: again + older + twice > 0 };
    const findings = [...misjudged(refusal, outcome, output), ...(await this.settled(topics, outcome))];
    if (findings.length === 0) await this.ledger.book(topics, outcome);
    return { findings, output };
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  /** What is still wrong when everything that was on its way should have arrived. */
  private async settled(topics: Scene['topics'], outcome: Outcome): Promise<string[]> {
    const deadline = Date.now() + SETTLED_LIMIT_MS;
    for (;;) {
      const findings = await this.ledger.findings(topics, outcome);
      if (findings.length === 0 || Date.now() > deadline) return findings;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

function misjudged(refusal: Scene['refusal'], { hasSucceeded }: Outcome, output: string): string[] {
  if (!refusal) return hasSucceeded ? [] : ['the deployment failed'];
  if (hasSucceeded) return [`the deployment succeeded, and should have failed with ${refusal}`];
  return output.includes(`${refusal}: `) ? [] : [`the deployment failed without naming ${refusal}`];
}

function tell({ changes, refusal, unkind }: Scene): string {
  return `${changes.join(', ')}; ${refusal ? `must fail (${refusal})` : 'must succeed'}; ${JSON.stringify(unkind)}`;
}

async function rounds(theater: Theater, minutes: number, dice: Dice): Promise<readonly string[]> {
  const { ledger } = theater;
  const end = Date.now() + minutes * 60_000;
  for (let round = 1; Date.now() < end; round += 1) {
    const scene = aScene(dice, ledger);
    console.log(`round ${round}: ${tell(scene)}`);
    const { findings, output } = await theater.play(scene);
    if (findings.length > 0) console.error(output.slice(-OUTPUT_TAIL));
    if (findings.length > 0) return findings;
    const written = dice.some(Object.keys(ledger.declared), 2);
    for (const id of written) await ledger.write(id, dice.between(1, 30));
  }
  return [];
}

async function main(): Promise<number> {
  const { minutes, seed } = settings();
  console.log(`seed ${seed}, ${minutes} minutes`);
  const theater = await Theater.open();
  const interrupted = () => void theater.stop().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    const findings = await rounds(theater, minutes, new Dice(seed));
    findings.forEach((finding) => console.error(`FOUND: ${finding}`));
    console.log(findings.length === 0 ? 'nothing was lost' : `found with --seed ${seed}; see the rounds above`);
    return findings.length === 0 ? 0 : 1;
  } finally {
    await theater.stop();
  }
}

void main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
