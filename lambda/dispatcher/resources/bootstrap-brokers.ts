import { FIX_PROPERTIES, Refusal } from '../../../engine/refusal';
import facts from '../../../lib/model/facts/bootstrap-brokers.json';
import { fromProperties, listOfField, physicalIdOf } from '../../../lib/model/wire/bootstrap-brokers';
import type { DispatcherContext } from '../context/dispatcher-context';
import { phaseOf } from '../context/direction';
import type { ResourceAnswer, ResourceEvent } from '../context/event';
import { bootstrapBrokersOf } from '../network/listener';

type Lists = ReadonlyMap<string, string>;

/** How often a cluster that is being updated is asked whether it has the list now. */
const PAUSE_MS = 10_000;

/** Reads the addresses of a cluster's brokers. There is nothing to change or to delete. */
export async function handleBootstrapBrokers(
  event: ResourceEvent,
  context: DispatcherContext,
): Promise<ResourceAnswer> {
  const { PhysicalResourceId: known, RequestType, ResourceProperties } = event;
  if (RequestType === 'Delete') return { PhysicalResourceId: known ?? '' };
  const { problems, request } = fromProperties(ResourceProperties);
  if (problems.length > 0)
    throw new Refusal('InvalidProperty', problems.map(({ message }) => message).join('; '), { fix: FIX_PROPERTIES });
  const { clusterArn, lists: wanted } = request;
  const physicalId = known ?? physicalIdOf(clusterArn);
  const lists = await settled(clusterArn, wanted, context);
  const missing = wanted.filter((list) => !lists.has(list));
  if (missing.length > 0) {
    const has = [...lists.keys()].join(', ') || 'none';
    const what = `the cluster ${clusterArn} has no bootstrap brokers for ${missing.join(', ')}; it has ${has}`;
    await refuseUnlessRollback(event, what, context);
  }
  return {
    PhysicalResourceId: physicalId,
    Data: Object.fromEntries(wanted.map((list) => [list, lists.get(list) ?? ''])),
  };
}

/** The lists of a cluster, once it has all requested ones or will not get any more. */
async function settled(clusterArn: string, wanted: readonly string[], context: DispatcherContext): Promise<Lists> {
  for (;;) {
    const lists = await listsOf(clusterArn, context);
    if (wanted.every((list) => lists.has(list))) return lists;
    const state = (await context.aws.cluster(clusterArn))?.state;
    const isLate = context.time.now() + PAUSE_MS > context.deadline;
    if (state !== 'UPDATING' || isLate) return lists;
    await context.time.pause(PAUSE_MS);
  }
}

/** Sorted, since MSK lists the brokers in varying order. */
async function listsOf(clusterArn: string, { aws }: DispatcherContext): Promise<Lists> {
  const brokers = await bootstrapBrokersOf(clusterArn, aws);
  const known = facts.fields.filter(({ field }) => brokers[field]);
  return new Map(known.map(({ field }) => [listOfField(field), brokers[field].split(',').sort().join(',')]));
}

/** A rollback continues without them: what it returns to was deployed before. */
async function refuseUnlessRollback(event: ResourceEvent, what: string, context: DispatcherContext): Promise<void> {
  const isForward = event.RequestType === 'Create' || (await phaseOf(event, context)).direction === 'forward';
  if (isForward) {
    throw new Refusal('NoBootstrapBrokers', what, {
      fix: 'enable that authentication or access on the cluster, or request brokers that it has',
    });
  }
  context.warn([`BootstrapBrokersMissing: ${what}`]);
}
