import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { prepareArtifacts, sharing, type Artifacts } from './artifacts';
import { ensureCertificates, type Certificates } from './certificates';
import { ensureIamFiles } from './iam-keys';
import { BrokerNode } from './private/broker-node';
import { exists, replaceFile } from '../files';
import { format, layOut, portsNeeded, type NodePlace } from './private/layout';
import {
  activeAmong,
  awake,
  beansOf,
  brokersKnownTo,
  isRunning,
  requestCountsOf,
  whatIsCommitted,
  whatIsSent,
} from './private/cluster-state';
import { releasePorts, reservePorts } from '../ports';
import { until, type MBeans } from '../readiness';
import { CONTROLLER_ID, effectiveServerProperties } from './server-properties';
import type { Listener, NodePorts, ServerProperties } from './server-properties';

export interface BrokerSetOptions {
  /** Folder of this set. It must be empty if it exists. */
  readonly dir: string;
  /** Folder for everything that is downloaded or compiled, such as `<repo>/.cache`. */
  readonly cacheRoot: string;
  /** Folder that all sets share, with certificates, access keys and policies. */
  readonly sharedDir: string;
  /**
   * An Apache Kafka release.
   *
   * @default 3.9.2
   */
  readonly kafkaVersion?: string;
  /**
   * An older release that every second broker still runs, as in the middle of an upgrade.
   *
   * @default - all run the same release
   */
  readonly upgradingFrom?: string;
  /**
   * @default 3
   */
  readonly brokers?: number;
  /**
   * Number of KRaft controllers, of which one is active.
   *
   * @default 1
   */
  readonly controllers?: number;
  /**
   * Keeps the metadata in ZooKeeper, and a broker is the controller. Apache Kafka up to 3.9 can do this.
   *
   * @default false
   */
  readonly zookeeper?: boolean;
  /**
   * Changes to the server properties of a new MSK cluster.
   *
   * @default - none
   */
  readonly serverProperties?: ServerProperties;
  /**
   * Time after which the processes end by themselves.
   *
   * @default 3600
   */
  readonly ttlSeconds?: number;
}

/** Addresses under the names that MSK uses. Each is a comma-separated list of up to three brokers, one in each zone. */
export interface Bootstrap {
  readonly plaintext: string;
  readonly tls: string;
  readonly saslScram: string;
  readonly saslIam: string;
}

export interface NodeState {
  readonly id: number;
  readonly pid: number | undefined;
  readonly ports: NodePorts;
  /** Whether the process exists, frozen or not. */
  readonly alive: boolean;
  readonly frozen: boolean;
}

interface Spec extends Required<Omit<BrokerSetOptions, 'cacheRoot' | 'upgradingFrom'>> {
  readonly artifacts: Artifacts;
  /** Of the brokers that are not upgraded yet. */
  readonly olderArtifacts: Artifacts;
  readonly certificates: Certificates;
  readonly reservedPorts: readonly number[];
  /** File that the class-data archive is written to, if there is none yet. */
  readonly training: string | undefined;
}

/** The classes that this broker has loaded are archived when it shuts down cleanly, for all brokers. */
const LEARNER_ID = 1;
const BOOTSTRAP_BROKERS = 3;

const READY_LIMIT_MS = 240_000;
/** Polls rarely, since answering slows down a node that is starting: its code is not compiled yet. */
const READY_POLL_MS = 150;
const LOG_TAIL_BYTES = 20_000;
/** Runs real Apache Kafka: KRaft controllers or ZooKeeper, and brokers, each a JVM on loopback that ends with this process. */
export class BrokerSet {
  /** Starts a set and waits until every broker knows all brokers. */
  public static async start(options: BrokerSetOptions): Promise<BrokerSet> {
    for (let tries = 1; ; tries += 1) {
      const set = new BrokerSet(await prepare(options));
      try {
        await set.launch();
        return set;
      } catch (error) {
        await set.stop();
        await fs.rm(set.dir, { recursive: true, force: true });
        const portWasTaken = String(error).includes('Address already in use'); // by another process, since the check
        if (!portWasTaken || tries === 3) throw error;
      }
    }
  }

  private readonly places: readonly NodePlace[];
  private readonly processes: readonly BrokerNode[];
  private running = false;

  private constructor(private readonly spec: Spec) {
    const { artifacts, dir, olderArtifacts, reservedPorts, training, ttlSeconds } = spec;
    this.places = layOut(dir, spec, reservedPorts);
    this.processes = this.places.map((place) => {
      const learns = training !== undefined && place.id === LEARNER_ID;
      const { archive, classpath } = isOlder(place) ? olderArtifacts : artifacts;
      const classData = learns ? [`-XX:ArchiveClassesAtExit=${training}`] : sharing(archive);
      return new BrokerNode({ ...place, classpath, classData, ttlSeconds });
    });
  }

  public get dir(): string {
    return this.spec.dir;
  }

  public get kafkaVersion(): string {
    return this.spec.kafkaVersion;
  }

  /** The given server properties, with the defaults of a new cluster. */
  public get serverProperties(): ServerProperties {
    return this.spec.serverProperties;
  }

  public get certificates(): Certificates {
    return this.spec.certificates;
  }

  /** The jars, for other programs that use Kafka's classes. */
  public get artifacts(): Artifacts {
    return this.spec.artifacts;
  }

  /** Addresses of the first brokers, including those that are down, as on MSK. */
  public get bootstrap(): Bootstrap {
    const listed = this.brokers.slice(0, BOOTSTRAP_BROKERS);
    const list = (listener: Listener) => listed.map(({ ports }) => `127.0.0.1:${ports[listener]}`).join(',');
    return {
      plaintext: list('CLIENT'),
      tls: list('CLIENT_SECURE'),
      saslScram: list('CLIENT_SASL_SCRAM'),
      saslIam: list('CLIENT_IAM'),
    };
  }

  /** The controllers or ZooKeeper, and the brokers. */
  public get nodes(): NodeState[] {
    return this.processes.map(({ alive, frozen, id, pid, ports }) => ({ id, pid, ports, alive, frozen }));
  }

  /** Assigns the ARN of an MSK cluster, against which IAM policies and tokens are then checked. */
  public async becomeCluster(clusterArn: string): Promise<void> {
    await replaceFile(path.join(this.dir, 'cluster-arn'), clusterArn);
  }

  /** Sends SIGKILL to a node. */
  public async kill(nodeId: number): Promise<void> {
    await this.node(nodeId).kill();
  }

  /** Shuts a node down cleanly. */
  public async stopNode(nodeId: number): Promise<void> {
    await this.node(nodeId).stop();
  }

  /** Sends SIGSTOP to a node, which then accepts connections but never answers. */
  public freeze(nodeId: number): void {
    this.node(nodeId).freeze();
  }

  /** Resumes a frozen node and waits until the brokers know each other again. */
  public async thaw(nodeId: number): Promise<void> {
    await this.node(nodeId).thaw();
    await this.ready();
  }

  /** Shuts a node down if it is up, starts it with its data, and waits until the brokers know each other again. */
  public async restart(nodeId: number): Promise<void> {
    const node = this.node(nodeId);
    await node.stop();
    if (this.spec.zookeeper) await this.unregistered();
    await node.launch();
    await this.ready();
  }

  /** ZooKeeper keeps a killed broker registered until its session has ended, and a second one with its ID does not start. */
  private async unregistered(): Promise<void> {
    const { length } = awake(this.brokers);
    const isGone = async (broker: BrokerNode) => ((await brokersKnownTo(broker)) ?? Infinity) <= length;
    await this.everyBroker(isGone, `to know no more than ${length} brokers`);
  }

  /** Shuts all nodes down, and starts them with their data on another version of Kafka. */
  public async upgrade({ archive, classpath }: Artifacts): Promise<void> {
    for (const node of [...this.processes].reverse()) await node.stop(); // the brokers first, which tell the controller
    this.processes.forEach((node) => node.use({ classpath, classData: sharing(archive) }));
    await Promise.all(this.processes.map((node) => node.launch()));
    await this.ready();
  }

  /** Ends all processes and keeps the folder. */
  public async stop(): Promise<void> {
    const learner = this.node(LEARNER_ID);
    if (this.spec.training && this.running) await learner.stop();
    this.running = false;
    await Promise.all(this.processes.map((node) => node.kill()));
    await this.keepClassData(learner.endedInOrder);
    releasePorts(this.spec.reservedPorts);
  }

  /** Returns the end of a node's log. */
  public logOf(nodeId: number, maxBytes = LOG_TAIL_BYTES): string {
    return this.node(nodeId).log(maxBytes);
  }

  /**
   * Number of requests that the live brokers have received since they started, by the API name in Kafka's metrics.
   *
   * @see https://kafka.apache.org/documentation/#monitoring
   */
  public requestCounts(): Promise<Record<string, number>> {
    return requestCountsOf(awake(this.brokers));
  }

  /** Reads the JMX beans of a node that match an ObjectName pattern. */
  public mbeans(nodeId: number, pattern: string): Promise<MBeans> {
    return beansOf(this.node(nodeId), pattern);
  }

  /** The node that decides: a KRaft controller, or the broker that is the controller of a cluster with ZooKeeper. */
  public async activeController(): Promise<number> {
    return (await this.controller()).id;
  }

  /** Waits until every live broker has applied what the controller has decided so far. */
  public async settled(): Promise<void> {
    const controller = await this.controller();
    const hasLearned = this.spec.zookeeper ? whatIsSent(controller) : await whatIsCommitted(controller);
    await this.everyBroker(hasLearned, `to learn what node ${controller.id} decided`);
  }

  private async everyBroker(isSo: (broker: BrokerNode) => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + READY_LIMIT_MS;
    const wait = (broker: BrokerNode) =>
      until(() => isSo(broker), { what: () => `broker ${broker.id} ${what}`, deadline });
    await Promise.all(awake(this.brokers).map(wait));
  }

  private async controller(): Promise<BrokerNode> {
    const found: BrokerNode[] = [];
    const find = async () => {
      const active = await activeAmong(this.candidates);
      if (active) found.push(active);
      return active !== undefined;
    };
    await until(find, { what: () => 'one active controller', deadline: Date.now() + READY_LIMIT_MS });
    return found[0];
  }

  /** Keeps the new archive only if it is complete, since the JVM would always ignore an incomplete one. */
  private async keepClassData(isWhole: boolean): Promise<void> {
    const { artifacts, training } = this.spec;
    if (!training || !(await exists(training))) return;
    await (isWhole ? fs.rename(training, artifacts.archive) : fs.rm(training));
  }

  private get brokers(): BrokerNode[] {
    return this.processes.filter(({ id }) => id < CONTROLLER_ID);
  }

  /** The nodes of which one is the controller. */
  private get candidates(): BrokerNode[] {
    return this.spec.zookeeper ? this.brokers : this.processes.filter(({ id }) => id >= CONTROLLER_ID);
  }

  private node(nodeId: number): BrokerNode {
    const node = this.processes.find(({ id }) => id === nodeId);
    if (!node) throw new Error(`There is no node ${nodeId}; there are ${this.places.map(({ id }) => id).join(', ')}`);
    return node;
  }

  private async launch(): Promise<void> {
    await format(this.places, { ...this.spec, setDir: this.dir });
    await Promise.all(this.processes.map((node) => node.launch()));
    await this.ready();
    this.running = true;
  }

  /** An open port does not mean that a broker is ready: it must have joined the cluster and know all other brokers. */
  private async ready(): Promise<void> {
    const deadline = Date.now() + READY_LIMIT_MS;
    const { brokers, candidates } = this;
    const wait = (node: BrokerNode, isSo: () => Promise<boolean>) =>
      until(isSo, {
        what: () => `node ${node.id}: ${node.log(2_000)}`,
        deadline,
        check: () => this.mustLive(node),
        pollMs: READY_POLL_MS,
      });
    const ofBrokers = (isSo: (broker: BrokerNode) => Promise<boolean>) =>
      Promise.all(awake(brokers).map((broker) => wait(broker, () => isSo(broker))));
    const canElect = this.spec.zookeeper || 2 * awake(candidates).length > candidates.length;
    if (canElect) await wait(awake(candidates)[0], async () => (await activeAmong(candidates)) !== undefined);
    await ofBrokers(isRunning);
    const live = awake(brokers).length;
    await ofBrokers(async (broker) => ((await brokersKnownTo(broker)) ?? 0) >= live);
  }

  private mustLive(node: BrokerNode): void {
    if (node.alive) return;
    const log = node.log(LOG_TAIL_BYTES).trim();
    throw new Error(`Node ${node.id} of Kafka ${this.kafkaVersion} ended while it was starting:\n${log.slice(-3_000)}`);
  }
}

const isOlder = ({ id }: NodePlace) => id < CONTROLLER_ID && id % 2 === 0;

async function prepare(options: BrokerSetOptions): Promise<Spec> {
  const { brokers = 3, controllers = 1, zookeeper = false } = options;
  const { kafkaVersion = '3.9.2', ttlSeconds = 3600, upgradingFrom } = options;
  const shape = { brokers, controllers, zookeeper };
  const dir = path.resolve(options.dir);
  const sharedDir = path.resolve(options.sharedDir);
  if ((await exists(dir)) && (await fs.readdir(dir)).length > 0) throw new Error(`${dir} is not empty`);
  const cacheRoot = path.resolve(options.cacheRoot);
  const artifacts = await prepareArtifacts({ cacheRoot, kafkaVersion });
  const olderArtifacts = upgradingFrom ? await prepareArtifacts({ cacheRoot, kafkaVersion: upgradingFrom }) : artifacts;
  const certificates = await ensureCertificates(path.join(sharedDir, 'ca'));
  await ensureIamFiles(sharedDir);
  const hasArchive = await exists(artifacts.archive);
  return {
    ...shape,
    ...{ artifacts, certificates, dir, kafkaVersion, olderArtifacts, sharedDir, ttlSeconds },
    serverProperties: effectiveServerProperties(brokers, { ...speaking(upgradingFrom), ...options.serverProperties }),
    reservedPorts: await reservePorts(portsNeeded(shape)),
    // an archive of a cluster with ZooKeeper would lack the classes of most clusters
    training: hasArchive || zookeeper ? undefined : `${artifacts.archive}.${randomUUID()}`,
  };
}

/** What brokers of several releases have in common, until the last of them is upgraded. */
const speaking = (release?: string): ServerProperties =>
  release ? { 'inter.broker.protocol.version': release.split('.', 2).join('.') } : {};
