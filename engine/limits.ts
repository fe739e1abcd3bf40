import type { CallLimits, Credentials } from './calls';
import type { Time } from './time';

/** What must be left of a function's time so that its answer still arrives. */
const ANSWER_RESERVE_MS = 30_000;

/** How long the worker keeps trying while no broker answers, before the control plane is asked for the reason. */
export const UNREACHABLE_PATIENCE_MS = 60_000;

/** Longer than any healthy cluster needs to show a change on every broker; after that a deployment goes on with a warning. */
export const SETTLE_MS = 60_000;

/** For one attempt to connect to a broker, and for one request to it. */
export const BROKER_TIMEOUTS = { connectTimeoutMs: 3000, requestTimeoutMs: 5000 };

/** What Lambda says about the time that an invocation has left. */
export interface RemainingTime {
  getRemainingTimeInMillis(): number;
}

/** When a function starts nothing new, so that its answer arrives in time. */
export function deadlineOf(context: RemainingTime, time: Time): number {
  const remaining = context.getRemainingTimeInMillis();
  return time.now() + Math.max(remaining - ANSWER_RESERVE_MS, remaining / 2);
}

/** How long the work may take. */
export interface Limits {
  readonly time: Time;
  /** Nothing is started after it: an answer must still reach CloudFormation. */
  readonly deadline: number;
  /** When to give up if no broker has answered at all. */
  readonly patienceEnd: number;
  /** How the worker authenticates, for the text of a refusal. */
  readonly credentials: Credentials;
  /** Writes to the log why something is tried again, and when. */
  readonly log?: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  /** How many brokers the bootstrap string names: the cluster has at least as many. */
  readonly leastBrokers: number;
}

/** What the function knows about its own time; the call contains the rest. */
export type FunctionLimits = Pick<Limits, 'time' | 'deadline' | 'log'>;

export function limitsOf(call: CallLimits, { deadline, log, time }: FunctionLimits): Limits {
  const { bootstrapBrokers, budgetMs, credentials, patienceMs } = call;
  const now = time.now();
  return {
    time,
    log,
    deadline: Math.min(deadline, now + budgetMs),
    patienceEnd: now + patienceMs,
    credentials,
    leastBrokers: bootstrapBrokers.split(',').length,
  };
}
