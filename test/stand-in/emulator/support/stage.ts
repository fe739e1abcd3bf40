import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  BootstrapEnvironments,
  MemoryContext,
  StackSelectionStrategy,
  Toolkit,
  type IIoHost,
} from '@aws-cdk/toolkit-lib';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  DescribeStackEventsCommand,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Emulator, type EmulatorOptions, type Place } from '../../../../local/emulator/emulator';

/** Long enough to download the Python packages in the first run on a machine. */
export const TEST_LIMIT_MS = 480_000;

const quiet: IIoHost = {
  notify: () => Promise.resolve(),
  requestResponse: ({ defaultResponse }) => Promise.resolve(defaultResponse),
};
const QUIET = { ioHost: quiet, emojis: false, color: false };
const ALL = { strategy: StackSelectionStrategy.ALL_STACKS };
const FAST = { stackEventPollingInterval: 50 };

/** Shortens the two seconds between two bootstrap checks of the toolkit, which has no setting for it. */
async function sleepless(work: () => Promise<unknown>): Promise<void> {
  const wait = setTimeout;
  const spy = jest.spyOn(globalThis, 'setTimeout');
  spy.mockImplementation((call: () => void, ms) => wait(call, ms === 2_000 ? 50 : ms));
  await work().finally(() => spy.mockRestore());
}

/** Makes the SDK clients of this process use an emulator, and nothing of the caller's own settings. */
export function useEmulator(emulator: Emulator, place: Partial<Place> = {}): void {
  delete process.env.AWS_PROFILE;
  Object.assign(process.env, emulator.environment(place));
}

/** A bootstrapped emulator, with the CDK's own deployment code pointed at it. */
export class Stage {
  public static async start(options: EmulatorOptions = {}): Promise<Stage> {
    return Stage.on(await Emulator.start(options));
  }

  /** Uses an emulator that is running already, and stops it with the stage. */
  public static async on(emulator: Emulator): Promise<Stage> {
    process.setMaxListeners(0); // the toolkit adds one for each deployment
    const stage = new Stage(emulator);
    process.env.CDK_VALIDATION = 'false'; // otherwise every synthesis would run a validator, which takes most of the time
    await stage.bootstrap();
    return stage;
  }

  public readonly toolkit = new Toolkit(QUIET);
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-stage-'));
  private built = 0;

  private constructor(public readonly emulator: Emulator) {}

  /** The environment of every stack. */
  public get env(): { account: string; region: string } {
    return { account: this.emulator.account, region: this.emulator.region };
  }

  public async bootstrap(place: Partial<Place> = {}): Promise<void> {
    const { account, region } = { ...this.env, ...place };
    useEmulator(this.emulator, { account, region });
    const environments = BootstrapEnvironments.fromList([`aws://${account}/${region}`]);
    const toolkit = new Toolkit(QUIET); // it keeps the credentials that it finds first
    await sleepless(() => toolkit.bootstrap(environments));
    useEmulator(this.emulator);
  }

  public stack(app: App, id: string, props: StackProps = {}): Stack {
    return new Stack(app, id, { env: this.env, ...props });
  }

  public async deploy(build: (app: App) => void, options: { rollback?: boolean } = {}): Promise<void> {
    await this.toolkit.deploy(await this.source(build), { stacks: ALL, ...FAST, ...options });
  }

  /** Expects a deployment to fail, and returns the message that the user sees. */
  public async refused(build: (app: App) => void): Promise<string> {
    const outcome = await this.deploy(build).catch((error: Error) => error);
    if (outcome instanceof Error) return outcome.message.replace(/\s+/g, ' '); // undo line wrapping
    throw new Error('it was deployed');
  }

  /** Continues a failed rollback and skips the given resources. */
  public async rollBack(build: (app: App) => void, orphanLogicalIds: string[] = []): Promise<void> {
    await this.toolkit.rollback(await this.source(build), { stacks: ALL, orphanLogicalIds });
  }

  public async destroy(build: (app: App) => void): Promise<void> {
    await this.toolkit.destroy(await this.source(build), { stacks: ALL, ...FAST });
  }

  /** Expects a deletion to fail, and returns the reasons from CloudFormation. */
  public async undeletable(build: (app: App) => void): Promise<string> {
    const stackNames: string[] = [];
    const noted = (app: App) => {
      build(app);
      stackNames.push(...app.node.children.filter(Stack.isStack).map(({ stackName }) => stackName));
    };
    await this.destroy(noted).catch(() => undefined);
    const events = await Promise.all(stackNames.map((name) => this.events(name)));
    const reasons = events.flat().filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED');
    return reasons.map(({ ResourceStatusReason }) => ResourceStatusReason).join(' ');
  }

  public async outputs(stackName: string): Promise<Record<string, string>> {
    const { Outputs } = await this.describe(stackName);
    return Object.fromEntries((Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  }

  public async describe(stackName: string) {
    const { Stacks } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks![0];
  }

  /** The events of a stack, oldest first. */
  public async events(stackName: string): Promise<StackEvent[]> {
    const { StackEvents } = await this.cloudFormation.send(new DescribeStackEventsCommand({ StackName: stackName }));
    return (StackEvents ?? []).reverse();
  }

  /** An SDK client for the endpoint in the tests' environment. */
  public readonly cloudFormation = new CloudFormationClient({});

  public async stop(): Promise<void> {
    await this.emulator.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private source(build: (app: App) => void) {
    const outdir = path.join(this.folder, `cdk.out-${this.built++}`);
    return this.toolkit.fromAssemblyBuilder(
      () => {
        const app = new App({ outdir, analyticsReporting: false });
        build(app);
        return Promise.resolve(app.synth());
      },
      { outdir, contextStore: new MemoryContext({}) },
    );
  }
}
