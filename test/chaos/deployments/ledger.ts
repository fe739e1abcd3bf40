import type { Inspector, TopicDescription } from '../../../local/kafka/inspector';
import { held, text } from '../../../testkit/faults/ledger';
import type { Scenario, ScenarioTopic } from '../../e2e/support/scenario';

/** What must be true of a topic. */
interface Entry {
  readonly topicId: string;
  readonly records: number;
  /** From the old number to the new one if a deployment that grew it was rolled back, or to any after older events. */
  readonly partitions: readonly [number, number];
  /** Undefined if a late copy of an event may have set others. */
  readonly configs?: TopicDescription['configs'];
}

type Topics = Scenario['topics'];

export interface Outcome {
  readonly hasSucceeded: boolean;
  /** Whether events were delivered more than once. */
  readonly hasCopies: boolean;
  /**
   * Whether copies of older events were delivered, which look like new ones while their stack is being deployed. In a
   * rollback, all copies do.
   */
  readonly hasOlder: boolean;
}

/** Records what deployments must leave on the brokers, and compares it with what Kafka's own client sees. */
export class DeploymentLedger {
  /** The topics of the last template that was deployed, by the ID of their construct. */
  public declared: Topics = {};
  /** Names of topics of somebody else. */
  public readonly foreign: string[] = [];
  private readonly entries = new Map<string, Entry>();
  private readonly names = new Set<string>();

  public constructor(private readonly inspector: Inspector) {}

  /** A name that no topic has had so far. */
  public aName(): string {
    const name = `topic-${this.names.size + 1}`;
    this.names.add(name);
    return name;
  }

  /** Only a topic that is deleted with its construct and holds nothing leaves nothing behind. */
  public mayBeRenamed(id: string): boolean {
    const { destroy, topicName = id } = this.declared[id] ?? {};
    return destroy === true && this.entries.get(topicName)?.records === 0;
  }

  /** Creates a topic of somebody else. From now on, nothing about it may change. */
  public async protect(name: string): Promise<void> {
    await this.inspector.createVisibly([name], 1, { partitions: 2, configs: { 'retention.ms': '123456789' } });
    await this.inspector.produce(name, 7);
    const live = (await this.live()).get(name);
    if (!live) throw new Error(`there is no topic '${name}'`);
    this.entries.set(name, entryOf(live));
    this.foreign.push(name);
  }

  /** Writes records that must not be lost. */
  public async write(id: string, records: number): Promise<void> {
    const { topicName = id } = this.declared[id];
    await this.inspector.produce(topicName, records);
    const entry = this.entries.get(topicName) as Entry;
    this.entries.set(topicName, { ...entry, records: entry.records + records });
  }

  /** Returns what differs from the required state after a deployment. Changes nothing. */
  public async findings(topics: Topics, outcome: Outcome): Promise<string[]> {
    const live = await this.live();
    const required = this.required(topics, outcome, live);
    const unknown = [...live.values()].filter(
      (topic) => !required.has(topic.name) && !this.mayBeLeft(topic, topics, outcome),
    );
    const findings = unknown.map(({ name }) => `'${name}' is there, and nobody asked for it`);
    for (const [name, entry] of required) findings.push(...compare(name, entry, live.get(name)));
    return findings;
  }

  /** Takes what there is as the required state, once there are no findings. */
  public async book(topics: Topics, { hasSucceeded }: Outcome): Promise<void> {
    const live = await this.live();
    const declared = hasSucceeded ? topics : this.declared;
    this.entries.clear();
    for (const [name, topic] of live) this.entries.set(name, entryOf(topic));
    // a rollback leaves the partitions that were added, and copies of events may have set configs
    this.declared = Object.fromEntries(
      Object.entries(declared).map(([id, topic]) => {
        const { configs: other, partitions: partitionCount } = live.get(topic.topicName ?? id) ?? {};
        return [id, { ...topic, partitionCount, other }];
      }),
    );
  }

  private required(topics: Topics, outcome: Outcome, live: ReadonlyMap<string, TopicDescription>): Map<string, Entry> {
    const required = new Map(this.entries);
    for (const [id, { destroy, topicName = id }] of Object.entries(this.declared)) {
      const next = topics[id];
      const entry = this.entries.get(topicName) as Entry;
      if (!outcome.hasSucceeded) required.set(topicName, afterRollback(entry, next, outcome));
      else if (next && (next.topicName ?? id) === topicName) required.set(topicName, after(entry, next, outcome));
      else if (destroy) required.delete(topicName);
    }
    for (const [id, topic] of outcome.hasSucceeded ? Object.entries(topics) : []) {
      const name = topic.topicName ?? id;
      const topicId = live.get(name)?.topicId ?? '';
      if (!this.entries.has(name))
        required.set(name, after({ topicId, records: 0, partitions: [0, 0] }, topic, outcome));
    }
    return required;
  }

  /**
   * A topic that was recognized may be somebody else's: it is not deleted while it holds records. A Create that is still
   * running when CloudFormation rolls back leaves an empty topic, which the next Create recognizes, and so does a copy of
   * an older event.
   */
  private mayBeLeft(topic: TopicDescription, topics: Topics, { hasOlder, hasSucceeded }: Outcome): boolean {
    const { name } = topic;
    const records = held(topic);
    if (records > 0) return hasSucceeded && records === this.entries.get(name)?.records;
    return hasOlder ? this.names.has(name) : !hasSucceeded && namesOf(topics).includes(name);
  }

  private async live(): Promise<Map<string, TopicDescription>> {
    const topics = (await this.inspector.topics()).filter(({ isInternal }) => !isInternal);
    return new Map(topics.map((topic) => [topic.name, topic]));
  }
}

const namesOf = (topics: Topics) => Object.entries(topics).map(([id, { topicName = id }]) => topicName);

const entryOf = (live: TopicDescription): Entry => ({
  ...{ topicId: live.topicId, records: held(live), configs: live.configs },
  partitions: [live.partitions, live.partitions],
});

function after(entry: Entry, { other, partitionCount = 0 }: ScenarioTopic, { hasOlder }: Outcome): Entry {
  if (hasOlder) return { ...entry, partitions: [partitionCount, Infinity], configs: undefined };
  return { ...entry, partitions: [partitionCount, partitionCount], configs: other };
}

function afterRollback(entry: Entry, next: ScenarioTopic | undefined, { hasCopies, hasOlder }: Outcome): Entry {
  const [least] = entry.partitions;
  const most = hasOlder ? Infinity : Math.max(least, next?.partitionCount ?? 0);
  return { ...entry, partitions: [least, most], configs: hasCopies ? undefined : entry.configs };
}

function compare(name: string, { configs, partitions, records, topicId }: Entry, live?: TopicDescription): string[] {
  if (!live) return [`'${name}' is not there`];
  const [least, most] = partitions;
  const isOutside = live.partitions < least || live.partitions > most;
  const areOthers = configs !== undefined && text(configs) !== text(live.configs);
  return [
    ...(live.topicId === topicId ? [] : [`'${name}' has another ID`]),
    ...(isOutside ? [`'${name}' has ${live.partitions} partitions, not ${least} to ${most}`] : []),
    ...(held(live) === records ? [] : [`'${name}' has ${held(live)} records, not ${records}`]),
    ...(areOthers ? [`'${name}' has the configs ${text(live.configs)}, not ${text(configs)}`] : []),
  ];
}
