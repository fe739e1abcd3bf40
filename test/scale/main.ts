// Deploys many topics and event sources by the real `cdk` while AWS is unkind. Has the same needs as `npm start`.
//   npm run test:scale -- --topics 100 --sources 20 --stacks 3
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cdk } from '../../local/cdk';
import type { UnkindOptions } from '../../local/emulator/unkind';
import { StandIn } from '../../local/stand-in';
import { untilEnded } from '../until-ended';
import type { Scale } from './app';

const BUSY = { throttling: true, serverErrors: 0.01 };
const NEW_ACCOUNT = { concurrentExecutions: 10 };
const OLD_ACCOUNT = { concurrentExecutions: 1000 };
/** A new account has room for three topics at a time, here of all stacks together. */
const lanesOf = ({ stacks }: Scale) => ({ maxConcurrentTopics: Math.max(1, Math.floor(3 / stacks)) });

class Scene {
  private readonly output = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-scale-'));

  public constructor(private readonly standIn: StandIn) {}

  /** Deploys and destroys, and returns how many seconds the deployment took. */
  public async seconds(what: string, scale: Scale, unkind: UnkindOptions): Promise<number> {
    await this.platform(scale);
    await this.standIn.emulator.setUnkind(unkind);
    const start = Date.now();
    await this.cdk(scale, ['deploy', 'Part*', '--exclusively', '--concurrency', '3', '--require-approval', 'never']);
    const seconds = (Date.now() - start) / 1000;
    const made = (await (await this.standIn.inspector()).topics()).length;
    const asked = scale.stacks * scale.topics;
    if (made !== asked) throw new Error(`${what}: ${made} topics were made, not ${asked}`);
    console.log(`${what}: ${asked} topics, ${scale.stacks * scale.sources} event sources, ${seconds.toFixed(0)} s`);
    await this.cdk(scale, ['destroy', 'Part*', '--exclusively', '--force']);
    await this.standIn.emulator.setUnkind({});
    return seconds;
  }

  public async prepare(): Promise<void> {
    const none = { stacks: 0, topics: 0, sources: 0 };
    const { account, region } = this.standIn.emulator;
    await this.cdk(none, ['bootstrap', `aws://${account}/${region}`]);
    await this.platform(none);
  }

  public async stop(): Promise<void> {
    await this.standIn.stop();
    fs.rmSync(this.output, { recursive: true });
  }

  /** Deploys the cluster, with the outputs and the security-group rules that the other stacks need. */
  private async platform(scale: Scale): Promise<void> {
    await this.cdk(scale, ['deploy', 'Platform', '--require-approval', 'never']);
  }

  private async cdk(scale: Scale, args: readonly string[]): Promise<void> {
    const app = {
      entry: 'test/scale/app.ts',
      output: path.join(this.output, 'cdk.out'),
      context: { scale: JSON.stringify(scale) },
      environment: { ...this.standIn.environment(), CDK_VALIDATION: 'false' },
    };
    const { code, output } = await cdk(app, args);
    if (code !== 0) throw new Error(output.slice(-10_000));
  }
}

function settings(): Scale {
  const options = { topics: { type: 'string' }, sources: { type: 'string' }, stacks: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const [topics, sources, stacks] = [values.topics ?? 100, values.sources ?? 20, values.stacks ?? 3].map(Number);
  if (![topics, sources, stacks].every((one) => Number.isInteger(one) && one > 0) || sources > topics)
    throw new Error('--topics, --sources and --stacks must be whole numbers above 0, and at most one source a topic');
  return { topics, sources, stacks };
}

async function measure(scene: Scene, scale: Scale): Promise<void> {
  await scene.prepare();
  const one = { ...scale, stacks: 1, sources: 0 };
  const kind = await scene.seconds('kind', one, {});
  const unkind = await scene.seconds('throttled, with server errors', one, { ...BUSY, ...OLD_ACCOUNT });
  console.log(`unkind / kind: ${(unkind / kind).toFixed(2)}`);
  await scene.seconds('several stacks', scale, { ...BUSY, ...OLD_ACCOUNT });
  const poor = { ...BUSY, ...NEW_ACCOUNT };
  await scene.seconds('a new account', { ...one, ...lanesOf(one) }, poor);
  await scene.seconds('several stacks in a new account', { ...scale, ...lanesOf(scale) }, poor);
}

const scale = settings();
untilEnded(
  async () => new Scene(await StandIn.start()),
  (scene) => measure(scene, scale).then(() => 0),
);
