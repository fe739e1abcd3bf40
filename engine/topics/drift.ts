import { Refusal } from '../refusal';
import { parseIdentity } from './identity';
import type { DeclaredTopic, Difference, DriftAnswer, DriftCall, TopicDrift } from '../calls';
import type { AdminPort, ConfigChange } from '../kafka/admin-port';
import type { AdminPool } from '../kafka/admin-pool';
import { type ApplyJob, toApplyJob } from './job';
import { observe } from './observe';
import { type GivenLimits, type Limits, limitsOf, Patience } from '../retry';
import { type Observed, type Plan, plan } from './plan';

/** The same plan as an Update's, told and not carried out. */
export async function reportDrift(call: DriftCall, ports: AdminPool, limits: GivenLimits): Promise<DriftAnswer> {
  const port = ports.take(call);
  try {
    const topics: TopicDrift[] = [];
    for (const declared of call.topics) topics.push(await compare(declared, port, limitsOf(call, limits)));
    return { topics };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: { code: error.code, message: error.message } };
    throw error;
  } finally {
    await ports.giveBack(port);
  }
}

async function compare(
  { physicalId, properties }: DeclaredTopic,
  port: AdminPort,
  limits: Limits,
): Promise<TopicDrift> {
  const topicName = String(properties.TopicName);
  const job = declaredJob(physicalId, properties);
  if (job instanceof Refusal) return { topicName, differences: [{ kind: 'Refused', text: job.message }] };
  const patience = new Patience(job, limits);
  const { decided, seen } = await patience.persist([], async () => {
    const looked = await observe(port, job);
    patience.answered();
    return { seen: looked, decided: plan(job, looked) };
  });
  return { topicName, differences: differences(job, seen, decided) };
}

/** As a rollback would see it, which is never refused: what differs is to be told, whatever it is. */
function declaredJob(physicalId: string, properties: Record<string, unknown>): ApplyJob | Refusal {
  const identity = parseIdentity(physicalId);
  if (!identity) return new Refusal('NotOurs', `'${physicalId}' is no topic of ours`, { todo: 'deploy the topic' });
  try {
    return toApplyJob({ requestType: 'Update', physicalId, properties, stack: 'unknown' }, identity).job;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function differences({ desired, identity }: ApplyJob, seen: Observed, { row, steps }: Plan): Difference[] {
  const { topic } = seen;
  if (identity && identity.clusterId !== seen.clusterId) {
    return [{ kind: 'OtherCluster', text: `declared on cluster ${identity.clusterId}, live is ${seen.clusterId}` }];
  }
  if (!topic) return [{ kind: 'Missing', text: 'it is not there' }];
  const again: Difference[] =
    row === 'made-again' ? [{ kind: 'MadeAgain', text: `made as ${identity?.topicId}, live is ${topic.topicId}` }] : [];
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

function configs({ reset, set }: ConfigChange, live: Readonly<Record<string, string>>): Difference[] {
  const texts = [
    ...Object.entries(set).map(([key, value]) => `${key}=${value} declared, ${live[key] ?? 'nothing'} live`),
    ...reset.map((key) => `${key} not declared, ${live[key]} live`),
  ];
  return [{ kind: 'Configs', text: texts.join('; ') }];
}
