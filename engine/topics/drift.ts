import { type PortPool, withPorts } from '../kafka/ports';
import type { ConfigChange, TopicConfigs } from '../kafka/topic-port';
import { type FunctionLimits, type Limits, limitsOf } from '../limits';
import { notOurs } from '../reconcile';
import { answerOf, Refusal } from '../refusal';
import { Retry } from '../retry';
import type { DeclaredTopic, Difference, DriftAnswer, DriftCall, TopicDrift } from './drift-call';
import { topicFailures } from './failures';
import { parseIdentity } from './identity';
import { type ApplyJob, readApply } from './job';
import { observe } from './observe';
import type { Observed } from './observed';
import { plan, type TopicPlan } from './plan';
import type { TopicPorts } from './types';

/** Plans an Update of each topic and reports the plan instead of carrying it out. */
export async function reportDrift(call: DriftCall, pool: PortPool, limits: FunctionLimits): Promise<DriftAnswer> {
  const work = async (ports: TopicPorts) => {
    const topics: TopicDrift[] = [];
    for (const declared of call.topics) topics.push(await compare(declared, ports, limitsOf(call, limits)));
    return { topics };
  };
  return answerOf(() => withPorts(pool, call, work));
}

async function compare(
  { physicalId, properties }: DeclaredTopic,
  ports: TopicPorts,
  limits: Limits,
): Promise<TopicDrift> {
  const topicName = String(properties.TopicName);
  const job = declaredJob(physicalId, properties);
  if (job instanceof Refusal) return { topicName, differences: [{ kind: 'Refused', text: job.message }] };
  const retry = new Retry(topicFailures, job, limits);
  const { decided, seen } = await retry.run([], async () => {
    const looked = await observe(ports, job);
    retry.brokerAnswered();
    return { seen: looked, decided: plan(job, looked) };
  });
  return { topicName, differences: differences(job, seen, decided) };
}

/** An Update of a stack in an unknown direction is never refused, so every difference can be reported. */
function declaredJob(physicalId: string, properties: Record<string, unknown>): ApplyJob | Refusal {
  const identity = parseIdentity(physicalId);
  if (!identity) return notOurs(physicalId);
  try {
    return readApply({ requestType: 'Update', physicalId, properties, stack: 'unknown' }, identity).job;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
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
    ...reset.map((key) => `${key} not declared, ${live[key] ?? 'unknown to the brokers,'} live`),
  ];
  return [{ kind: 'Configs', text: texts.join('; ') }];
}
