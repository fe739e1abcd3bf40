import { knownPartArn } from '../../lib/model/arns';
import type { ErrorCode } from '../error-codes';
import { Refusal } from '../refusal';
import type { Credentials } from '../calls';
import { type KafkaFailure, REQUEST_ACTIONS, REQUEST_OPERATIONS, type RequestName } from './admin-port';

/** What a failure asks for: to look and try again, to wait for a permission, or to give up. */
export type Verdict = 'again' | 'denied' | 'final';

/** The state of the cluster or our view of it; look again, since the request may also have been carried out. */
const PASSING = new Set([
  'NO_ANSWER',
  'BROKER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'KAFKA_STORAGE_ERROR',
  'LEADER_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'NOT_CONTROLLER',
  'NOT_LEADER_OR_FOLLOWER',
  'OFFSET_NOT_AVAILABLE',
  'REASSIGNMENT_IN_PROGRESS',
  'REQUEST_TIMED_OUT',
  'STALE_BROKER_EPOCH',
  'THROTTLING_QUOTA_EXCEEDED',
  'TOPIC_ALREADY_EXISTS',
  'UNKNOWN_LEADER_EPOCH',
  'UNKNOWN_SERVER_ERROR',
  'UNKNOWN_TOPIC_ID',
  'UNKNOWN_TOPIC_OR_PARTITION',
]);

/** Of these, what a broker says when it does not know itself what became of a write. */
const DOUBTFUL = new Set(['NETWORK_EXCEPTION', 'NOT_CONTROLLER', 'REQUEST_TIMED_OUT', 'UNKNOWN_SERVER_ERROR']);

const WRITES = new Set<RequestName>(['CreateTopics', 'CreatePartitions', 'IncrementalAlterConfigs', 'DeleteTopics']);
const DENIED = new Set(['CLUSTER_AUTHORIZATION_FAILED', 'SASL_AUTHENTICATION_FAILED', 'TOPIC_AUTHORIZATION_FAILED']);

export function verdict({ detail, error }: KafkaFailure): Verdict {
  if (PASSING.has(error)) return 'again';
  // growing to what is there already: an answer that was lost, or another hand, looks like this
  if (error === 'INVALID_PARTITIONS' && /already has|not be an increase/i.test(detail)) return 'again';
  return DENIED.has(error) ? 'denied' : 'final';
}

/** Whether a failed request may have had its effect, now or later. */
export function mayBeCarriedOut({ error, options, request }: KafkaFailure): boolean {
  return options.uncertain ?? (WRITES.has(request) && DOUBTFUL.has(error));
}

interface Words {
  readonly code: ErrorCode;
  readonly todo: string;
}

const FINAL: Record<string, Words> = {
  INVALID_CONFIG: { code: 'InvalidConfig', todo: "mend 'configs' and deploy again" },
  INVALID_PARTITIONS: { code: 'InvalidPartitions', todo: "mend 'partitionCount' and deploy again" },
  INVALID_REPLICATION_FACTOR: {
    code: 'NotEnoughBrokers',
    todo: "ask for a 'replicationFactor' of at most the number of brokers, or deploy again when all brokers are up",
  },
  INVALID_TOPIC_EXCEPTION: {
    code: 'InvalidName',
    todo: "choose another 'topicName'; '.' and '_' count as the same character in the names of metrics",
  },
  POLICY_VIOLATION: { code: 'PolicyViolation', todo: 'ask for less at once, or change the policy of the cluster' },
  TLS_REFUSED: {
    code: 'TlsRefused',
    todo: 'see that the addresses are those of the cluster and that its certificate is valid',
  },
  TOPIC_DELETION_DISABLED: {
    code: 'DeletionDisabled',
    todo: "set the server property 'delete.topic.enable' to true, or the topic's removal policy to RETAIN",
  },
};

/** The refusal of a broker in the user's words. */
export function toRefusal(failure: KafkaFailure, topicName: string): Refusal {
  const { code, todo } = FINAL[failure.error] ?? {
    code: 'KafkaRefused',
    todo: 'see what the broker says; nothing of this can be cured by trying again',
  };
  return new Refusal(code, `topic '${topicName}': ${failure.message}`, { todo });
}

/** Whom the brokers refuse, and where. */
export interface DeniedAccess {
  readonly topicName: string;
  readonly clusterArn: string;
  /** As whom the worker came. */
  readonly credentials: Credentials;
}

/** Which permission is missing, and on what. */
export function denial(failure: KafkaFailure, access: DeniedAccess): Refusal {
  const topic = `topic '${access.topicName}'`;
  if (failure.request === 'SaslAuthenticate') {
    const what = `${topic}: the brokers refused to authenticate ${who(access.credentials)} (${failure.detail})`;
    return new Refusal('NotAuthenticated', what, { todo: howToAuthenticate(access) });
  }
  if (access.credentials.kind !== 'iam') {
    const what = `${topic}: ${who(access.credentials)} lacks the ACL operation ${REQUEST_OPERATIONS[failure.request]} on it (${failure.error})`;
    return new Refusal('NotAuthorized', what, { todo: 'add the ACL, by a user that may alter the cluster' });
  }
  const action = `kafka-cluster:${REQUEST_ACTIONS[failure.request]}`;
  const arn = knownPartArn(access.clusterArn, 'topic', access.topicName);
  return new Refusal('NotAuthorized', `${topic}: the worker may not ${action} on ${arn} (${failure.error})`, {
    todo: "add the action to the worker's role; cdk-msk grants it unless a policy or boundary takes it away",
  });
}

function who(credentials: Credentials): string {
  if (credentials.kind === 'scram') return `the SCRAM user '${credentials.username}'`;
  return { iam: "the worker's role", tls: "the client of the worker's certificate", none: 'anybody' }[credentials.kind];
}

function howToAuthenticate({ clusterArn, credentials }: DeniedAccess): string {
  if (credentials.kind !== 'iam')
    return 'see that the secret is right and associated with the cluster; a new user takes up to ten minutes';
  return `allow kafka-cluster:${REQUEST_ACTIONS.SaslAuthenticate} on ${clusterArn} for the worker's role; wrong or expired credentials look the same`;
}
