import { type RuleId, RULES } from '../catalog';
import { ACCESS } from './access';
import { BUDGET } from './budget';
import { CALLERS } from './callers';
import { CLUSTERS } from './clusters';
import type { Explanation } from './explanation';
import { INTEGRATIONS } from './integrations';
import { MONITORING } from './monitoring';
import { TOPICS } from './topics';

export type { Explanation } from './explanation';

/** One file for each group of rules. */
export const GROUPS = { ACCESS, BUDGET, CALLERS, CLUSTERS, INTEGRATIONS, MONITORING, TOPICS } as const;

const ALL: Readonly<Record<RuleId, Explanation>> = {
  ...ACCESS,
  ...BUDGET,
  ...CALLERS,
  ...CLUSTERS,
  ...INTEGRATIONS,
  ...MONITORING,
  ...TOPICS,
};

/** For docs/errors.md, in the order of the catalog. Nothing that runs at synthesis or in Lambda imports this folder. */
export const EXPLANATIONS = Object.fromEntries(Object.keys(RULES).map((id) => [id, ALL[id as RuleId]])) as typeof ALL;
