import facts from '../facts/limits.json';
import { type Finding, finding } from '../finding';
import { type Rendered, valueAt } from './template-values';

/** CloudFormation refuses other keys of clusters, since it takes their tags as a map whose keys have a pattern. */
export function tagFindings(cluster: Rendered): Finding[] {
  const tags = (valueAt(cluster, 'Tags') ?? {}) as Rendered;
  const pattern = new RegExp(facts.clusterTagKey.pattern, 'u');
  return Object.keys(tags)
    .filter((key) => !pattern.test(key))
    .map((key) => {
      const message = `the key of a tag of a cluster must consist of letters, digits, blanks and characters of '_.:/=+-@', got '${key}'; rename it, or exclude the cluster with 'excludeResourceTypes' of Tags.of(…).add(…)`;
      return finding('TagKeyCharacters', message);
    });
}
