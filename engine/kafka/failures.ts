import type { Credentials } from '../calls';
import { Refusal } from '../refusal';
import type { RefusalText, Subject, Verdict } from '../resource';
import type { KafkaFailure } from './kafka-failure';
import { REQUESTS } from './requests';

/** The state of the cluster or our view of it; look again, since the request may also have been carried out. */
const PASSING = new Set([
  'NO_ANSWER',
  'TOO_MANY_CONNECTS',
  'BROKER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'ILLEGAL_SASL_STATE', // the request came while its connection was authenticating again, and was not looked at
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
  'UNKNOWN_LEADER_EPOCH',
  'UNKNOWN_SERVER_ERROR',
]);

/** Errors with which a broker says that it does not know the outcome of a write itself. */
const DOUBTFUL = new Set(['NETWORK_EXCEPTION', 'NOT_CONTROLLER', 'REQUEST_TIMED_OUT', 'UNKNOWN_SERVER_ERROR']);

const DENIED = new Set(['CLUSTER_AUTHORIZATION_FAILED', 'SASL_AUTHENTICATION_FAILED', 'TOPIC_AUTHORIZATION_FAILED']);

export function verdictOf({ error }: KafkaFailure): Verdict {
  if (PASSING.has(error)) return 'retry';
  return DENIED.has(error) ? 'denied' : 'final';
}

/** Whether a failed request may have had its effect, now or later. */
export function mayBeCarriedOut({ error, options, request }: KafkaFailure): boolean {
  return options.uncertain ?? (REQUESTS[request].writes && DOUBTFUL.has(error));
}

const REFUSALS: Readonly<Record<string, RefusalText>> = {
  POLICY_VIOLATION: { code: 'PolicyViolation', fix: 'request less at once, or change the policy of the cluster' },
  TLS_REFUSED: {
    code: 'TlsRefused',
    fix: 'check that the addresses belong to the cluster and that its certificate is valid',
  },
};

/** The refusal of a broker, in the user's terms. */
export function toRefusal(
  failure: KafkaFailure,
  { label }: Subject,
  refusals: Readonly<Record<string, RefusalText>>,
): Refusal {
  const { code, fix } = refusals[failure.error] ??
    REFUSALS[failure.error] ?? {
      code: 'KafkaRefused',
      fix: "follow the broker's message; retrying will not help",
    };
  return new Refusal(code, `${label}: ${failure.message}`, { fix });
}

/** Which permission is missing, and on what. */
export function toDenial(failure: KafkaFailure, subject: Subject, credentials: Credentials): Refusal {
  const { aclResource, arn, label } = subject;
  if (failure.request === 'SaslAuthenticate') {
    const what = `${label}: the brokers refused to authenticate ${clientOf(credentials)} (${failure.detail})`;
    return new Refusal('NotAuthenticated', what, { fix: howToAuthenticate(subject, credentials) });
  }
  if (credentials.kind !== 'iam') {
    const { operation } = REQUESTS[failure.request];
    const what = `${label}: ${clientOf(credentials)} lacks the ACL operation ${operation} on ${aclResource} (${failure.error})`;
    return new Refusal('NotAuthorized', what, { fix: 'add the ACL as a user who may alter the cluster' });
  }
  const action = `kafka-cluster:${REQUESTS[failure.request].action}`;
  const what = `${label}: the worker's role does not allow ${action} on ${arn} (${failure.error})`;
  return new Refusal('NotAuthorized', what, {
    fix: "add the action to the worker's role; cdk-msk grants it unless a policy or a permissions boundary removes it",
  });
}

function clientOf(credentials: Credentials): string {
  if (credentials.kind === 'scram') return `the SCRAM user '${credentials.username}'`;
  return { iam: "the worker's role", tls: "the client of the worker's certificate", none: 'an anonymous client' }[
    credentials.kind
  ];
}

function howToAuthenticate({ clusterArn }: Subject, credentials: Credentials): string {
  if (credentials.kind !== 'iam')
    return 'check that the secret is correct and associated with the cluster; a new user needs up to ten minutes';
  return `allow kafka-cluster:${REQUESTS.SaslAuthenticate.action} on ${clusterArn} for the worker's role; wrong or expired credentials look the same`;
}
