import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { releasePorts, reservePorts } from '../ports';
import { until } from '../readiness';
import { makeFolder, modulesIn } from './folder';
import { preparePython } from './python';
import type { SentEvent, UnkindOptions, UnkindTally } from './unkind';

const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 10_000;
const ROOT = path.resolve(__dirname, '../..');

export interface EmulatorOptions {
  /**
   * Folder for downloads.
   *
   * @default - `.cache` of this checkout
   */
  readonly cacheRoot?: string;
  /**
   * Region of SDK clients and of `cdk`. Stacks can use other Regions.
   *
   * @default us-east-1
   */
  readonly region?: string;
  /**
   * Account of SDK clients and of `cdk`. Stacks can use other accounts.
   *
   * @default 000000000000
   */
  readonly account?: string;
  /**
   * Folder shared with the brokers: their certificate authority, and the access keys and policies of the functions.
   *
   * @default - functions get access keys that no broker knows
   */
  readonly sharedDir?: string;
  /**
   * URL of the control server of a broker pool.
   *
   * @default - bootstrap brokers are invented
   */
  readonly brokersUrl?: string;
  /**
   * Node.js executable that runs functions.
   *
   * @default - the one installed in this checkout
   */
  readonly node?: string;
  /**
   * Maximum time to wait for the response of a custom resource.
   *
   * @default 3600
   */
  readonly customResourceTimeoutSeconds?: number;
  /**
   * How long an asynchronous operation of the MSK API keeps a cluster UPDATING.
   *
   * @default 0
   */
  readonly operationSeconds?: number;
  /**
   * What AWS does on a bad day.
   *
   * @default - nothing
   */
  readonly unkind?: UnkindOptions;
}

/** The AWS half of the stand-in, as a child process that ends with this process. */
export class Emulator {
  public static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const cacheRoot = options.cacheRoot ?? path.join(ROOT, '.cache');
    const python = await preparePython(cacheRoot);
    for (let attempt = 1; ; attempt++) {
      const [port] = await reservePorts(1);
      const folder = makeFolder();
      const settings = settingsOf(options, { cacheRoot, folder, port });
      const { account = '000000000000', region = 'us-east-1' } = options;
      const emulator = new Emulator({ account, folder, port, python, region, settings });
      const trouble = await emulator.whenReady();
      if (!trouble) return emulator;
      // another process may have taken the port since the check
      if (attempt === 3 || !/address already in use/i.test(trouble)) throw new Error(trouble);
    }
  }

  public readonly account: string;
  public readonly region: string;
  public readonly url: string;
  public readonly pid: number;
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;
  private readonly accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;

  private constructor(private readonly plan: Plan) {
    this.account = plan.account;
    this.region = plan.region;
    this.url = `http://127.0.0.1:${plan.port}`;
    const log = fs.openSync(this.logFile, 'a');
    // stdin stays open while this process lives; the emulator ends when it closes
    this.child = spawn(plan.python, ['-m', 'standin'], {
      cwd: __dirname,
      env: plan.settings,
      stdio: ['pipe', log, log],
    });
    fs.closeSync(log);
    this.exited = once(this.child, 'exit');
    this.pid = this.child.pid as number;
  }

  /**
   * Environment variables that make SDK clients, `cdk` and other tools use the emulator and nothing else. `AWS_PROFILE`
   * must not be set beside them: even an empty one stops the AWS CLI and boto3.
   */
  public environment(place: Partial<Place> = {}): Record<string, string> {
    const { account = this.account, region = this.region } = place;
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ENDPOINT_URL_S3: this.url, // repeated, since an IP address here makes the SDK use path-style addresses
      // `cdk` caches the account of a key; of other accounts, the number is the key
      AWS_ACCESS_KEY_ID: account === this.account ? this.accessKeyId : account,
      AWS_SECRET_ACCESS_KEY: 'stand-in',
      AWS_SESSION_TOKEN: '',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: '1',
      CDK_HOME: path.join(this.plan.folder, 'cdk'), // the CLI caches the account of an access key there
    };
  }

  /** Sets the state of a cluster, which DescribeCluster returns and which decides what MSK refuses. */
  public async setClusterState(clusterArn: string, state: string): Promise<void> {
    await this.ask('POST', `clusters/${encodeURIComponent(clusterArn)}/state`, { state });
  }

  /** Replaces all options that make it unkind. Buckets are full again, and draws start anew. */
  public async setUnkind(options: UnkindOptions): Promise<void> {
    await this.ask('PUT', 'unkind', options);
  }

  /** Returns how unkind it was since the options were set. */
  public async unkindTally(): Promise<UnkindTally> {
    return (await this.ask('GET', 'unkind')) as UnkindTally;
  }

  /** Returns the events of the custom resources of a stack, in the order in which they were sent first. */
  public async sentEvents(stackName: string): Promise<SentEvent[]> {
    return (await this.ask('GET', `stacks/${encodeURIComponent(stackName)}/events`)) as SentEvent[];
  }

  /** Delivers a copy of an event of `sentEvents`, whatever the stack does now. The answer to it is not read. */
  public async resendEvent(stackName: string, index: number): Promise<void> {
    await this.ask('POST', `stacks/${encodeURIComponent(stackName)}/events/${index}`);
  }

  private async ask(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.url}/_standin/${path}`, { method, body: body && JSON.stringify(body) });
    const said = (await answer.json()) as { error?: string };
    if (!answer.ok) throw new Error(said.error);
    return said;
  }

  /** Returns the log of the emulator. */
  public log(): string {
    return fs.existsSync(this.logFile) ? fs.readFileSync(this.logFile, 'utf8') : '';
  }

  /** Ends the process and the functions that it runs. */
  public async stop(): Promise<void> {
    const patience = setTimeout(() => this.child.kill('SIGKILL'), STOP_LIMIT_MS);
    if (this.isRunning()) this.child.kill('SIGTERM');
    await this.exited;
    clearTimeout(patience);
    releasePorts([this.plan.port]);
    fs.rmSync(this.plan.folder, { recursive: true, force: true });
  }

  private isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  private get logFile(): string {
    return path.join(this.plan.folder, 'emulator.log');
  }

  /** Waits until the emulator answers. If it does not, stops it and returns the error with its log. */
  private async whenReady(): Promise<string | undefined> {
    const check = () => {
      if (!this.isRunning()) throw new Error('the emulator ended while it was starting');
    };
    try {
      await until(() => this.answers(), { deadline: Date.now() + START_LIMIT_MS, what: () => 'the emulator', check });
      return undefined;
    } catch (error) {
      const said = this.log();
      await this.stop();
      return `${(error as Error).message}\n${said.slice(-4_000)}`;
    }
  }

  /** Compares the process ID, since another emulator may use this port. */
  private async answers(): Promise<boolean> {
    try {
      const { pid } = (await (await fetch(`${this.url}/_standin/pid`)).json()) as { pid?: number };
      return pid === this.pid;
    } catch {
      return false;
    }
  }
}

/** Where SDK clients and `cdk` work. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

interface Plan extends Place {
  /** Folder for everything that the emulator writes. */
  readonly folder: string;
  readonly port: number;
  readonly python: string;
  readonly settings: NodeJS.ProcessEnv;
}

interface Places {
  readonly cacheRoot: string;
  readonly folder: string;
  readonly port: number;
}

/** Passes on only PATH from the environment, so that the emulator finds no credentials and no proxy. */
function settingsOf(options: EmulatorOptions, places: Places): NodeJS.ProcessEnv {
  const optional = {
    STANDIN_ACCOUNT: options.account,
    STANDIN_SHARED: options.sharedDir,
    STANDIN_BROKERS_URL: options.brokersUrl,
    STANDIN_CUSTOM_RESOURCE_TIMEOUT: options.customResourceTimeoutSeconds?.toString(),
    STANDIN_OPERATION_SECONDS: options.operationSeconds?.toString(),
    STANDIN_UNKIND: options.unkind && JSON.stringify(options.unkind),
  };
  return {
    PATH: process.env.PATH,
    PYTHONPYCACHEPREFIX: path.join(places.cacheRoot, 'pycache'),
    STANDIN_PORT: String(places.port),
    STANDIN_STATE: path.join(places.folder, 'state'),
    STANDIN_LAMBDA_MODULES: modulesIn(places.folder),
    STANDIN_NODE: options.node ?? installedNode(),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

function installedNode(): string {
  const installed = path.join(ROOT, 'node_modules', '.bin', 'node');
  return fs.existsSync(installed) ? installed : process.execPath;
}
