import type { Finding } from '../../finding';
import { brokerFindings, clusterNameFindings } from './brokers';
import type { KnownCluster } from './cluster-facts';
import { authenticationFindings } from './security';
import { expressUpgradeFindings } from './express-upgrade';
import { storageFindings } from './storage';
import { versionFindings } from './versions';
import { configurationFindings } from './configuration';

export type { KnownCluster } from './cluster-facts';

/** Everything that is wrong with a cluster with brokers, except the placement of its subnets. */
export function clusterFindings(cluster: KnownCluster): Finding[] {
  return [
    ...clusterNameFindings(cluster.clusterName),
    ...brokerFindings(cluster),
    ...storageFindings(cluster),
    ...versionFindings(cluster),
    ...authenticationFindings(cluster),
    ...configurationFindings(cluster),
    ...expressUpgradeFindings(cluster),
  ];
}
