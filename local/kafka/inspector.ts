import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import readline from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { javaTool, QUICK_KEY_STORES, sharing, type Artifacts } from './artifacts';

export interface InspectorOptions {
  readonly artifacts: Artifacts;
  /** Addresses of the TLS listener, or of the IAM listener if `tokenFile` is set. */
  readonly bootstrap: string;
  /** Folder of the certificates, see `Certificates`. */
  readonly certificatesDir: string;
  /**
   * JVM options.
   *
   * @default - options for a short-lived program that starts quickly
   */
  readonly jvmOptions?: readonly string[];
  /**
   * A file with an IAM token, to act as a client that is limited by the policy of its role.
   *
   * @default - act as a super user
   */
  readonly tokenFile?: string;
  /**
   * A file to which the class-data archive of this inspector is written when it stops.
   *
   * @default - the existing archive is used
   */
  readonly training?: string;
}

const SMALL_JVM = ['-Xmx160m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

export interface ClusterDescription {
  readonly clusterId: string;
  /** A live broker that accepts administrative requests. In KRaft mode, clients do not see the controller itself. */
  readonly controllerId: number;
  /** Live brokers only. */
  readonly brokers: readonly BrokerDescription[];
}

export interface BrokerDescription {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string;
}

export interface TopicDescription {
  readonly name: string;
  readonly topicId: string;
  readonly isInternal: boolean;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly assignments: readonly PartitionAssignment[];
  /** Only the configs that are set on the topic. */
  readonly configs: Readonly<Record<string, string>>;
  /** Sum over the partitions, or null if it is unknown because a partition has no leader. */
  readonly earliestOffset: number | null;
  /** Sum over the partitions, or null if it is unknown because a partition has no leader. */
  readonly latestOffset: number | null;
}

export interface PartitionAssignment {
  readonly partition: number;
  readonly leader: number | null;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
  /** Racks of the replicas whose broker is live. */
  readonly racks: readonly string[];
}

export interface NewTopic {
  /**
   * @default - the default of the brokers
   */
  readonly partitions?: number;
  /**
   * @default - the default of the brokers
   */
  readonly replicationFactor?: number;
  readonly configs?: Readonly<Record<string, string>>;
}

/** A topic with an explicit number of partitions. */
export type SizedTopic = NewTopic & { readonly partitions: number };

export interface ConfigChanges {
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/** Operations that a principal may perform on resources whose names start with a prefix. */
export interface AclRule {
  /** For example `User:alice`. */
  readonly principal: string;
  readonly resource: 'TOPIC' | 'GROUP' | 'CLUSTER';
  /** Prefix of the names, or `kafka-cluster` for the cluster. */
  readonly name: string;
  readonly operations: readonly string[];
}

/** An error from a broker. The code is its name in the Kafka protocol, such as TOPIC_ALREADY_EXISTS. */
export class InspectorError extends Error {
  public constructor(
    public readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

interface Question {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Runs Kafka's own Java clients, as super user or with the token of a role, to verify what other clients did. */
export class Inspector {
  public static start(options: InspectorOptions): Inspector {
    const { artifacts, bootstrap, certificatesDir, jvmOptions = SMALL_JVM, tokenFile, training } = options;
    const classData = training
      ? [`-XX:ArchiveClassesAtExit=${training}`]
      : sharing(artifacts.clientArchive, artifacts.archive);
    const jvm = [...jvmOptions, QUICK_KEY_STORES, '-Xlog:disable', ...classData];
    const level = tokenFile === undefined ? 'error' : 'off'; // refusals of a role are answers, not problems
    const logs = `-Dorg.slf4j.simpleLogger.defaultLogLevel=${level}`;
    const args = [bootstrap, certificatesDir, ...(tokenFile === undefined ? [] : [tokenFile])];
    const program = [logs, '-cp', artifacts.classpath, 'cdkmsk.standin.Inspector', ...args];
    return new Inspector(spawn(javaTool('java'), [...jvm, ...program], { stdio: ['pipe', 'pipe', 'inherit'] }));
  }

  private readonly questions = new Map<number, Question>();
  private lastId = 0;

  private constructor(private readonly process: ChildProcessByStdio<Writable, Readable, null>) {
    readline.createInterface({ input: process.stdout }).on('line', (line) => this.hear(JSON.parse(line) as Answer));
    process.on('error', (error) => this.giveUp(error));
    process.on('exit', () => this.giveUp(new Error('The inspector ended')));
    process.stdin.on('error', () => undefined); // the exit handler reports it
  }

  public describeCluster(): Promise<ClusterDescription> {
    return this.ask('describeCluster');
  }

  /** Lists the topics, sorted by name, without internal topics by default. */
  public topics(options: { readonly includeInternal?: boolean } = {}): Promise<TopicDescription[]> {
    return this.ask('topics', { includeInternal: options.includeInternal ?? false });
  }

  /** Returns the topic, or undefined if it does not exist. */
  public async topic(name: string): Promise<TopicDescription | undefined> {
    const [topic] = await this.ask<TopicDescription[]>('topics', { names: [name] });
    return topic;
  }

  public async createTopic(topic: string, spec: NewTopic = {}): Promise<void> {
    await this.createTopics([topic], spec);
  }

  /** Creates identical topics in one request. */
  public async createTopics(names: readonly string[], spec: NewTopic = {}): Promise<void> {
    await this.ask('createTopics', { topics: names.map((name) => ({ name, ...spec })) });
  }

  /** Creates identical topics with one request each, `atOnce` at a time, and waits until every broker shows them. */
  public async createVisibly(names: readonly string[], atOnce: number, spec: SizedTopic): Promise<void> {
    await this.ask('createVisibly', { atOnce, topics: names.map((name) => ({ name, ...spec })) });
  }

  public async deleteTopic(topic: string): Promise<void> {
    await this.ask('deleteTopic', { topic });
  }

  /** Increases the number of partitions to `partitions`. */
  public async createPartitions(topic: string, partitions: number): Promise<void> {
    await this.ask('createPartitions', { topic, partitions });
  }

  public async alterConfigs(topic: string, changes: ConfigChanges): Promise<void> {
    await this.ask('alterConfigs', { topic, ...changes });
  }

  /** Writes records and waits until all in-sync replicas have them. */
  public async produce(topic: string, count: number, options: { readonly valueBytes?: number } = {}): Promise<void> {
    await this.ask('produce', { topic, count, ...options });
  }

  /** Reads the topic from the beginning to its current end, and returns the number of records. */
  public consumeCount(topic: string): Promise<number> {
    return this.ask('consumeCount', { topic });
  }

  /** Creates a SCRAM user, or changes its password. */
  public async putScramUser(user: string, password: string): Promise<void> {
    await this.ask('putScramUser', { user, password });
  }

  /** Adds Kafka ACLs. The first ACL on a resource locks out all other principals. */
  public async allow(acl: AclRule): Promise<void> {
    const { operations, ...rest } = acl;
    await this.ask('allow', { ...rest, operations: operations.join(',') });
  }

  /** Limits how many partitions per second each user may create or delete; 0 removes the limit. */
  public async limitMutations(perSecond: number): Promise<void> {
    await this.limit('controller_mutation_rate', perSecond);
  }

  /** Sets a Kafka quota per second for each user; 0 removes the limit. */
  public async limit(quota: string, perSecond: number): Promise<void> {
    await this.ask('limit', { quota, perSecond });
  }

  /** Runs any other command, see AppCommands.java and AdminCommands.java. */
  public run<T>(command: string, fields: object = {}): Promise<T> {
    return this.ask(command, fields);
  }

  public async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null || this.process.pid === undefined) return;
    const ended = once(this.process, 'exit');
    this.process.stdin.end();
    await ended;
  }

  private ask<T>(command: string, fields: object = {}): Promise<T> {
    const id = ++this.lastId;
    return new Promise<T>((resolve, reject) => {
      this.questions.set(id, { resolve: (result) => resolve(result as T), reject });
      if (this.process.exitCode !== null) this.giveUp(new Error('The inspector has ended'));
      this.process.stdin.write(`${JSON.stringify({ id, do: command, ...fields })}\n`);
    });
  }

  private hear(answer: Answer): void {
    const question = this.questions.get(answer.id);
    this.questions.delete(answer.id);
    if (answer.error) question?.reject(new InspectorError(answer.error.code, answer.error.message));
    else question?.resolve(answer.result);
  }

  private giveUp(error: Error): void {
    this.questions.forEach((question) => question.reject(error));
    this.questions.clear();
  }
}
