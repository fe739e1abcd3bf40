import type { Destination, StackDirection, WorkerCall, WorkerSuccess } from '../../engine/calls';
import { UNREACHABLE_PATIENCE_MS } from '../../engine/limits';
import { cut, FIX_PROPERTIES, MAX_BYTES, Refusal, UserError } from '../../engine/refusal';
import { callLimits } from './context/call-limits';
import { phaseOf, type StackPhase } from './context/direction';
import type { DispatcherContext } from './context/dispatcher-context';
import type { StackResource } from './aws/control-plane';
import type { ResourceAnswer, ResourceEvent } from './context/event';
import { diagnose, isStaying } from './network/diagnose';
import { chooseListener, clusterNotFound } from './network/listener';
import type { BrokerResourceKind, DeclaredResource, Place } from './resources/broker-resource-kind';

/** One event, and what is known about it. */
interface Task<Identity, Declared extends DeclaredResource> {
  readonly kind: BrokerResourceKind<Identity, Declared>;
  readonly event: ResourceEvent;
  readonly declared: Declared;
  readonly place: Place;
  readonly stack: StackDirection;
  /** The ID that the resource has by now, if a Delete cleans up its replacement. */
  readonly replacedBy?: string;
}

/**
 * Handles an event for any resource that lives on brokers: finds the brokers and the direction of the stack, lets the
 * worker do the rest, and decides what happens if that fails.
 */
export async function handleBrokerResource<Identity, Declared extends DeclaredResource>(
  kind: BrokerResourceKind<Identity, Declared>,
  event: ResourceEvent,
  context: DispatcherContext,
): Promise<ResourceAnswer> {
  const identity = kind.ids.parse(event.PhysicalResourceId);
  if (event.RequestType === 'Delete' && (!identity || kind.isNeverDeleted(identity))) return untouched(event);
  const phase = await phaseOf(event, context);
  if (phase.direction === 'late') return late(kind, event, phase, context);
  const task = toTask(kind, event, phase.direction);
  if (event.RequestType === 'Update') return unlessOvertaken(task, await dispatch(task, context), context);
  if (event.RequestType !== 'Delete' || !identity) return dispatch(task, context);
  const carriers = await carriersOf(kind, event, identity, context);
  return carriers.isShared ? untouched(event) : dispatch({ ...task, replacedBy: carriers.replacedBy }, context);
}

/**
 * CloudFormation does not wait for an Update when another resource fails, so the Update that rolls it back may come and
 * go before this one has changed anything. Then the rollback is repeated, to which CloudFormation no longer listens. A
 * replacement is left: it is another thing than the one that the rollback restores.
 */
async function unlessOvertaken<Identity, Declared extends DeclaredResource>(
  { event, kind, stack }: Task<Identity, Declared>,
  answer: ResourceAnswer,
  context: DispatcherContext,
): Promise<ResourceAnswer> {
  if (stack !== 'forward' || answer.PhysicalResourceId !== event.PhysicalResourceId) return answer;
  const status = await phaseOf(event, context).then(
    (phase) => phase.status,
    () => undefined, // the Update has succeeded all the same
  );
  if (!status?.includes('ROLLBACK')) return answer;
  const { OldResourceProperties: before = {}, ResourceProperties: after } = event;
  const rollback = { ...event, ResourceProperties: before, OldResourceProperties: after };
  return dispatch(toTask(kind, rollback, 'rollingBack'), context);
}

/**
 * An event can wait in a queue until CloudFormation has given up, or be delivered once more: what it asks for would undo
 * a later deployment, and nothing would ever delete what it creates.
 */
function late(kind: AnyKind, event: ResourceEvent, { status }: StackPhase, context: DispatcherContext): ResourceAnswer {
  const { noun, warnings } = kind;
  if (event.RequestType === 'Create')
    throw new Refusal('LateCreate', `the stack is in ${status} and accepts no new ${noun}`, { fix: 'deploy again' });
  if (event.RequestType === 'Update')
    throw new Refusal('LateUpdate', `the stack is in ${status}, in which CloudFormation changes no ${noun}`, {
      fix: 'deploy again if the stack waits for an answer; otherwise nothing',
    });
  return kept(event, warnings.kept(`the ${noun} was kept: in ${status}, CloudFormation deletes nothing`), context);
}

/** Which resources of the stack matter to a Delete. */
interface Carriers {
  /** A renamed construct leaves two resources for the same thing; the Delete of the old one must not touch it. */
  readonly isShared: boolean;
  readonly replacedBy?: string;
}

async function carriersOf<Identity, Declared extends DeclaredResource>(
  kind: BrokerResourceKind<Identity, Declared>,
  event: ResourceEvent,
  identity: Identity,
  { aws }: DispatcherContext,
): Promise<Carriers> {
  const isDeleted = ({ logicalId, physicalId }: StackResource) =>
    logicalId === event.LogicalResourceId && physicalId === event.PhysicalResourceId;
  const others = (await aws.stackResources(event.StackId)).filter((resource) => !isDeleted(resource));
  const isShared = others.some(({ physicalId }) => {
    const other = kind.ids.parse(physicalId);
    return other !== undefined && kind.isSame(other, identity);
  });
  const replacedBy = others.find(({ logicalId }) => logicalId === event.LogicalResourceId)?.physicalId;
  return { isShared, replacedBy };
}

/** Another version of the library may have written the properties of a Delete; the worker checks all others. */
function toTask<Identity, Declared extends DeclaredResource>(
  kind: BrokerResourceKind<Identity, Declared>,
  event: ResourceEvent,
  stack: StackDirection,
): Task<Identity, Declared> {
  const { ResourceProperties: properties } = event;
  const declared = event.RequestType === 'Delete' ? kind.readOld(properties) : kind.read(properties);
  const { authentication = 'iam', clusterArn, clusterKind = 'standard', secret, worker } = declared.place;
  if (clusterArn === undefined) throw missingArn('ClusterArn', 'a cluster');
  if (worker === undefined) throw missingArn('Worker', 'a function');
  return { kind, event, declared, place: { authentication, clusterArn, clusterKind, secret, worker }, stack };
}

const missingArn = (property: string, what: string): Refusal =>
  new Refusal('InvalidProperty', `'${property}' must be the ARN of ${what}`, {
    fix: FIX_PROPERTIES,
  });

async function dispatch<Identity, Declared extends DeclaredResource>(
  task: Task<Identity, Declared>,
  context: DispatcherContext,
): Promise<ResourceAnswer> {
  try {
    return await callWorker(task, context);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.code === 'WorkerGone') return withoutWorker(task, error, context);
    return leftByRollback(task, error, context);
  }
}

/** Without its function, no broker can be reached. */
function withoutWorker<Identity, Declared extends DeclaredResource>(
  task: Task<Identity, Declared>,
  error: UserError,
  context: DispatcherContext,
): ResourceAnswer {
  const { declared, event, kind } = task;
  if (event.RequestType !== 'Delete' || declared.onUnreachable !== 'retain')
    return leftByRollback(task, error, context);
  return kept(event, kind.warnings.kept(`the ${kind.noun} was kept (${error.message})`), context);
}

type AnyTask = Task<unknown, DeclaredResource>;
type AnyKind = Pick<AnyTask['kind'], 'noun' | 'warnings'>;

async function callWorker(task: AnyTask, context: DispatcherContext): Promise<ResourceAnswer> {
  for (;;) {
    const listener = await listenerOf(task, context).catch((error: unknown) => noListener(task, error, context));
    if ('PhysicalResourceId' in listener) return listener;
    const answer = await context.aws.invoke(task.place.worker, toCall(task, listener, context));
    if (!('refusal' in answer)) return toAnswer(task, answer, context);
    if (answer.refusal.code !== 'Unreachable') throw new UserError(answer.refusal.code, answer.refusal.message);
    const final = await unreachable(task, answer.refusal.message, context);
    if (final) return final;
  }
}

/** Which brokers the worker connects to; the answer itself for a Delete whose cluster no longer exists. */
async function listenerOf(
  { event, place }: AnyTask,
  { aws }: DispatcherContext,
): Promise<Destination | ResourceAnswer> {
  const brokers = await aws.bootstrapBrokers(place.clusterArn);
  if (brokers) return chooseListener(place, brokers, aws);
  if (event.RequestType === 'Delete') return untouched(event);
  throw clusterNotFound(place.clusterArn);
}

/**
 * A listener that was turned off, or a secret that was deleted, is one more reason why the brokers cannot be reached; a
 * cluster that is being deleted has no listener any more.
 */
async function noListener(task: AnyTask, error: unknown, context: DispatcherContext): Promise<ResourceAnswer> {
  const { declared, event, kind, place } = task;
  if (!(error instanceof Refusal) || event.RequestType !== 'Delete') throw error;
  if (!isStaying(await context.aws.cluster(place.clusterArn))) return untouched(event);
  if (declared.onUnreachable === 'fail') throw error;
  return kept(event, kind.warnings.kept(`the ${kind.noun} was kept (${error.message})`), context);
}

/** The final answer, or undefined for another round. */
async function unreachable(
  task: AnyTask,
  message: string,
  context: DispatcherContext,
): Promise<ResourceAnswer | undefined> {
  const { declared, event, kind, place } = task;
  const isDelete = event.RequestType === 'Delete';
  const diagnosis = await diagnose(place, message, context);
  if (diagnosis.isGone && isDelete) return untouched(event);
  const timeIsUp = context.time.now() + UNREACHABLE_PATIENCE_MS > context.deadline;
  if (!timeIsUp && (isDelete || !diagnosis.isLasting)) return undefined;
  if (!isDelete || declared.onUnreachable !== 'retain') throw diagnosis.refusal;
  const reason = `no broker answered, so the ${kind.noun} was kept (${diagnosis.refusal.message})`;
  return kept(event, kind.warnings.kept(reason), context);
}

/**
 * What made an update fail often makes its rollback fail as well, and a stack in UPDATE_ROLLBACK_FAILED accepts no
 * deployment. So a rollback leaves the thing as it is, unless the resource would have to stand for another thing.
 */
function leftByRollback<Identity, Declared extends DeclaredResource>(
  task: Task<Identity, Declared>,
  reason: UserError,
  context: DispatcherContext,
): ResourceAnswer {
  const { declared, event, kind, stack } = task;
  const identity = unchangedIdentity(task);
  if (stack !== 'rollingBack' || !identity) throw reason;
  const name = kind.nameOf(identity);
  const warnings = [kind.warnings.notRolledBack(`'${name}' was left as it is (${reason.message})`)];
  const attributes = kind.attributes(identity, declared);
  return toAnswer(task, { physicalId: event.PhysicalResourceId ?? '', attributes, warnings }, context);
}

/** What the resource stands for, if an Update does not change that; other events have no old properties. */
function unchangedIdentity<Identity, Declared extends DeclaredResource>({
  declared,
  event,
  kind,
  place,
}: Task<Identity, Declared>): Identity | undefined {
  const identity = kind.ids.parse(event.PhysicalResourceId);
  const { clusterArn } = kind.readOld(event.OldResourceProperties ?? {}).place;
  return identity && kind.isDeclaredBy(identity, declared) && clusterArn === place.clusterArn ? identity : undefined;
}

function toCall({ event, replacedBy, stack }: AnyTask, listener: Destination, context: DispatcherContext): WorkerCall {
  return {
    resourceType: event.ResourceType,
    requestType: event.RequestType,
    physicalId: event.PhysicalResourceId,
    properties: event.ResourceProperties,
    oldProperties: event.OldResourceProperties,
    stack,
    replacedBy,
    ...callLimits(listener, context),
  };
}

function untouched({ PhysicalResourceId }: ResourceEvent): ResourceAnswer {
  return { PhysicalResourceId: PhysicalResourceId ?? '' };
}

function kept(event: ResourceEvent, warning: string, context: DispatcherContext): ResourceAnswer {
  context.warn([warning]);
  return untouched(event);
}

function toAnswer(
  { event, place }: Pick<AnyTask, 'event' | 'place'>,
  { attributes, physicalId, warnings }: WorkerSuccess,
  context: DispatcherContext,
): ResourceAnswer {
  if (warnings.length > 0) context.warn(warnings, { ClusterArn: place.clusterArn, PhysicalResourceId: physicalId });
  if (!attributes) return { PhysicalResourceId: event.PhysicalResourceId ?? physicalId };
  return {
    PhysicalResourceId: physicalId,
    Data: { ...attributes, Warnings: cut(warnings.join('\n'), MAX_BYTES) },
  };
}
