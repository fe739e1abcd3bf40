import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { BrokerSet, type Bootstrap, type NodeState } from './broker-set';
import { TopicAdmin, type WantedTopic } from './topic-admin';
import { Inspector, type TopicDescription } from './inspector';
import { effectiveServerProperties, withoutForeignProperties, type ServerProperties } from './server-properties';

/** What of an MSK cluster decides which brokers can stand for it. */
export interface ClusterShape {
  /** As MSK writes it, such as 3.9.x.kraft. */
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
  /** Folder that holds a folder for each set. */
  readonly dir: string;
  /** Folder of what is fetched or compiled, such as `<repo>/.cache`. */
  readonly cacheRoot: string;
  /** Folder that sets have in common: certificates, access keys, policies. */
  readonly sharedDir: string;
  /**
   * How many sets are started ahead, for the first clusters.
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
   * After this time the brokers end by themselves.
   *
   * @default 28800
   */
  readonly ttlSeconds?: number;
}

/** A set that stands for a deployed cluster. */
export interface LeasedSet {
  readonly clusterArn: string;
  readonly dir: string;
  /** The Apache release. */
  readonly kafkaVersion: string;
  readonly bootstrap: Bootstrap;
  readonly nodes: readonly NodeState[];
}

export const NODE_COMMANDS = ['kill', 'freeze', 'thaw', 'restart', 'stop'] as const;
export type NodeCommand = (typeof NODE_COMMANDS)[number];

/** A request that the pool refuses, with the status that HTTP has for it. */
export class PoolError extends Error {
  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Newest Apache release of each minor version that MSK offers. Brokers with ZooKeeper (no `.kraft`) are stood for by the
 * same release in KRaft mode: what clients and administrators see of the two is the same.
 */
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
  readonly serverProperties: ServerProperties;
}

interface Spare {
  readonly key: string;
  readonly set: Promise<BrokerSet>;
}

interface Lease {
  readonly starting: Promise<BrokerSet>;
  set?: BrokerSet;
  /** Started when it is first asked for: to look at the cluster, or for a topic by MSK's API. */
  inspector?: Inspector;
}

/** One broker set for each deployed cluster, and some spares, so that the first deployments need not wait for JVMs. */
export class BrokerPool {
  /** Begins to start the spares and does not wait for them. */
  public static start(options: BrokerPoolOptions): BrokerPool {
    const pool = new BrokerPool(options);
    pool.startSpares();
    return pool;
  }

  private readonly leases = new Map<string, Lease>();
  private spares: Spare[] = [];
  private stopping = false;

  private constructor(private readonly options: BrokerPoolOptions) {}

  /** Makes a set be this cluster: a spare of the same shape if there is one, else a new one. */
  public async lease(clusterArn: string, shape: ClusterShape): Promise<Bootstrap> {
    if (this.stopping) throw new PoolError(503, 'The pool is stopping');
    if (this.leases.has(clusterArn)) throw new PoolError(409, `There are brokers for ${clusterArn} already`);
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

  /** Ends the brokers of a cluster, and its topics with them. */
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

  /** Does something to one node of a cluster; done when it is. */
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

  /** Requests that the live brokers of a cluster have got, by API. */
  public requestCounts(clusterArn: string): Promise<Record<string, number>> {
    return this.setOf(clusterArn).requestCounts();
  }

  /** Kafka's own client of a cluster; there is one, and it stops with the brokers. */
  public inspector(clusterArn: string): Inspector {
    const { artifacts, bootstrap, certificates } = this.setOf(clusterArn);
    const lease = this.leaseOf(clusterArn);
    lease.inspector ??= Inspector.start({ artifacts, bootstrap: bootstrap.tls, certificatesDir: certificates.dir });
    return lease.inspector;
  }

  /** A topic, or nothing. */
  public async topic(clusterArn: string, name: string): Promise<TopicDescription | undefined> {
    return this.adminOf(clusterArn).find(name);
  }

  /** Makes or changes a topic, as MSK's own API does. */
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
    if (!lease) throw new PoolError(404, `There are no brokers for ${clusterArn}`);
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
    await remove(spare.set); // it could not start, or its time to live is over
    return this.startSet(plan);
  }

  private startSpares(): void {
    const { spares = 1, spareShape = { kafkaVersion: '3.9.x.kraft', brokers: 3 } } = this.options;
    const plan = planFor(spareShape);
    while (this.spares.length < spares) {
      const set = this.startSet(plan);
      set.catch(() => undefined); // whoever takes it tries again, and hears why
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
    throw new PoolError(400, `No release of Kafka stands for version '${kafkaVersion}'; there are ${known}`);
  }
  const effective = effectiveServerProperties(brokers, withoutForeignProperties(serverProperties));
  return { kafkaVersion: release, brokers, serverProperties: effective };
}

function keyOf({ brokers, kafkaVersion, serverProperties }: Plan): string {
  return JSON.stringify([kafkaVersion, brokers, Object.entries(serverProperties).sort()]);
}

/** Also of a set that is still starting; nothing is left of one that failed to. */
async function remove(starting: Promise<BrokerSet>): Promise<void> {
  const set = await starting.catch(() => undefined);
  await set?.stop();
  if (set) await fs.rm(set.dir, { recursive: true, force: true });
}
