import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import readline from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { javaTool, QUICK_KEY_STORES, sharing, type Artifacts } from './artifacts';

export interface InspectorOptions {
  readonly artifacts: Artifacts;
  /** Addresses of the TLS listener; of the IAM listener with a token. */
  readonly bootstrap: string;
  /** Folder of the certificates, see `Certificates`. */
  readonly certificatesDir: string;
  /**
   * Options of its JVM.
   *
   * @default - those of a program that starts soon and does little
   */
  readonly jvmOptions?: readonly string[];
  /**
   * A file with an IAM token, for clients that may do what the policy of their role allows.
   *
   * @default - a super user
   */
  readonly tokenFile?: string;
  /**
   * A file that gets the class-data archive of this inspector when it stops.
   *
   * @default - it uses the archive that there is
   */
  readonly training?: string;
}

const SMALL_JVM = ['-Xmx160m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

export interface ClusterDescription {
  readonly clusterId: string;
  /** A live broker that takes administrative requests, as clients are told; under KRaft not the controller itself. */
  readonly controllerId: number;
  /** Live ones only. */
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
  /** Only what was set on the topic. */
  readonly configs: Readonly<Record<string, string>>;
  /** Sum over the partitions; null while one of them does not tell, for want of a leader. */
  readonly earliestOffset: number | null;
  /** Sum over the partitions; null while one of them does not tell, for want of a leader. */
  readonly latestOffset: number | null;
}

export interface PartitionAssignment {
  readonly partition: number;
  readonly leader: number | null;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
  /** Of those replicas whose broker is live. */
  readonly racks: readonly string[];
}

export interface NewTopic {
  /**
   * @default - as the brokers say
   */
  readonly partitions?: number;
  /**
   * @default - as the brokers say
   */
  readonly replicationFactor?: number;
  readonly configs?: Readonly<Record<string, string>>;
}

/** A topic whose size is not left to the brokers. */
export type SizedTopic = NewTopic & { readonly partitions: number };

export interface ConfigChanges {
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/** Operations that a principal may do on resources whose names begin with a prefix. */
export interface AclRule {
  /** Such as `User:alice`. */
  readonly principal: string;
  readonly resource: 'TOPIC' | 'GROUP' | 'CLUSTER';
  /** Prefix of the names; `kafka-cluster` for the cluster. */
  readonly name: string;
  readonly operations: readonly string[];
}

/** What a broker refused; the code is the protocol's name of it, such as TOPIC_ALREADY_EXISTS. */
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

/** Kafka's own Java clients, as super user or with the token of a role: a second opinion on what other clients say that they did. */
export class Inspector {
  public static start(options: InspectorOptions): Inspector {
    const { artifacts, bootstrap, certificatesDir, jvmOptions = SMALL_JVM, tokenFile, training } = options;
    const classData = training
      ? [`-XX:ArchiveClassesAtExit=${training}`]
      : sharing(artifacts.clientArchive, artifacts.archive);
    const jvm = [...jvmOptions, QUICK_KEY_STORES, '-Xlog:disable', ...classData];
    const logs = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error';
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
    process.stdin.on('error', () => undefined); // its exit tells more
  }

  public describeCluster(): Promise<ClusterDescription> {
    return this.ask('describeCluster');
  }

  /** All topics, by name; internal ones only when asked. */
  public topics(options: { readonly includeInternal?: boolean } = {}): Promise<TopicDescription[]> {
    return this.ask('topics', { includeInternal: options.includeInternal ?? false });
  }

  /** One topic, or nothing. */
  public async topic(name: string): Promise<TopicDescription | undefined> {
    const [topic] = await this.ask<TopicDescription[]>('topics', { names: [name] });
    return topic;
  }

  public async createTopic(topic: string, spec: NewTopic = {}): Promise<void> {
    await this.createTopics([topic], spec);
  }

  /** Creates topics alike in one request. */
  public async createTopics(names: readonly string[], spec: NewTopic = {}): Promise<void> {
    await this.ask('createTopics', { topics: names.map((name) => ({ name, ...spec })) });
  }

  /** Creates topics alike, so many at once, in one request each; waits until every broker shows them. */
  public async createVisibly(names: readonly string[], atOnce: number, spec: SizedTopic): Promise<void> {
    await this.ask('createVisibly', { atOnce, topics: names.map((name) => ({ name, ...spec })) });
  }

  public async deleteTopic(topic: string): Promise<void> {
    await this.ask('deleteTopic', { topic });
  }

  /** Grows the topic to this number of partitions. */
  public async createPartitions(topic: string, partitions: number): Promise<void> {
    await this.ask('createPartitions', { topic, partitions });
  }

  public async alterConfigs(topic: string, changes: ConfigChanges): Promise<void> {
    await this.ask('alterConfigs', { topic, ...changes });
  }

  /** Writes records and waits until all replicas in sync have them. */
  public async produce(topic: string, count: number, options: { readonly valueBytes?: number } = {}): Promise<void> {
    await this.ask('produce', { topic, count, ...options });
  }

  /** Reads the topic from its beginning to its present end. */
  public consumeCount(topic: string): Promise<number> {
    return this.ask('consumeCount', { topic });
  }

  /** Makes a SCRAM user, or gives it another password. */
  public async putScramUser(user: string, password: string): Promise<void> {
    await this.ask('putScramUser', { user, password });
  }

  /** Adds Kafka ACLs. The first one on a resource locks out everybody else. */
  public async allow(acl: AclRule): Promise<void> {
    const { operations, ...rest } = acl;
    await this.ask('allow', { ...rest, operations: operations.join(',') });
  }

  /** How many partitions a second each user may create or delete; 0 takes the limit away. */
  public async limitMutations(perSecond: number): Promise<void> {
    await this.limit('controller_mutation_rate', perSecond);
  }

  /** How much of what Kafka has a quota for each user may do a second; 0 takes the limit away. */
  public async limit(quota: string, perSecond: number): Promise<void> {
    await this.ask('limit', { quota, perSecond });
  }

  /** Whatever a client or an administrator does besides; see AppCommands.java and AdminCommands.java. */
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
