import type { WorkerAnswer } from '../../engine/calls';
import { strike } from '../../testkit/faults/broker-faults';
import type { Fate, Judge } from '../../testkit/faults/kafka-proxy';
import type { Stage } from '../../testkit/faults/stage';
import { WRITES } from '../../testkit/faults/topic-events';
import type { Dice } from './dice';
import type { Scene } from './scene';

/** Plays a scene, repairs everything, and returns what is wrong afterwards. */
export async function play(stage: Stage, scene: Scene, dice: Dice): Promise<string[]> {
  const trouble = new Trouble(stage, scene);
  if (scene.strike?.when === 'before') await trouble.begin();
  stage.proxy.judge = trouble.judge;
  const delivered = Promise.all(scene.deliveries.map(({ delivery, event }) => stage.deliver(event, delivery)));
  if (scene.strike?.healed === 'meanwhile') await Promise.race([trouble.felt, delivered]);
  const [answers] = await (scene.strike?.healed === 'meanwhile'
    ? Promise.all([delivered, trouble.end()])
    : [await delivered, await trouble.end()]);
  stage.proxy.judge = () => 'pass';
  const findings = await settled(stage, scene, answers);
  const names = scene.deliveries.map(({ event }) => event.topicName);
  findings.push(...(await stage.ledger.findings(...names)));
  const written = dice.some(stage.ledger.topics, 2);
  if (scene.records > 0 && findings.length === 0)
    for (const name of written) await stage.ledger.write(name, scene.records);
  return findings;
}

async function settled(stage: Stage, { deliveries, strike }: Scene, answers: WorkerAnswer[][]): Promise<string[]> {
  const trouble = strike ? 'nodes' : 'requests';
  const findings = await Promise.all(
    deliveries.map(({ event }, index) => stage.settleUp(event, answers[index], trouble)),
  );
  return findings.flat();
}

/** The scene's fault of a node and cut connections. */
class Trouble {
  /** Resolves when the worker has sent more writes than there are events. */
  public readonly felt: Promise<void>;
  private feel: () => void = () => undefined;
  private readonly fates: Fate[];
  private writes = 0;
  private begun?: Promise<() => Promise<void>>;

  public constructor(
    private readonly stage: Stage,
    private readonly scene: Scene,
  ) {
    this.fates = [...scene.fates];
    this.felt = new Promise((resolve) => (this.feel = resolve));
  }

  public readonly judge: Judge = async ({ request }) => {
    if (Object.values(WRITES).includes(request)) {
      this.writes += 1;
      if (this.scene.strike?.when === 'at the first write') await this.begin();
      if (this.writes > this.scene.deliveries.length) this.feel();
    }
    return this.fates.shift() ?? 'pass';
  };

  public async begin(): Promise<void> {
    const { fault, node } = this.scene.strike ?? {};
    if (node === undefined || fault === undefined) return;
    this.begun ??= strike(this.stage.real.set, node, fault);
    await this.begun;
  }

  public async end(): Promise<void> {
    await (
      await this.begun
    )?.();
  }
}
