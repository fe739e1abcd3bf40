import facts from '../../../lib/model/facts/bootstrap-brokers.json';
import { Refusal } from '../../../engine/refusal';
import type { ResourceAnswer, ResourceEvent } from '../event';
import { clusterNotFound } from '../listener';
import type { Surroundings } from '../surroundings';

type Lists = ReadonlyMap<string, string>;

/** How often a cluster that is changing is asked whether the list is there now. */
const PAUSE_MS = 10_000;

/** Reads the addresses of a cluster's brokers; there is nothing to change or to delete. */
export async function handleBootstrapBrokers(event: ResourceEvent, around: Surroundings): Promise<ResourceAnswer> {
  const { PhysicalResourceId: known, RequestType, ResourceProperties } = event;
  if (RequestType === 'Delete') return { PhysicalResourceId: known ?? '' };
  const clusterArn = typeof ResourceProperties.ClusterArn === 'string' ? ResourceProperties.ClusterArn : '';
  const physicalId = known ?? `kb1:${clusterArn}`;
  const wanted = [ResourceProperties.Lists ?? []].flat().map(String);
  const lists = await settled(clusterArn, wanted, around);
  const missing = wanted.filter((list) => !lists.has(list));
  if (missing.length > 0) await judge(event, missing, lists, around);
  return {
    PhysicalResourceId: physicalId,
    Data: Object.fromEntries(wanted.map((list) => [list, lists.get(list) ?? ''])),
  };
}

/** What a cluster has when all that is wanted is there, or when nothing more is to come. */
async function settled(clusterArn: string, wanted: readonly string[], around: Surroundings): Promise<Lists> {
  for (;;) {
    const lists = await listsOf(clusterArn, around);
    if (wanted.every((list) => lists.has(list))) return lists;
    const state = (await around.aws.cluster(clusterArn))?.state;
    const isLate = around.time.now() + PAUSE_MS > around.deadline;
    if (state !== 'UPDATING' || isLate) return lists;
    await around.time.pause(PAUSE_MS);
  }
}

/** Sorted, since MSK lists the brokers in any order. */
async function listsOf(clusterArn: string, { aws }: Surroundings): Promise<Lists> {
  const brokers = await aws.bootstrapBrokers(clusterArn);
  if (!brokers) throw clusterNotFound(clusterArn);
  const known = facts.fields.filter(({ field }) => brokers[field]);
  return new Map(known.map(({ field }) => [listOf(field), brokers[field].split(',').sort().join(',')]));
}

/** `BootstrapBrokerStringSaslIam` → `SaslIam`; the field without authentication says nothing of it. */
function listOf(field: string): string {
  const rest = field.replace('BootstrapBrokerString', '');
  return rest === '' || rest === 'Ipv6' ? `Plaintext${rest}` : rest;
}

/** A rollback goes on without them: what it goes back to was deployed once. */
async function judge(event: ResourceEvent, missing: string[], lists: Lists, around: Surroundings): Promise<void> {
  const { clusterArn, has } = { clusterArn: String(event.ResourceProperties.ClusterArn), has: [...lists.keys()] };
  const what = `the cluster ${clusterArn} has no brokers for ${missing.join(', ')}; it has ${has.join(', ') || 'none'}`;
  const isForward =
    event.RequestType === 'Create' || (await around.stackDirection(event.StackId, 'Update')) === 'forward';
  if (isForward) {
    throw new Refusal('NoBootstrapBrokers', what, {
      todo: 'turn that authentication or access on for the cluster, or ask for brokers that it has',
    });
  }
  around.warn([`BootstrapBrokersMissing: ${what}`]);
}
