import { errorsOf, type Finding, finding } from '../../finding';
import type { KnownCluster } from './cluster-facts';
import { serverPropertyFindings } from './server-properties';

export function configurationFindings(cluster: KnownCluster): Finding[] {
  // the configuration itself reports the warnings
  const errors = errorsOf(serverPropertyFindings(cluster));
  return [...errors, ...twiceFindings(cluster)];
}

function twiceFindings({ twoConfigurations }: KnownCluster): Finding[] {
  if (!twoConfigurations) return [];
  const message =
    "'configuration' and 'serverProperties' cannot be set together; move the properties into the Configuration";
  return [finding('ConfigurationTwice', message)];
}
