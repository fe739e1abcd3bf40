import type { ResourceCall, WorkerSuccess } from './calls';
import { mayBeCarriedOut } from './kafka/failures';
import { KafkaFailure } from './kafka/kafka-failure';
import { type Limits, SETTLE_MS } from './limits';
import { Refusal } from './refusal';
import type { Accepted, Outcome, ProgressOf, ResourceKind, ResourceTypes } from './resource';
import { Retry } from './retry';
import { settle, slowBrokers } from './settle';

/** What a call asks for; refuses invalid properties before any broker is asked. */
export function readJob<T extends ResourceTypes>(kind: ResourceKind<T>, call: ResourceCall): Accepted<T['job']> {
  const identity = kind.ids.parse(call.physicalId);
  if (call.requestType === 'Delete' && identity === undefined) throw notOurs(call.physicalId);
  return kind.read(call, identity);
}

export const notOurs = (physicalId: string | undefined): Refusal =>
  new Refusal('NotOurs', `'${physicalId}' was not created by cdk-msk`, { fix: 'deploy it with cdk-msk first' });

/**
 * Observes, plans, applies, and waits until every broker shows the result. After a failure that may pass, or one without
 * a known outcome, it observes and plans anew: every step can be requested twice.
 */
export async function reconcile<T extends ResourceTypes>(
  kind: ResourceKind<T>,
  job: T['job'],
  ports: T['ports'],
  limits: Limits,
): Promise<WorkerSuccess> {
  const progress: ProgressOf<T> = { begun: [], uncertain: [], created: [], changes: [] };
  try {
    return await untilDone(kind, { job, progress }, ports, limits);
  } catch (error) {
    // CloudFormation knows nothing about what was created by a call that failed
    if (progress.created.length > 0) await kind.undo(ports, progress.created).catch(ignoreFailure);
    throw error;
  }
}

/** What could not be removed stays as it was created. The failure itself matters more, and the next Create finds it. */
const ignoreFailure = () => undefined;

function untilDone<T extends ResourceTypes>(
  kind: ResourceKind<T>,
  { job, progress }: Pick<Outcome<T>, 'job' | 'progress'>,
  ports: T['ports'],
  limits: Limits,
): Promise<WorkerSuccess> {
  const retry = new Retry<T['job']>(kind, job, limits);
  const lateFrom = limits.time.now() + SETTLE_MS;
  return retry.run(progress.changes, async () => {
    const seen = await kind.observe(ports, job, limits.time.now() >= lateFrom);
    retry.brokerAnswered();
    const plan = kind.plan(job, seen);
    await kind.preflight?.(ports, plan);
    for (const step of plan.steps) await take(kind, ports, step, progress);
    return finish(kind, { job, seen, plan, progress }, ports, limits);
  });
}

async function take<T extends ResourceTypes>(
  kind: ResourceKind<T>,
  ports: T['ports'],
  step: T['plan']['steps'][number],
  progress: ProgressOf<T>,
): Promise<void> {
  progress.begun.push(step);
  try {
    await kind.apply(ports, step, progress);
  } catch (error) {
    if (error instanceof KafkaFailure && mayBeCarriedOut(error)) progress.uncertain.push(step);
    throw error;
  }
}

async function finish<T extends ResourceTypes>(
  kind: ResourceKind<T>,
  outcome: Outcome<T>,
  ports: T['ports'],
  limits: Limits,
): Promise<WorkerSuccess> {
  const { job, plan, progress } = outcome;
  // what an earlier attempt began, or the same event handled at the same time, is new to the brokers, too
  const isOld = progress.begun.length === 0 && job.request !== 'Create';
  const settled = isOld ? [] : await settle(ports.cluster, (broker) => kind.shows(ports, outcome, broker), limits);
  const ofBrokers = new Set(settled.flatMap((one) => one.warnings ?? []));
  const warnings = [...plan.warnings, ...slowBrokers(settled), ...ofBrokers];
  if (job.request === 'Delete') return { physicalId: kind.ids.format(job.identity), warnings };
  const { attributes, identity } = kind.result(outcome);
  return { physicalId: kind.ids.format(identity), attributes, warnings };
}
