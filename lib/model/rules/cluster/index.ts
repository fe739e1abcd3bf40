import type { Finding } from '../../finding';
import { brokerFindings, nameFindings } from './brokers';
import type { Judged } from './judged';
import { authenticationFindings } from './security';
import { storageFindings } from './storage';
import { versionFindings } from './versions';
import { configurationFindings } from './configuration';

export type { JudgedCluster } from './judged';

/** All that cannot work about a cluster with brokers, besides where its subnets are. */
export function clusterFindings(cluster: Judged): Finding[] {
  return [
    ...nameFindings(cluster.clusterName),
    ...brokerFindings(cluster),
    ...storageFindings(cluster),
    ...versionFindings(cluster),
    ...authenticationFindings(cluster),
    ...configurationFindings(cluster),
  ];
}
