import type { ControlPlane } from './control-plane';
import type { ResourceAnswer, ResourceEvent } from './event';
import { clusterNotFound } from './listener';

/** Reads the addresses of a cluster's brokers; there is nothing to change or to delete. */
export async function handleBootstrapBrokers(event: ResourceEvent, aws: ControlPlane): Promise<ResourceAnswer> {
  const { PhysicalResourceId: known, RequestType, ResourceProperties } = event;
  if (RequestType === 'Delete') return { PhysicalResourceId: known ?? '' };
  const clusterArn = typeof ResourceProperties.ClusterArn === 'string' ? ResourceProperties.ClusterArn : '';
  const brokers = await aws.bootstrapBrokers(clusterArn);
  if (!brokers) throw clusterNotFound(clusterArn);
  return { PhysicalResourceId: known ?? `kb1:${clusterArn}`, Data: attributes(brokers) };
}

/** `BootstrapBrokerStringSaslIam` → `SaslIam`; sorted, since MSK lists the brokers in any order. */
function attributes(brokers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(brokers).map(([field, list]) => {
    const attribute = field.replace('BootstrapBrokerString', '') || 'Plaintext';
    return [attribute, list.split(',').sort().join(',')] as const;
  });
  return Object.fromEntries(entries);
}
