import { knownPartArn } from '../../../lib/model/arns';
import { fromOldProperties, fromProperties, type TopicPlace, type TopicSpec } from '../../../lib/model/wire/topic';
import { cut, Refusal, UserError } from '../../../engine/refusal';
import { parseIdentity, type TopicIdentity } from '../../../engine/topics/identity';
import type { Destination, StackDirection, WorkerCall, WorkerSuccess } from '../../../engine/calls';
import type { ResourceAnswer, ResourceEvent } from '../event';
import { diagnose, isStaying } from '../network/diagnose';
import { chooseListener, clusterNotFound } from '../listener';
import type { Surroundings } from '../surroundings';

/** How long the worker tries when no broker answers, before the control plane is asked why. */
const PATIENCE_MS = 60_000;

interface Task {
  readonly event: ResourceEvent;
  readonly place: TopicPlace;
  readonly spec: Partial<TopicSpec>;
  readonly stack: StackDirection;
}

/** One event on one topic: finds the brokers and the state of the stack, and lets the worker do the rest. */
export async function handleTopic(event: ResourceEvent, around: Surroundings): Promise<ResourceAnswer> {
  const identity = parseIdentity(event.PhysicalResourceId);
  if (event.RequestType === 'Delete' && (!identity || identity.mark === 'a')) return untouched(event);
  if (event.RequestType === 'Create') await refuseLate(event, around);
  const stack = await directionOf(event, around);
  if (event.RequestType === 'Delete' && identity) {
    const carrier = await otherCarrier(event, identity, around);
    if (carrier === 'known') return untouched(event);
    return dispatch({ event, ...readPlace(event), stack: carrier === 'unknown' ? 'unknown' : stack }, around);
  }
  return dispatch({ event, ...readPlace(event), stack }, around);
}

/** An event can lie in a queue while CloudFormation gives up; a topic made then would be nobody's. */
async function refuseLate({ StackId }: ResourceEvent, { aws, log }: Surroundings): Promise<void> {
  const status = await aws.stackStatus(StackId).catch((error: unknown) => {
    log('status of the stack unknown', { reason: String(error) });
    return undefined;
  });
  if (!/ROLLBACK|^DELETE_/.test(status ?? '')) return;
  throw new Refusal('LateCreate', `the stack is in ${status} and takes no new topic any more`, {
    todo: 'deploy again',
  });
}

/** Old properties may come with a Delete; the worker judges those of a Create or Update. */
function readPlace(event: ResourceEvent): { place: TopicPlace; spec: Partial<TopicSpec> } {
  const { place, spec } =
    event.RequestType === 'Delete'
      ? fromOldProperties(event.ResourceProperties)
      : fromProperties(event.ResourceProperties).request;
  const { authentication = 'iam', clusterArn, clusterKind = 'standard', secret, worker } = place;
  if (clusterArn === undefined || worker === undefined) {
    const missing = clusterArn === undefined ? 'ClusterArn' : 'Worker';
    throw new Refusal(
      'InvalidProperty',
      `'${missing}' must be the ARN of ${missing === 'Worker' ? 'a function' : 'a cluster'}`,
      {
        todo: 'mend the properties of the resource; constructs of cdk-msk write them for you',
      },
    );
  }
  return { place: { authentication, clusterArn, clusterKind, secret, worker }, spec };
}

async function dispatch(task: Task, around: Surroundings): Promise<ResourceAnswer> {
  try {
    return await carryOut(task, around);
  } catch (error) {
    if (error instanceof UserError) return leftByRollback(task, error, around);
    throw error;
  }
}

async function carryOut(task: Task, around: Surroundings): Promise<ResourceAnswer> {
  for (;;) {
    const listener = await listenerOf(task, around).catch((error: unknown) => noListener(task, error, around));
    if ('PhysicalResourceId' in listener) return listener;
    const answer = await around.aws.invoke(task.place.worker, toCall(task, listener, around));
    if (!('refusal' in answer)) return toAnswer(task, answer, around);
    if (answer.refusal.code !== 'Unreachable') throw new UserError(answer.refusal.code, answer.refusal.message);
    const given = await unreachable(task, answer.refusal.message, around);
    if (given) return given;
  }
}

/** The end of the road, or undefined for another round. */
async function unreachable(task: Task, message: string, around: Surroundings): Promise<ResourceAnswer | undefined> {
  const { event, place, spec } = task;
  const isDelete = event.RequestType === 'Delete';
  const diagnosis = await diagnose(place, message, around);
  if (diagnosis.isGone && isDelete) return untouched(event);
  const timeIsUp = around.time.now() + PATIENCE_MS > around.deadline;
  if (!timeIsUp && (isDelete || !diagnosis.isLasting)) return undefined;
  if (isDelete && spec.onUnreachable === 'retain') {
    return untouched(
      event,
      [`TopicKept: no broker answered, so the topic was left (${diagnosis.refusal.message})`],
      around,
    );
  }
  throw diagnosis.refusal;
}

/** Where the worker goes; the answer for a Delete whose cluster has gone. */
async function listenerOf({ event, place }: Task, { aws }: Surroundings): Promise<Destination | ResourceAnswer> {
  const brokers = await aws.bootstrapBrokers(place.clusterArn);
  if (brokers) return chooseListener(place, brokers, aws);
  if (event.RequestType === 'Delete') return untouched(event);
  throw clusterNotFound(place.clusterArn);
}

/**
 * A listener that was turned off, or a secret that has gone, is one more way not to reach the brokers; a cluster that is
 * being deleted has no listener any more.
 */
async function noListener(task: Task, error: unknown, around: Surroundings): Promise<ResourceAnswer> {
  const { event, place, spec } = task;
  if (!(error instanceof Refusal) || event.RequestType !== 'Delete') throw error;
  if (!isStaying(await around.aws.cluster(place.clusterArn))) return untouched(event);
  if (spec.onUnreachable === 'fail') throw error;
  return untouched(event, [`TopicKept: the topic was left (${error.message})`], around);
}

/**
 * What made an update fail often makes its rollback fail as well, and a stack in UPDATE_ROLLBACK_FAILED takes no deployment.
 * So a rollback leaves the topic as it is, unless the resource would have to find another topic than it has.
 */
function leftByRollback(task: Task, reason: UserError, around: Surroundings): ResourceAnswer {
  const { event, place, spec, stack } = task;
  const identity = unchangedIdentity(task);
  if (stack !== 'rollingBack' || !identity) throw reason;
  const { name, topicId } = identity;
  const warnings = [`TopicNotRolledBack: '${name}' was left as it is (${reason.message})`];
  const topic = { name, topicId, partitionCount: spec.partitionCount ?? 0 };
  return toAnswer({ event, place }, { physicalId: event.PhysicalResourceId ?? '', topic, warnings }, around);
}

/** Whose topic stays the same in an Update; nobody's in other events, which have no old properties. */
function unchangedIdentity({ event, place, spec }: Task): TopicIdentity | undefined {
  const identity = parseIdentity(event.PhysicalResourceId);
  const cluster = fromOldProperties(event.OldResourceProperties ?? {}).place.clusterArn;
  return identity?.name === spec.topicName && cluster === place.clusterArn ? identity : undefined;
}

function toCall({ event, stack }: Task, listener: Destination, { deadline, time }: Surroundings): WorkerCall {
  return {
    requestType: event.RequestType,
    physicalId: event.PhysicalResourceId,
    properties: event.ResourceProperties,
    oldProperties: event.OldResourceProperties,
    ...listener,
    stack,
    patienceMs: Math.max(1000, Math.min(PATIENCE_MS, deadline - time.now())),
    budgetMs: deadline - time.now(),
  };
}

async function directionOf({ RequestType, StackId }: ResourceEvent, around: Surroundings): Promise<StackDirection> {
  return RequestType === 'Create' ? 'forward' : around.stackDirection(StackId, RequestType);
}

/** A construct that was renamed leaves two resources with one topic; the Delete of the old one must not touch it. */
async function otherCarrier(
  event: ResourceEvent,
  { clusterId, topicId }: TopicIdentity,
  { aws, log }: Surroundings,
): Promise<'known' | 'none' | 'unknown'> {
  try {
    const resources = await aws.stackResources(event.StackId);
    const carries = resources.some(({ logicalId, physicalId }) => {
      if (logicalId === event.LogicalResourceId && physicalId === event.PhysicalResourceId) return false;
      const other = parseIdentity(physicalId);
      return other?.topicId === topicId && other.clusterId === clusterId;
    });
    return carries ? 'known' : 'none';
  } catch (error) {
    log('resources of the stack unknown', { reason: String(error) });
    return 'unknown';
  }
}

function untouched(
  { PhysicalResourceId }: ResourceEvent,
  warnings: readonly string[] = [],
  around?: Surroundings,
): ResourceAnswer {
  if (warnings.length > 0) around?.warn(warnings);
  return { PhysicalResourceId: PhysicalResourceId ?? '' };
}

function toAnswer(
  { event, place }: Pick<Task, 'event' | 'place'>,
  { physicalId, topic, warnings }: WorkerSuccess,
  around: Surroundings,
): ResourceAnswer {
  if (warnings.length > 0) around.warn(warnings, { ClusterArn: place.clusterArn, PhysicalResourceId: physicalId });
  if (!topic) return { PhysicalResourceId: event.PhysicalResourceId ?? physicalId };
  return {
    PhysicalResourceId: physicalId,
    Data: {
      TopicName: topic.name,
      TopicArn: knownPartArn(place.clusterArn, 'topic', topic.name),
      TopicId: topic.topicId,
      PartitionCount: String(topic.partitionCount),
      Warnings: cut(warnings.join('\n'), 1000),
    },
  };
}
