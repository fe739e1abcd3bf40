import { type Finding, problem } from '../finding';
import type { Judged } from './judged';

export function configurationFindings({ twoConfigurations }: Judged): Finding[] {
  if (!twoConfigurations) return [];
  const message = "'configuration' and 'serverProperties' are both set; put the properties into the Configuration";
  return [problem('ConfigurationTwice', message)];
}
