import limits from '../../lib/model/facts/limits.json';
import { isCompacted, isSameConfig, isThrottle } from '../../lib/model/rules/topics';
import type { TopicSpec } from '../../lib/model/wire/topic';
import type { ConfigChange } from '../kafka/topic-port';
import type { Plan } from '../resource';
import type { Mark } from './identity';
import type { ApplyJob, DeleteJob, TopicJob } from './job';
import type { Observed, ObservedTopic } from './observed';
import * as refuse from './refusals';

export type Step =
  | { readonly do: 'createTopic'; readonly topic: TopicSpec }
  | { readonly do: 'alterConfigs'; readonly name: string; readonly change: ConfigChange }
  | { readonly do: 'growTopic'; readonly name: string; readonly from: number; readonly to: number }
  | { readonly do: 'deleteTopic'; readonly name: string; readonly topicId: string };

export interface TopicPlan extends Plan<Step> {
  /** Which row of the decision table applies. */
  readonly row: string;
  /** Where the topic came from, for its physical ID; undefined: as before. */
  readonly mark?: Mark;
  /** The resource goes on to stand for the topic that it has, although its properties declare something else. */
  readonly isLeft?: boolean;
}

interface Row<J extends TopicJob> {
  readonly id: string;
  readonly when: (job: J, seen: Observed) => boolean;
  readonly then: (job: J, seen: Observed) => Omit<TopicPlan, 'row'>;
}

/** The decision table of Create and Update: the first row that matches applies. */
const APPLY: readonly Row<ApplyJob>[] = [
  {
    id: 'cluster-mismatch',
    when: (job, seen) => isOtherCluster(job, seen) && job.stack === 'forward',
    then: (job, seen) => refuse.otherCluster(job, seen.clusterId),
  },
  {
    id: 'cluster-mismatch-left',
    when: isOtherCluster,
    then: (job) => left(job, 'another Kafka cluster answers at the address of its cluster'),
  },
  {
    id: 'replace-refused',
    when: (job, seen) => isMoved(job, seen) && job.stack !== 'rollingBack' && losesRecords(job, seen),
    then: (job, { abandoned }) => refuse.replacement(job, abandoned?.records),
  },
  {
    id: 'taken-back',
    when: (job, seen) => isMoved(job, seen) && job.stack === 'rollingBack' && isPrevious(job, seen),
    then: (job, seen) => ({ ...converge(job, seen), mark: job.identity?.previous?.mark }),
  },
  { id: 'created', when: (job, seen) => isNew(job, seen) && !exists(seen), then: create },
  {
    id: 'adopted',
    when: (job, seen) => isNew(job, seen) && mayAdopt(job, seen),
    then: (job, seen) => ({ ...converge(job, seen), mark: 'a' }),
  },
  {
    id: 'recognised',
    when: (job, seen) => isNew(job, seen) && isPristine(job, seen.topic),
    then: () => ({ steps: [], mark: 'r', warnings: [] }),
  },
  {
    id: 'not-taken-back',
    when: (job, seen) => isMoved(job, seen) && job.stack === 'rollingBack',
    then: (job) => left(job, `the topic '${job.desired.topicName}' that exists now is not the one that it had before`),
  },
  {
    id: 'adoption-refused',
    when: (job, seen) => isNew(job, seen) && job.desired.onExisting === 'adopt' && !isAdoptable(job, seen.topic),
    then: (job, seen) => refuse.adoption(job.desired, topicOf(seen)),
  },
  { id: 'exists', when: isNew, then: (job, seen) => refuse.existing(job.desired, topicOf(seen)) },
  {
    id: 'vanished',
    when: (_, seen) => !exists(seen),
    then: (job) => ({
      ...create(job),
      warnings: [`TopicVanished: '${job.desired.topicName}' no longer existed and was created again, empty`],
    }),
  },
  {
    id: 'replication-factor-refused',
    when: (job, seen) => asksOtherReplication(job, seen) && job.stack === 'forward',
    then: (job, seen) => refuse.replicationFactor(job.desired, topicOf(seen)),
  },
  {
    id: 'decrease-refused',
    when: (job, seen) => asksFewer(job, seen) && job.stack === 'forward' && job.desired.onPartitionDecrease === 'fail',
    then: (job, seen) => refuse.decrease(job.desired, topicOf(seen)),
  },
  {
    id: 'made-again-left',
    when: (job, seen) => isMadeAgain(job, seen) && job.stack !== 'forward' && !mayTakeOver(job, seen),
    then: (job) => left(job, 'it was deleted and created again outside this stack'),
  },
  {
    id: 'made-again',
    when: isMadeAgain,
    then: (job, seen) => {
      const { steps, warnings } = converge(job, seen);
      const again = `TopicMadeAgain: '${job.desired.topicName}' was deleted and created again outside this stack; it is treated as adopted`;
      return { steps, mark: 'a', warnings: [again, ...warnings] };
    },
  },
  { id: 'updated', when: () => true, then: converge },
];

/** The decision table of Delete. IDs in another format never get here. */
const DELETE: readonly Row<DeleteJob>[] = [
  { id: 'left', when: ({ identity }) => identity.mark === 'a', then: nothing },
  { id: 'other-cluster', when: ({ identity }, seen) => identity.clusterId !== seen.clusterId, then: nothing },
  { id: 'gone', when: (_, seen) => !exists(seen), then: nothing },
  {
    id: 'kept',
    when: (job, { topic }) => onlyIfEmpty(job) && topic?.contents?.records !== 0n,
    then: ({ identity }, { topic }) => ({ steps: [], warnings: [`TopicKept: ${whyKept(identity.name, topic)}`] }),
  },
  {
    id: 'deleted',
    when: () => true,
    then: ({ identity: { name, topicId } }) => ({ steps: [{ do: 'deleteTopic', name, topicId }], warnings: [] }),
  },
];

/** Decides without side effects, for the worker and the command line alike. Throws a Refusal for what must not happen. */
export function plan(job: TopicJob, seen: Observed): TopicPlan {
  return job.request === 'Delete' ? choose(DELETE, job, seen) : choose(APPLY, job, seen);
}

function choose<J extends TopicJob>(rows: readonly Row<J>[], job: J, seen: Observed): TopicPlan {
  const row = rows.find(({ when }) => when(job, seen));
  if (!row) throw new Error('The last row always matches.');
  return { row: row.id, ...row.then(job, seen) };
}

function whyKept(name: string, topic?: ObservedTopic): string {
  return topic?.contents
    ? `'${name}' holds records, and nothing in the template allows deleting them; it was kept`
    : `'${name}' has a partition without a leader, so nobody can say whether it holds records; it was kept`;
}

/** Whether the plan depends on what the topic holds. */
export function needsContents(job: TopicJob, seen: Observed): boolean {
  if (!seen.topic) return false;
  return job.request === 'Delete' ? onlyIfEmpty(job) : isNew(job, seen) && isIdentical(job, seen.topic);
}

/** Whether the plan depends on what another topic holds: the one that a new name leaves behind. */
export function needsAbandoned(job: TopicJob, seen: Observed): boolean {
  return job.request !== 'Delete' && isMoved(job, seen) && losesTopic(job);
}

const exists = ({ topic }: Observed) => topic !== undefined;
const onlyIfEmpty = ({ identity, keepsRecords, stack }: DeleteJob) =>
  identity.mark === 'r' || stack !== 'forward' || keepsRecords;
/** An adopted or recognized topic is never deleted with records in it. */
const losesTopic = ({ desired, identity }: ApplyJob) =>
  desired.onReplace === 'delete' && !desired.allowDataLoss && identity?.mark === 'c';
const losesRecords = (job: ApplyJob, { abandoned }: Observed) => losesTopic(job) && abandoned?.records !== 0n;

/** The resource already has a topic, and it is another one. */
function isMoved({ desired, identity }: ApplyJob, { clusterId }: Observed): boolean {
  return identity !== undefined && (identity.name !== desired.topicName || identity.clusterId !== clusterId);
}

/** The address leads to another cluster than that of the topic, although the declared one is the same. */
function isOtherCluster({ identity, place, previousClusterArn }: ApplyJob, { clusterId }: Observed): boolean {
  const isDeclared = previousClusterArn !== undefined && previousClusterArn !== place.clusterArn;
  return identity !== undefined && identity.clusterId !== clusterId && !isDeclared;
}

/** Whether the topic with the declared name is the very one that the resource had before. */
function isPrevious({ identity }: ApplyJob, { clusterId, topic }: Observed): boolean {
  const previous = identity?.previous;
  return previous !== undefined && previous.topicId === topic?.topicId && previous.clusterId === clusterId;
}

function isMadeAgain({ identity }: ApplyJob, { topic }: Observed): boolean {
  return topic?.topicId !== identity?.topicId;
}

/** Nothing foreign is written to while nobody knows where the stack is going. */
const mayAdopt = (job: ApplyJob, seen: Observed) =>
  job.desired.onExisting === 'adopt' && job.stack !== 'unknown' && isAdoptable(job, seen.topic);

/** A topic that was made again, which needs no change or may be changed. */
const mayTakeOver = (job: ApplyJob, seen: Observed) => mayAdopt(job, seen) || isIdentical(job, topicOf(seen));

function isNew(job: ApplyJob, seen: Observed): boolean {
  return job.identity === undefined || isMoved(job, seen);
}

function topicOf({ topic }: Observed): ObservedTopic {
  if (!topic) throw new Error('Earlier rows handle a topic that does not exist.');
  return topic;
}

const asksFewer = ({ desired }: ApplyJob, seen: Observed) => desired.partitionCount < topicOf(seen).partitionCount;

/** If this update does not change the declared factor, a different live one is in progress or was set by hand: no reason to refuse. */
function asksOtherReplication({ desired, previous }: ApplyJob, seen: Observed): boolean {
  const { replicationFactor } = desired;
  return replicationFactor !== topicOf(seen).replicationFactor && replicationFactor !== previous.replicationFactor;
}

function isAdoptable({ desired }: ApplyJob, topic?: ObservedTopic): boolean {
  if (!topic) return false;
  return desired.partitionCount >= topic.partitionCount && desired.replicationFactor === topic.replicationFactor;
}

function isIdentical({ desired }: ApplyJob, topic: ObservedTopic): boolean {
  const sizes =
    desired.partitionCount === topic.partitionCount && desired.replicationFactor === topic.replicationFactor;
  const keys = Object.keys({ ...desired.configs, ...topic.configs });
  return (
    sizes && keys.every((key) => key in desired.configs && isSameConfig(key, desired.configs[key], topic.configs[key]))
  );
}

/** Whether the topic is as declared, and nobody has written to it. */
export function isPristine(job: ApplyJob, topic?: ObservedTopic): boolean {
  return topic !== undefined && isIdentical(job, topic) && topic.contents?.everWritten === false;
}

function nothing(): Omit<TopicPlan, 'row'> {
  return { steps: [], warnings: [] };
}

/** A rollback must not fail, and must not write to a topic of others. */
function left({ identity }: ApplyJob, why: string): Omit<TopicPlan, 'row'> {
  return {
    steps: [],
    isLeft: true,
    warnings: [`TopicNotRolledBack: '${identity?.name}' was left as it is, because ${why}`],
  };
}

function create({ desired }: ApplyJob): Omit<TopicPlan, 'row'> {
  return { steps: [{ do: 'createTopic', topic: desired }], mark: 'c', warnings: [] };
}

/**
 * From the live state to the declared one, in place. The partitions come first: brokers can say at no cost whether they
 * will accept the configs, and if they then refuse the partitions, nothing was changed.
 */
function converge(job: ApplyJob, seen: Observed): Omit<TopicPlan, 'row'> {
  const { desired } = job;
  const topic = topicOf(seen);
  const warnings: string[] = [];
  if (!topic.led) {
    warnings.push(
      `PartitionOffline: '${topic.name}' has a partition without a leader, so clients cannot reach its records`,
    );
  }
  if (asksFewer(job, seen)) {
    warnings.push(
      `PartitionsKept: '${topic.name}' keeps its ${topic.partitionCount} partitions although ${desired.partitionCount} are declared; Kafka cannot reduce the number of partitions`,
    );
  }
  if (desired.replicationFactor !== topic.replicationFactor) {
    warnings.push(
      `ReplicationFactorDiffers: '${topic.name}' has replication factor ${topic.replicationFactor} although ${desired.replicationFactor} is declared; a deployment does not change it`,
    );
  }
  const growth = growSteps(desired, topic);
  const policy = desired.configs['cleanup.policy'] ?? topic.configs['cleanup.policy'];
  if (growth.length > 0 && isCompacted(policy)) {
    warnings.push(
      `CompactedTopicGrown: '${topic.name}' is compacted, and keys moved to other partitions, where their new records do not replace the old ones; unless it is empty, write the current value of every key again, or use a new topic`,
    );
  }
  const changes = configSteps(job, topic);
  const replaced = overwritten(job, topic, changes);
  return { steps: [...growth, ...changes], warnings: [...replaced, ...warnings, ...staleWarnings(changes, topic)] };
}

/** Brokers answer a larger request with UNKNOWN_SERVER_ERROR. */
const LARGEST_GROWTH = limits.kafkaRequest.records;

function growSteps({ partitionCount }: TopicSpec, { name, partitionCount: live }: ObservedTopic): Step[] {
  const batches = Math.max(Math.ceil((partitionCount - live) / LARGEST_GROWTH), 0);
  return Array.from({ length: batches }, (_, index) => {
    const from = live + index * LARGEST_GROWTH;
    return { do: 'growTopic', name, from, to: Math.min(from + LARGEST_GROWTH, partitionCount) };
  });
}

/** Three-way: sets what is declared, resets what is no longer declared, and resets other keys only in exact mode. */
function configSteps({ desired, previous }: ApplyJob, topic: ObservedTopic): Step[] {
  const set = Object.entries(desired.configs).filter(([key, value]) => !isSameConfig(key, value, topic.configs[key]));
  const undeclared = Object.keys(topic.configs).filter((key) => !(key in desired.configs) && !isThrottle(key));
  const isReset = (key: string) => desired.configDrift === 'exact' || key in (previous.configs ?? {});
  if (set.length === 0 && !undeclared.some(isReset)) return [];
  const reset = undeclared.filter((key) => isReset(key) || isStale(topic, key));
  return [{ do: 'alterConfigs', name: topic.name, change: { set: Object.fromEntries(set), reset } }];
}

/** Names the values that this stack had not set: a rollback can reset them, but it cannot know them. */
function overwritten({ previous }: ApplyJob, { configs, name }: ObservedTopic, steps: readonly Step[]): string[] {
  const isForeign = (key: string) =>
    configs[key] !== undefined && !isSameConfig(key, previous.configs?.[key], configs[key]);
  return steps.flatMap((step) => {
    if (step.do !== 'alterConfigs') return [];
    const { reset, set } = step.change;
    return [...Object.keys(set), ...reset].filter(isForeign).map((key) => {
      const now = key in set ? set[key] : 'the default';
      return `ConfigOverwritten: '${name}' had ${key}=${configs[key]}, which this stack had not set; it is ${now} now`;
    });
  });
}

/** Brokers of Kafka 4.0 and 4.1 refuse every change of a topic's configs while the topic has one that they do not know. */
const isStale = ({ configs }: ObservedTopic, key: string) => configs[key] === undefined;

function staleWarnings(steps: readonly Step[], topic: ObservedTopic): string[] {
  const stale = steps.flatMap((step) => (step.do === 'alterConfigs' ? step.change.reset : []));
  return stale
    .filter((key) => isStale(topic, key))
    .map(
      (key) =>
        `StaleConfigReset: '${key}' was set on '${topic.name}', and the brokers no longer know it; it was reset, since they refuse any other change of configs until then`,
    );
}
