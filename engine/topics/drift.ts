import type { ErrorCode } from '../error-codes';
import { type PortPool, withPorts } from '../kafka/ports';
import type { ConfigChange, TopicConfigs } from '../kafka/topic-port';
import { type FunctionLimits, type Limits, limitsOf } from '../limits';
import { notOurs } from '../reconcile';
import { answerOf, Refusal } from '../refusal';
import type { FailurePolicy } from '../resource';
import { Retry } from '../retry';
import {
  type DeclaredTopic,
  type Difference,
  type DriftAnswer,
  type DriftCall,
  notCompared,
  type TopicDrift,
} from './drift-call';
import { topicFailures } from './failures';
import { parseIdentity } from './identity';
import { type ApplyJob, readApply, type TopicJob } from './job';
import { observe } from './observe';
import type { Observed } from './observed';
import { plan, type TopicPlan } from './plan';
import type { TopicPorts } from './types';

/** How long the brokers may take about one topic, so that there is time left for the others. */
const TOPIC_MS = 30_000;

/** What cannot be different for the next topic. */
const CONCERNS_ALL: readonly ErrorCode[] = ['NotAuthenticated', 'TlsRefused', 'Unreachable'];

/** No permission is new when a report is due, so a denial is not waited out. */
const driftFailures: FailurePolicy<TopicJob> = {
  ...topicFailures,
  subject: (job) => ({ ...topicFailures.subject(job), graceSeconds: 0 }),
};

/** Plans an Update of each topic and reports the plan instead of carrying it out. */
export async function reportDrift(call: DriftCall, pool: PortPool, limits: FunctionLimits): Promise<DriftAnswer> {
  return answerOf(() => withPorts(pool, call, async (ports) => ({ topics: await compareAll(call, ports, limits) })));
}

async function compareAll(call: DriftCall, ports: TopicPorts, limits: FunctionLimits): Promise<TopicDrift[]> {
  const topics: TopicDrift[] = [];
  let end: Refusal | undefined;
  for (const declared of call.topics) {
    const { deadline, ...rest } = limitsOf(call, limits);
    const ofTopic = { ...rest, deadline: Math.min(deadline, limits.time.now() + TOPIC_MS) };
    const outcome = end ?? (await compare(declared, ports, ofTopic).catch(refusalOf));
    if (outcome instanceof Refusal && CONCERNS_ALL.includes(outcome.code)) end = outcome;
    topics.push(outcome instanceof Refusal ? reported(declared, outcome) : outcome);
  }
  return topics;
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** Of a topic about which the brokers say nothing, nobody knows whether it differs. */
function reported(declared: DeclaredTopic, { code, message }: Refusal): TopicDrift {
  if (CONCERNS_ALL.includes(code) || code === 'OutcomeUnknown') return notCompared(declared, message);
  const kind = code === 'NotAuthorized' ? 'Denied' : 'Refused';
  return { topicName: String(declared.properties.TopicName), differences: [{ kind, text: message }] };
}

async function compare(
  { physicalId, properties }: DeclaredTopic,
  ports: TopicPorts,
  limits: Limits,
): Promise<TopicDrift> {
  const job = declaredJob(physicalId, properties);
  const retry = new Retry(driftFailures, job, limits);
  const { decided, seen } = await retry.run([], async () => {
    const looked = await observe(ports, job);
    retry.brokerAnswered();
    return { seen: looked, decided: plan(job, looked) };
  });
  return { topicName: job.desired.topicName, differences: differences(job, seen, decided) };
}

/** An Update of a stack in an unknown direction is never refused, so every difference can be reported. */
function declaredJob(physicalId: string, properties: Record<string, unknown>): ApplyJob {
  const identity = parseIdentity(physicalId);
  if (!identity) throw notOurs(physicalId);
  return readApply({ requestType: 'Update', physicalId, properties, stack: 'unknown' }, identity).job;
}

function differences({ desired, identity }: ApplyJob, seen: Observed, { row, steps }: TopicPlan): Difference[] {
  const { topic } = seen;
  if (identity && identity.clusterId !== seen.clusterId) {
    return [{ kind: 'OtherCluster', text: `declared on cluster ${identity.clusterId}, live is ${seen.clusterId}` }];
  }
  if (!topic) return [{ kind: 'Missing', text: 'the topic does not exist' }];
  const again: Difference[] = row.startsWith('made-again')
    ? [{ kind: 'MadeAgain', text: `created as ${identity?.topicId}, live is ${topic.topicId}` }]
    : [];
  return [
    ...again,
    ...number('PartitionCount', desired.partitionCount, topic.partitionCount),
    ...number('ReplicationFactor', desired.replicationFactor, topic.replicationFactor),
    ...steps.flatMap((step) => (step.do === 'alterConfigs' ? configs(step.change, topic.configs) : [])),
  ];
}

function number(kind: 'PartitionCount' | 'ReplicationFactor', declared: number, live: number): Difference[] {
  return declared === live ? [] : [{ kind, text: `${declared} declared, ${live} live` }];
}

function configs({ reset, set }: ConfigChange, live: TopicConfigs): Difference[] {
  const texts = [
    ...Object.entries(set).map(([key, value]) => `${key}=${value} declared, ${live[key] ?? 'nothing'} live`),
    ...reset.map((key) => `${key} not declared, ${live[key] ?? 'a value that brokers no longer know'} live`),
  ];
  return [{ kind: 'Configs', text: texts.join('; ') }];
}
