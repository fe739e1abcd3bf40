import { formatIdentity, type TopicIdentity } from './topics/identity';
import type { WorkerSuccess } from './calls';
import type { AdminPort } from './kafka/admin-port';
import { apply, type Done } from './topics/apply';
import type { ApplyJob, Job } from './topics/job';
import { observe } from './topics/observe';
import { type Observed, type Plan, plan } from './topics/plan';
import { type Limits, Patience } from './retry';
import { type Expectation, settle } from './topics/settle';

/**
 * Looks, decides, acts, and waits until every broker shows it. What fails in passing, or has no known outcome, is looked
 * at again and decided anew: every step can be asked for twice.
 */
export async function carryOut(job: Job, port: AdminPort, limits: Limits): Promise<WorkerSuccess> {
  const done: Done = { begun: [], changes: [] };
  try {
    return await untilDone(job, port, limits, done);
  } catch (error) {
    if (done.createdTopicId !== undefined) await takeBack(port, done.createdTopicId);
    throw error;
  }
}

/** After a failure CloudFormation knows nothing of what was made; it goes again, unless somebody has written to it. */
async function takeBack(port: AdminPort, topicId: string): Promise<void> {
  try {
    const { topic } = await port.view({ topicId });
    if (topic && !(await port.contents(topic.name)).everWritten) await port.deleteTopic(topicId);
  } catch {
    // it stays, empty as it is; the failure itself matters more, and the next Create recognises it
  }
}

async function untilDone(job: Job, port: AdminPort, limits: Limits, done: Done): Promise<WorkerSuccess> {
  const patience = new Patience(job, limits);
  return patience.persist(done.changes, async () => {
    const seen = await observe(port, job);
    patience.answered();
    const decided = plan(job, seen);
    await apply(port, decided, done);
    return finish(port, { job, seen, decided, done }, limits);
  });
}

interface Outcome {
  readonly job: Job;
  readonly seen: Observed;
  readonly decided: Plan;
  readonly done: Done;
}

async function finish(port: AdminPort, outcome: Outcome, { deadline, time }: Limits): Promise<WorkerSuccess> {
  const { decided, done, job } = outcome;
  // what an earlier try began, whose answer was lost, or the same event handled at once, is new to the brokers, too
  const isOld = done.begun.length === 0 && job.request !== 'Create';
  const shown = isOld || (await settle(port, expectation(outcome), time, deadline));
  const warnings = shown
    ? decided.warnings
    : [...decided.warnings, 'SlowBrokers: not every broker shows the result yet'];
  return job.request === 'Delete'
    ? { physicalId: formatIdentity(job.identity), warnings }
    : applied(job, outcome, warnings);
}

function applied(job: ApplyJob, { decided, done, seen }: Outcome, warnings: readonly string[]): WorkerSuccess {
  const topicId = done.createdTopicId ?? seen.topic?.topicId ?? '';
  const identity: TopicIdentity = {
    mark: decided.mark ?? job.identity?.mark ?? 'c',
    clusterId: seen.clusterId,
    topicId,
    name: job.desired.topicName,
  };
  const partitionCount = Math.max(job.desired.partitionCount, seen.topic?.partitionCount ?? 0);
  return { physicalId: formatIdentity(identity), topic: { name: identity.name, topicId, partitionCount }, warnings };
}

function expectation({ done, job, seen }: Outcome): Expectation {
  if (job.request === 'Delete') return { ref: { topicId: job.identity.topicId } };
  const { partitionCount, topicName } = job.desired;
  const live = Math.max(partitionCount, seen.topic?.partitionCount ?? 0);
  const altered = done.begun.findLast((step) => step.do === 'alterConfigs')?.change;
  const configs = altered && { ...altered.set, ...Object.fromEntries(altered.reset.map((key) => [key, undefined])) };
  const ref = done.createdTopicId ? { topicId: done.createdTopicId } : { name: topicName };
  return { ref, partitionCount: live, configs };
}
