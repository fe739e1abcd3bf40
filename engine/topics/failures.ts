import { knownPartArn } from '../../lib/model/arns';
import type { KafkaFailure } from '../kafka/kafka-failure';
import type { FailurePolicy, RefusalText, Subject, Verdict } from '../resource';
import type { TopicJob } from './job';

/** The topic may exist by now, or may be known to other brokers only: look again. */
const PASSING = ['TOPIC_ALREADY_EXISTS', 'UNKNOWN_TOPIC_ID', 'UNKNOWN_TOPIC_OR_PARTITION'];

const REFUSALS: Readonly<Record<string, RefusalText>> = {
  INVALID_CONFIG: { code: 'InvalidConfig', fix: "correct 'configs' and deploy again" },
  INVALID_PARTITIONS: { code: 'InvalidPartitions', fix: "correct 'partitionCount' and deploy again" },
  INVALID_REPLICATION_FACTOR: {
    code: 'NotEnoughBrokers',
    fix: "set 'replicationFactor' to at most the number of brokers, or deploy again when all brokers are up",
  },
  INVALID_TOPIC_EXCEPTION: {
    code: 'InvalidName',
    fix: "choose another 'topicName'; '.' and '_' count as the same character in the names of metrics",
  },
  POLICY_VIOLATION: {
    code: 'PolicyViolation',
    fix: 'request less at once, such as fewer partitions now and more in a later deployment, or change the policy of the cluster',
  },
  TOPIC_DELETION_DISABLED: {
    code: 'DeletionDisabled',
    fix: "set the server property 'delete.topic.enable' to true, or the topic's removal policy to RETAIN",
  },
};

export const topicFailures: FailurePolicy<TopicJob> = { subject, refusals: REFUSALS, verdict };

function subject(job: TopicJob): Subject {
  const name = job.request === 'Delete' ? job.identity.name : job.desired.topicName;
  const clusterArn = job.place.clusterArn ?? 'the cluster';
  return {
    label: `topic '${name}'`,
    arn: knownPartArn(clusterArn, 'topic', name),
    aclResource: `topic '${name}'`,
    clusterArn,
    graceSeconds: job.request === 'Delete' ? job.graceSeconds : job.desired.permissionGraceSeconds,
  };
}

function verdict(failure: KafkaFailure, job: TopicJob, leastBrokers: number): Verdict | undefined {
  const { detail, error } = failure;
  if (PASSING.includes(error)) return 'retry';
  // the topic already has the partitions: an answer was lost, or another client added them
  if (error === 'INVALID_PARTITIONS' && /already has|not be an increase/i.test(detail)) return 'retry';
  return isScarcity(failure, job, leastBrokers) ? 'retryThenRefuse' : undefined;
}

/** Brokers that restart one after the other are not counted for a while, and the replicas find no place. */
function isScarcity({ detail, error, request }: KafkaFailure, job: TopicJob, leastBrokers: number): boolean {
  if (error !== 'INVALID_REPLICATION_FACTOR' || job.request === 'Delete') return false;
  const isKnownToFit = job.desired.replicationFactor <= leastBrokers;
  return isKnownToFit || request === 'CreatePartitions' || detail.includes('fenced');
}
