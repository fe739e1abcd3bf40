import { isSameConfig, isThrottle } from '../../lib/model/rules/topics';
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
}

interface Row<J extends TopicJob> {
  readonly id: string;
  readonly when: (job: J, seen: Observed) => boolean;
  readonly then: (job: J, seen: Observed) => Omit<TopicPlan, 'row'>;
}

/** The decision table of Create and Update: the first row that matches applies. */
const APPLY: readonly Row<ApplyJob>[] = [
  {
    id: 'replace-refused',
    when: (job, seen) => isMoved(job, seen) && job.stack !== 'rollingBack' && losesRecords(job, seen),
    then: (job, { abandoned }) => refuse.replacement(job, abandoned?.records),
  },
  {
    id: 'taken-back',
    when: (job, seen) => isMoved(job, seen) && job.stack !== 'forward' && exists(seen),
    then: (job, seen) => ({ ...converge(job, seen), mark: 'a' }),
  },
  { id: 'created', when: (job, seen) => isNew(job, seen) && !exists(seen), then: create },
  {
    id: 'recognised',
    when: (job, seen) => isNew(job, seen) && isPristine(job, seen.topic),
    then: () => ({ steps: [], mark: 'r', warnings: [] }),
  },
  {
    id: 'adoption-refused',
    when: (job, seen) => isNew(job, seen) && job.desired.onExisting === 'adopt' && !isAdoptable(job, seen.topic),
    then: (job, seen) => refuse.adoption(job.desired, topicOf(seen)),
  },
  {
    id: 'adopted',
    when: (job, seen) => isNew(job, seen) && job.desired.onExisting === 'adopt',
    then: (job, seen) => ({ ...converge(job, seen), mark: 'a' }),
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
    id: 'made-again',
    when: ({ identity }, { topic }) => topic?.topicId !== identity?.topicId,
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
    then: ({ identity }) => ({
      steps: [],
      warnings: [
        `TopicKept: '${identity.name}' holds records, and nothing in the template allows deleting them; it was kept`,
      ],
    }),
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
const onlyIfEmpty = ({ identity, stack }: DeleteJob) => identity.mark === 'r' || stack !== 'forward';
/** An adopted or recognized topic is never deleted with records in it. */
const losesTopic = ({ desired, identity }: ApplyJob) =>
  desired.onReplace === 'delete' && !desired.allowDataLoss && identity?.mark === 'c';
const losesRecords = (job: ApplyJob, { abandoned }: Observed) => losesTopic(job) && abandoned?.records !== 0n;

/** The resource already has a topic, and it is another one. */
function isMoved({ desired, identity }: ApplyJob, { clusterId }: Observed): boolean {
  return identity !== undefined && (identity.name !== desired.topicName || identity.clusterId !== clusterId);
}

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

function isPristine(job: ApplyJob, topic?: ObservedTopic): boolean {
  return topic !== undefined && isIdentical(job, topic) && topic.contents?.everWritten === false;
}

function nothing(): Omit<TopicPlan, 'row'> {
  return { steps: [], warnings: [] };
}

function create({ desired }: ApplyJob): Omit<TopicPlan, 'row'> {
  return { steps: [{ do: 'createTopic', topic: desired }], mark: 'c', warnings: [] };
}

/** From the live state to the declared one, in place: configs first, since adding partitions cannot be undone. */
function converge(job: ApplyJob, seen: Observed): Omit<TopicPlan, 'row'> {
  const { desired } = job;
  const topic = topicOf(seen);
  const warnings: string[] = [];
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
  return { steps: [...configSteps(job, topic), ...growSteps(desired, topic)], warnings };
}

function growSteps({ partitionCount }: TopicSpec, topic: ObservedTopic): Step[] {
  if (partitionCount <= topic.partitionCount) return [];
  return [{ do: 'growTopic', name: topic.name, from: topic.partitionCount, to: partitionCount }];
}

/** Three-way: sets what is declared, resets what is no longer declared, and resets other keys only in exact mode. */
function configSteps({ desired, previous }: ApplyJob, topic: ObservedTopic): Step[] {
  const set = Object.entries(desired.configs).filter(([key, value]) => !isSameConfig(key, value, topic.configs[key]));
  const reset = Object.keys(topic.configs).filter(
    (key) =>
      !(key in desired.configs) &&
      !isThrottle(key) &&
      (desired.configDrift === 'exact' || key in (previous.configs ?? {})),
  );
  if (set.length === 0 && reset.length === 0) return [];
  return [{ do: 'alterConfigs', name: topic.name, change: { set: Object.fromEntries(set), reset } }];
}
