import { type Finding, problem } from '../../finding';
import type { Judged } from './judged';
import { serverPropertyFindings } from './server-properties';

export function configurationFindings(cluster: Judged): Finding[] {
  // a warning stays on the configuration, which tells it
  const errors = serverPropertyFindings(cluster).filter(({ severity }) => severity === 'error');
  return [...errors, ...twiceFindings(cluster)];
}

function twiceFindings({ twoConfigurations }: Judged): Finding[] {
  if (!twoConfigurations) return [];
  const message = "'configuration' and 'serverProperties' are both set; put the properties into the Configuration";
  return [problem('ConfigurationTwice', message)];
}
