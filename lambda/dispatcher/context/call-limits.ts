import type { CallLimits, Destination } from '../../../engine/calls';
import { UNREACHABLE_PATIENCE_MS } from '../../../engine/limits';
import type { DispatcherContext } from './dispatcher-context';

/** Where the worker connects to, and how long it has. */
export function callLimits(destination: Destination, { deadline, time }: DispatcherContext): CallLimits {
  const budgetMs = deadline - time.now();
  return { ...destination, budgetMs, patienceMs: Math.max(1000, Math.min(UNREACHABLE_PATIENCE_MS, budgetMs)) };
}
