import { parseIdentity } from '../../engine/topics/identity';
import type { WorkerAnswer, WorkerSuccess } from '../../engine/calls';
import type { TopicDescription } from '../../local/kafka/inspector';
import type { RealCluster } from '../real-cluster';
import type { TopicEvent, TopicShape } from './topic-events';

/** The required state of a topic. */
interface Entry {
  /** Undefined if the topic was deleted on request. */
  shape?: TopicShape;
  physicalId?: string;
  records: number;
  /** Only for a topic that belongs to somebody else. */
  foreignId?: string;
}

const REPLICAS = 3;

/**
 * Records what the brokers must hold if nothing is lost or created twice, and compares it with what Kafka's own
 * client sees.
 */
export class Ledger {
  private readonly entries = new Map<string, Entry>();

  public constructor(private readonly real: RealCluster) {}

  /** Names of our topics that must exist. */
  public get topics(): string[] {
    return [...this.entries].filter(([name, { shape }]) => shape && !this.isForeign(name)).map(([name]) => name);
  }

  /** Names of the topics of somebody else. */
  public get foreign(): string[] {
    return [...this.entries.keys()].filter((name) => this.isForeign(name));
  }

  public isForeign(name: string): boolean {
    return this.entries.get(name)?.foreignId !== undefined;
  }

  /** The shape of a topic of ours. */
  public shapeOf(name: string): TopicShape | undefined {
    return this.isForeign(name) ? undefined : this.entries.get(name)?.shape;
  }

  public physicalIdOf(name: string): string | undefined {
    return this.entries.get(name)?.physicalId;
  }

  /** Writes records that must not be lost. */
  public async write(name: string, records: number): Promise<void> {
    const { inspector } = this.real;
    await inspector.produce(name, records).catch(async (error: Error) => {
      const now = JSON.stringify(await inspector.topic(name));
      throw new Error(`cannot write to '${name}': ${error.message}; the topic is ${now}`, { cause: error });
    });
    this.entry(name).records += records;
  }

  /** Records a topic of somebody else as it is now. From now on, nothing about it may change. */
  public async protect(name: string): Promise<void> {
    const live = await this.real.inspector.topic(name);
    if (!live) throw new Error(`there is no topic '${name}'`);
    const shape = { partitionCount: live.partitions, configs: live.configs };
    this.entries.set(name, { shape, foreignId: live.topicId, records: held(live) });
  }

  /** Records an event that has succeeded. Returns what is wrong with its answers. */
  public book({ after, topicName }: TopicEvent, answers: readonly WorkerAnswer[]): string[] {
    const entry = this.entry(topicName);
    const told = answers.flatMap((answer) => ('refusal' in answer ? [] : [answer]));
    if (!after && isKept(entry)) return keptFindings(topicName, told);
    const physicalIds = [...told.map((answer) => answer.physicalId), ...(entry.physicalId ? [entry.physicalId] : [])];
    const ids = new Set(physicalIds.map(topicIdOf));
    // a deleted topic may be created again, with another ID
    if (after) Object.assign(entry, { shape: after, physicalId: entry.physicalId ?? physicalIds.at(-1) });
    else this.entries.set(topicName, { records: 0 });
    return ids.size > 1 ? [`'${topicName}' was created more than once: ${[...ids].join(', ')}`] : [];
  }

  /**
   * Returns the differences from the required state. Reads all records of the named topics, and counts those of the
   * others.
   */
  public async findings(...read: readonly string[]): Promise<string[]> {
    await this.real.set.settled();
    const live = new Map((await this.real.inspector.topics()).map((topic) => [topic.name, topic]));
    const unknown = [...live.keys()].filter((name) => !this.entries.has(name));
    const findings = unknown.map((name) => `'${name}' is there, and nobody asked for it`);
    for (const [name, entry] of this.entries) findings.push(...compare(name, entry, live.get(name)));
    for (const name of read.filter((one) => live.has(one))) findings.push(...(await this.readBack(name)));
    return findings;
  }

  private entry(name: string): Entry {
    const entry = this.entries.get(name) ?? { records: 0 };
    this.entries.set(name, entry);
    return entry;
  }

  private async readBack(name: string): Promise<string[]> {
    const [expected, found] = [this.entry(name).records, await this.real.inspector.consumeCount(name)];
    return found === expected ? [] : [`'${name}' held ${expected} records, and ${found} can be read`];
  }
}

/** A recognized topic may belong to somebody else, so it is not deleted while it holds records. */
const isKept = ({ physicalId, records }: Entry) => parseIdentity(physicalId)?.mark === 'r' && records > 0;

function keptFindings(name: string, told: readonly WorkerSuccess[]): string[] {
  const silent = told.filter(({ warnings }) => !warnings.some((warning) => warning.startsWith('TopicKept')));
  return silent.map(() => `'${name}' was recognized and holds records, but the answer to its Delete has no warning`);
}

const topicIdOf = (physicalId: string | undefined) => parseIdentity(physicalId)?.topicId;

/** The number of records that a topic holds. */
export const held = ({ earliestOffset, latestOffset }: TopicDescription) =>
  Number(latestOffset) - Number(earliestOffset);

function compare(name: string, { foreignId, physicalId, records, shape }: Entry, live?: TopicDescription): string[] {
  if (!shape) return live ? [`'${name}' is still there`] : [];
  if (!live) return [`'${name}' is not there`];
  const { configs, partitions, replicationFactor, topicId } = live;
  const expected = { ...shape, topicId: foreignId ?? topicIdOf(physicalId), replicationFactor: REPLICAS, records };
  const found: typeof expected = {
    configs,
    partitionCount: partitions,
    topicId,
    replicationFactor,
    records: held(live),
  };
  const different = (Object.keys(expected) as (keyof typeof expected)[]).filter(
    (key) => text(expected[key]) !== text(found[key]),
  );
  return different.map((key) => `'${name}' has ${key} ${text(found[key])}, not ${text(expected[key])}`);
}

/** A value or set of configs, as findings write it. The order of configs does not count. */
export function text(value: string | number | object | undefined): string {
  return typeof value === 'object' ? JSON.stringify(Object.entries(value).sort()) : String(value);
}
