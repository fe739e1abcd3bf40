import { isSameConfig } from '../../lib/model/rules/topics';
import type { Broker } from '../kafka/cluster-port';
import { valueOf } from '../kafka/kafka-failure';
import type { TopicRef, TopicState } from '../kafka/topic-port';
import type { Outcome, Showing } from '../resource';
import type { ApplyJob } from './job';
import { createdIn, expectedPartitions } from './outcome';
import type { TopicPorts, TopicTypes } from './types';

type Configs = Readonly<Record<string, string | undefined>>;

/** What every live broker is expected to show of a topic. */
interface Expectation {
  readonly ref: TopicRef;
  readonly name: string;
  readonly partitionCount: number;
  /** Not of a topic that already had a partition without a leader: it may never get one. */
  readonly led: boolean;
  /** Whether there are new partitions, whose replicas are in sync from the start if their brokers are up. */
  readonly isNew: boolean;
  /** Undefined as a value: the config is not set on the topic. */
  readonly configs: Configs;
}

/** How much of the result a broker shows: a topic with its partitions and configs, or that a topic is gone. */
export async function shows(ports: TopicPorts, outcome: Outcome<TopicTypes>, broker: Broker): Promise<Showing> {
  const { job } = outcome;
  if (job.request === 'Delete') {
    const { topicId } = job.identity;
    return (await look(ports, { topicId }, broker)) ? { lacks: `it still has ${topicId}` } : {};
  }
  const expected = expectation(job, outcome);
  const topic = await look(ports, expected.ref, broker);
  if (!topic) return missing(ports, expected.name, broker);
  const { configs, isNew, led, partitionCount } = expected;
  if (led && !topic.led) return { lacks: 'a partition has no leader' };
  if (topic.partitionCount < partitionCount)
    return { lacks: `${topic.partitionCount} of ${partitionCount} partitions` };
  return { ...(await lackingConfigs(ports, topic.name, configs, broker)), warnings: isNew ? outOfSync(topic) : [] };
}

const look = async ({ topics }: TopicPorts, ref: TopicRef, broker: Broker): Promise<TopicState | undefined> =>
  valueOf((await topics.views([ref], broker)).topics[0]);

/** A question by ID hides a missing permission, and that there is another topic of the name. */
async function missing(ports: TopicPorts, name: string, broker: Broker): Promise<Showing> {
  const other = await look(ports, { name }, broker);
  if (!other) return { lacks: 'it does not know the topic' };
  return { lacks: `it knows another topic '${name}', with the ID ${other.topicId}`, isUndone: true };
}

async function lackingConfigs(
  { topics }: TopicPorts,
  name: string,
  configs: Configs,
  broker: Broker,
): Promise<Showing> {
  const keys = Object.keys(configs);
  if (keys.length === 0) return {};
  const live = valueOf((await topics.configs([name], broker))[0]);
  const key = keys.find((one) => !isSameConfig(one, configs[one], live[one]));
  return key === undefined ? {} : { lacks: `${key} is ${live[key] ?? 'not set'}` };
}

function outOfSync({ name, outOfSync: brokers }: TopicState): string[] {
  if (brokers.length === 0) return [];
  const which = `${brokers.length === 1 ? 'broker' : 'brokers'} ${brokers.join(', ')}`;
  return [`UnderReplicated: the new partitions of '${name}' have replicas on ${which} that are not in sync`];
}

function expectation({ desired }: ApplyJob, { progress, seen }: Outcome<TopicTypes>): Expectation {
  const altered = progress.begun.findLast((step) => step.do === 'alterConfigs')?.change;
  const created = createdIn(progress);
  return {
    ref: created ? { topicId: created } : { name: desired.topicName },
    name: desired.topicName,
    partitionCount: expectedPartitions(desired, seen),
    led: seen.topic?.led !== false,
    isNew: progress.begun.some((step) => step.do === 'createTopic' || step.do === 'growTopic'),
    configs: { ...altered?.set, ...Object.fromEntries((altered?.reset ?? []).map((key) => [key, undefined])) },
  };
}
