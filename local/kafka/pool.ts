import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { BrokerSet, type Bootstrap, type NodeState } from './broker-set';
import { TopicAdmin, type WantedTopic } from './topic-admin';
import { Inspector, type TopicDescription } from './inspector';
import { effectiveServerProperties, withoutForeignProperties, type ServerProperties } from './server-properties';

/** The properties of an MSK cluster that its brokers must match. */
export interface ClusterShape {
  /** Kafka version as MSK writes it, such as 3.9.x.kraft, or 3.9.x with ZooKeeper. */
  readonly kafkaVersion: string;
  readonly brokers: number;
  /**
   * Server properties of the cluster's configuration.
   *
   * @default - those of a cluster without a configuration
   */
  readonly serverProperties?: ServerProperties;
}

export interface BrokerPoolOptions {
  /** Parent folder for the folders of the sets. */
  readonly dir: string;
  /** Folder for everything that is downloaded or compiled, such as `<repo>/.cache`. */
  readonly cacheRoot: string;
  /** Folder that all sets share, with certificates, access keys and policies. */
  readonly sharedDir: string;
  /**
   * Number of sets to start in advance, for the first clusters.
   *
   * @default 1
   */
  readonly spares?: number;
  /**
   * Shape of the spares.
   *
   * @default - Kafka 3.9 with three brokers and no configuration
   */
  readonly spareShape?: ClusterShape;
  /**
   * Time after which the brokers end by themselves.
   *
   * @default 28800
   */
  readonly ttlSeconds?: number;
}

/** The broker set of a deployed cluster. */
export interface LeasedSet {
  readonly clusterArn: string;
  readonly dir: string;
  /** The Apache Kafka release. */
  readonly kafkaVersion: string;
  readonly bootstrap: Bootstrap;
  readonly nodes: readonly NodeState[];
}

export const NODE_COMMANDS = ['kill', 'freeze', 'thaw', 'restart', 'stop'] as const;
export type NodeCommand = (typeof NODE_COMMANDS)[number];

/** A request that the pool refuses, with the HTTP status. */
export class PoolError extends Error {
  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Newest Apache Kafka release of each minor version that MSK offers. */
const RELEASES: Readonly<Record<string, string>> = {
  '3.7': '3.7.2',
  '3.8': '3.8.1',
  '3.9': '3.9.2',
  '4.0': '4.0.2',
  '4.1': '4.1.2',
  '4.2': '4.2.2',
};

interface Plan {
  readonly kafkaVersion: string;
  readonly brokers: number;
  readonly zookeeper: boolean;
  readonly serverProperties: ServerProperties;
}

interface Spare {
  readonly key: string;
  readonly set: Promise<BrokerSet>;
}

interface Lease {
  readonly starting: Promise<BrokerSet>;
  set?: BrokerSet;
  /** Started on first use: to inspect the cluster, or for a topic that is managed with MSK's API. */
  inspector?: Inspector;
}

/** Provides a broker set for each deployed cluster, and spares that save the first deployments the start of JVMs. */
export class BrokerPool {
  /** Starts the spares without waiting for them. */
  public static start(options: BrokerPoolOptions): BrokerPool {
    const pool = new BrokerPool(options);
    pool.startSpares();
    return pool;
  }

  private readonly leases = new Map<string, Lease>();
  private spares: Spare[] = [];
  private stopping = false;

  private constructor(private readonly options: BrokerPoolOptions) {}

  /** Assigns a set to a cluster: a spare of the same shape if there is one, otherwise a new set. */
  public async lease(clusterArn: string, shape: ClusterShape): Promise<Bootstrap> {
    if (this.stopping) throw new PoolError(503, 'The pool is stopping');
    if (this.leases.has(clusterArn)) throw new PoolError(409, `${clusterArn} already has brokers`);
    const lease: Lease = { starting: this.find(planFor(shape)) };
    this.leases.set(clusterArn, lease);
    try {
      const set = await lease.starting;
      await set.becomeCluster(clusterArn);
      lease.set = set;
      return set.bootstrap;
    } catch (error) {
      this.leases.delete(clusterArn);
      await remove(lease.starting);
      throw error;
    }
  }

  /** Ends the brokers of a cluster and deletes its data. */
  public async end(clusterArn: string): Promise<void> {
    const { inspector, starting } = this.leaseOf(clusterArn);
    this.leases.delete(clusterArn);
    await inspector?.stop();
    await remove(starting);
  }

  public list(): LeasedSet[] {
    return [...this.leases].flatMap(([clusterArn, { set }]) => {
      if (!set) return [];
      const { bootstrap, dir, kafkaVersion, nodes } = set;
      return [{ clusterArn, dir, kafkaVersion, bootstrap, nodes }];
    });
  }

  /** Runs a command on a node of a cluster and waits until it is done. */
  public async command(clusterArn: string, nodeId: number, command: NodeCommand): Promise<void> {
    const set = this.setOf(clusterArn);
    if (!set.nodes.some(({ id }) => id === nodeId)) throw new PoolError(404, `There is no node ${nodeId}`);
    const commands: Record<NodeCommand, () => Promise<void> | void> = {
      kill: () => set.kill(nodeId),
      freeze: () => set.freeze(nodeId),
      thaw: () => set.thaw(nodeId),
      restart: () => set.restart(nodeId),
      stop: () => set.stopNode(nodeId),
    };
    await commands[command]();
  }

  /** Number of requests that the live brokers of a cluster have received, by API. */
  public requestCounts(clusterArn: string): Promise<Record<string, number>> {
    return this.setOf(clusterArn).requestCounts();
  }

  /** Returns the inspector of a cluster. There is one for each cluster, and it stops with the brokers. */
  public inspector(clusterArn: string): Inspector {
    const { artifacts, bootstrap, certificates } = this.setOf(clusterArn);
    const lease = this.leaseOf(clusterArn);
    lease.inspector ??= Inspector.start({ artifacts, bootstrap: bootstrap.tls, certificatesDir: certificates.dir });
    return lease.inspector;
  }

  /** Lists the topics except internal ones. */
  public topics(clusterArn: string): Promise<TopicDescription[]> {
    return this.inspector(clusterArn).topics();
  }

  /** Returns the topic, or undefined if it does not exist. */
  public async topic(clusterArn: string, name: string): Promise<TopicDescription | undefined> {
    return this.adminOf(clusterArn).find(name);
  }

  /** Creates or changes a topic, as MSK's own API does. */
  public async putTopic(clusterArn: string, topic: WantedTopic): Promise<void> {
    await this.adminOf(clusterArn).put(topic);
  }

  public async deleteTopic(clusterArn: string, name: string): Promise<void> {
    await this.adminOf(clusterArn).delete(name);
  }

  /** Ends all brokers. */
  public async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all([...this.leases.values()].flatMap(({ inspector }) => (inspector ? [inspector.stop()] : [])));
    const all = [...this.spares.map(({ set }) => set), ...[...this.leases.values()].map(({ starting }) => starting)];
    this.spares = [];
    this.leases.clear();
    await Promise.all(all.map(remove));
  }

  private leaseOf(clusterArn: string): Lease {
    const lease = this.leases.get(clusterArn);
    if (!lease) throw new PoolError(404, `${clusterArn} has no brokers`);
    return lease;
  }

  private setOf(clusterArn: string): BrokerSet {
    const { set } = this.leaseOf(clusterArn);
    if (!set) throw new PoolError(409, `The brokers of ${clusterArn} are still starting`);
    return set;
  }

  private adminOf(clusterArn: string): TopicAdmin {
    return new TopicAdmin(this.inspector(clusterArn));
  }

  private async find(plan: Plan): Promise<BrokerSet> {
    const spare = this.spares.find(({ key }) => key === keyOf(plan));
    if (!spare) return this.startSet(plan);
    this.spares = this.spares.filter((other) => other !== spare);
    const set = await spare.set.catch(() => undefined);
    if (set?.nodes.every(({ alive }) => alive)) return set;
    await remove(spare.set); // it failed to start, or its time to live has expired
    return this.startSet(plan);
  }

  private startSpares(): void {
    const { spares = 1, spareShape = { kafkaVersion: '3.9.x.kraft', brokers: 3 } } = this.options;
    const plan = planFor(spareShape);
    while (this.spares.length < spares) {
      const set = this.startSet(plan);
      set.catch(() => undefined); // the lease that takes it starts another set, and reports any error
      this.spares.push({ key: keyOf(plan), set });
    }
  }

  private startSet(plan: Plan): Promise<BrokerSet> {
    const { cacheRoot, dir, sharedDir, ttlSeconds = 28_800 } = this.options;
    return BrokerSet.start({
      ...plan,
      cacheRoot,
      sharedDir,
      ttlSeconds,
      dir: path.join(dir, randomUUID().slice(0, 8)),
    });
  }
}

function planFor({ brokers, kafkaVersion, serverProperties = {} }: ClusterShape): Plan {
  const minor = /^(\d+\.\d+)(\.|$)/.exec(kafkaVersion)?.[1] ?? '';
  const release = RELEASES[minor];
  if (!release) {
    const known = Object.keys(RELEASES).join(', ');
    throw new PoolError(400, `Kafka version '${kafkaVersion}' is not supported. Supported versions: ${known}`);
  }
  const effective = effectiveServerProperties(brokers, withoutForeignProperties(serverProperties));
  const zookeeper = minor.startsWith('3.') && !kafkaVersion.endsWith('.kraft');
  return { kafkaVersion: release, brokers, zookeeper, serverProperties: effective };
}

function keyOf({ brokers, kafkaVersion, serverProperties, zookeeper }: Plan): string {
  return JSON.stringify([kafkaVersion, brokers, zookeeper, Object.entries(serverProperties).sort()]);
}

/** Stops a set and deletes its folder, even if the set is still starting. A set that failed to start leaves nothing. */
async function remove(starting: Promise<BrokerSet>): Promise<void> {
  const set = await starting.catch(() => undefined);
  await set?.stop();
  if (set) await fs.rm(set.dir, { recursive: true, force: true });
}
