import type { RuleId } from '../catalog';

/** What a person needs to know about a rule, beyond the message. */
export interface Explanation {
  /** When it is reported, in one sentence. */
  readonly meaning: string;
  /** How to fix it, in one sentence. */
  readonly fix: string;
  /**
   * Address of the page that states the limit or the behavior. Undefined if the rule only follows from this library's own API, or if
   * no page is known that states it.
   */
  readonly source?: string;
}

/** Some of the rules, in the order of the alphabet. */
export type Explanations = Readonly<Partial<Record<RuleId, Explanation>>>;
