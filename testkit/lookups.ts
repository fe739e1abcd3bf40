import { App } from 'aws-cdk-lib';
import type { MissingContext } from 'aws-cdk-lib/cloud-assembly-schema';

/** A query of the Cloud Control provider, as the `cdk` command line receives it. */
export interface Query {
  readonly typeName: string;
  readonly exactIdentifier?: string;
  readonly propertyMatch?: Readonly<Record<string, unknown>>;
  readonly propertiesToReturn: readonly string[];
  readonly expectedMatchCount?: string;
}

/** Synthesizes as `cdk` does: repeatedly until no context is missing, storing each answer in the context. */
export function synthesizeWith(
  define: (app: App) => void,
  answer: (query: Query) => unknown,
): { context: Record<string, unknown>; queries: Query[]; rounds: number } {
  const context: Record<string, unknown> = {};
  const queries: Query[] = [];
  for (let rounds = 1; ; rounds++) {
    const missing = missingOf(define, context);
    if (missing.length === 0) return { context, queries, rounds };
    for (const { key, props } of missing) {
      queries.push(props as unknown as Query);
      context[key] = answer(props as unknown as Query);
    }
  }
}

/** What the `cdk` command line would look up after a synthesis. */
export function missingOf(define: (app: App) => void, context: Record<string, unknown> = {}): MissingContext[] {
  const app = new App({ context, analyticsReporting: false });
  define(app);
  const { missing } = app.synth().manifest;
  return missing ?? [];
}
