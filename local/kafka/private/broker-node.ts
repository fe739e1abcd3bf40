import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { javaTool, QUICK_KEY_STORES } from '../artifacts';
import type { NodePorts } from '../server-properties';

/** Long enough for a controlled shutdown on a busy machine. */
const STOP_LIMIT_MS = 30_000;

const logOption = (setting: string) => `-Dorg.slf4j.simpleLogger.${setting}`;

const JVM_OPTIONS = [
  ...['-Xms48m', '-Xmx256m', '-Xss512k', '-XX:ReservedCodeCacheSize=48m'],
  ...['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData', '-Djava.awt.headless=true'],
  QUICK_KEY_STORES,
  '-Xlog:disable', // class-data sharing warns about every class that it skips
  ...['defaultLogLevel=warn', 'showDateTime=true', 'dateTimeFormat=HH:mm:ss.SSS', 'showShortLogName=true'].map(
    logOption,
  ),
  // refused clients, which cluster operators look for
  ...['kafka.authorizer.logger=info', 'org.apache.kafka.common.network.Selector=info'].map((logger) =>
    logOption(`log.${logger}`),
  ),
  // otherwise logs every 50 ms that another node is down
  logOption('log.org.apache.kafka.clients.NetworkClient=error'),
];

export interface BrokerNodeSpec {
  readonly id: number;
  readonly dir: string;
  readonly ports: NodePorts;
  readonly mbeansPort: number;
  readonly classpath: string;
  readonly ttlSeconds: number;
  /** Options for class-data sharing. */
  readonly classData: readonly string[];
}

/** One JVM: a broker, a controller or ZooKeeper. It ends with this process, which holds the other end of its standard input. */
export class BrokerNode {
  private process: ChildProcess | undefined;
  private keeper: ChildProcess | undefined;

  public constructor(private spec: BrokerNodeSpec) {}

  public get id(): number {
    return this.spec.id;
  }

  public get ports(): NodePorts {
    return this.spec.ports;
  }

  public get mbeansPort(): number {
    return this.spec.mbeansPort;
  }

  public get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Whether the process exists, frozen or not. */
  public get alive(): boolean {
    return this.process?.pid !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Whether the process exited with a code, and was not killed by a signal. */
  public get endedInOrder(): boolean {
    return typeof this.process?.exitCode === 'number';
  }

  public get frozen(): boolean {
    return this.alive && this.keeper !== undefined;
  }

  /** Runs other classes from the next launch on. */
  public use(classes: Pick<BrokerNodeSpec, 'classpath' | 'classData'>): void {
    this.spec = { ...this.spec, ...classes };
  }

  /** Starts the process, without waiting until the node is ready. */
  public async launch(): Promise<void> {
    const { classpath, dir, mbeansPort, classData, ports, ttlSeconds } = this.spec;
    const settings = [`-Dcdkmsk.ttl.seconds=${ttlSeconds}`, `-Dcdkmsk.mbeans.port=${mbeansPort}`];
    const main = ports.ZOOKEEPER ? 'org.apache.zookeeper.server.ZooKeeperServerMain' : 'kafka.Kafka';
    const program = ['-cp', classpath, 'cdkmsk.standin.BrokerProcess', main, path.join(dir, 'server.properties')];
    const log = fs.openSync(this.logFile, 'a');
    // in its own session, so that Ctrl+C in the terminal reaches only the owner, whose end then ends the node
    const options = { cwd: dir, detached: true, stdio: ['pipe', log, log] as ['pipe', number, number] };
    const child = spawn(javaTool('java'), [...JVM_OPTIONS, ...classData, ...settings, ...program], options);
    fs.closeSync(log);
    this.process = child;
    await once(child, 'spawn'); // fails if there is no Java
    letOwnerEnd(child);
  }

  /** Sends SIGKILL, which simulates the loss of a machine. */
  public async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Shuts down cleanly. Kills the process if that takes too long or if it is frozen. */
  public async stop(): Promise<void> {
    if (this.frozen) return this.kill();
    const stopped = this.end('SIGTERM');
    const late = new AbortController();
    const limit = delay(STOP_LIMIT_MS, undefined, { signal: late.signal }).then(
      () => this.kill(),
      () => undefined,
    );
    await Promise.race([stopped, limit]);
    late.abort();
  }

  /** Sends SIGSTOP: the ports still accept connections, but nothing is answered. */
  public freeze(): void {
    if (!this.alive || this.frozen) return;
    this.signal('SIGSTOP');
    // a stopped process cannot notice that its owner died; the keeper waits for that and resumes it
    const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'] as ['pipe', 'ignore', 'ignore'] };
    const keeper = spawn('sh', ['-c', `cat; kill -CONT ${this.pid}`], options);
    letOwnerEnd(keeper);
    this.keeper = keeper;
  }

  public async thaw(): Promise<void> {
    if (!this.keeper) return;
    const woken = exitOf(this.keeper);
    this.keeper.stdin?.end();
    await woken;
    this.keeper = undefined;
  }

  /** Returns the end of its log. */
  public log(maxBytes: number): string {
    if (!fs.existsSync(this.logFile)) return '';
    const text = fs.readFileSync(this.logFile);
    return text.subarray(Math.max(0, text.length - maxBytes)).toString();
  }

  private get logFile(): string {
    return path.join(this.spec.dir, 'log.txt');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.process || !this.alive) return;
    const gone = exitOf(this.process);
    this.signal(signal);
    await gone;
    await this.thaw(); // also ends the keeper
  }

  private signal(signal: NodeJS.Signals): void {
    this.process?.kill(signal);
  }
}

/** Neither the child nor its pipe keeps this process alive. */
function letOwnerEnd(child: ChildProcess): void {
  child.unref();
  (child.stdin as Socket | null)?.unref();
}

async function exitOf(child: ChildProcess): Promise<void> {
  child.ref(); // keeps this process alive while it waits
  await once(child, 'exit');
}
