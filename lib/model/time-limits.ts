/**
 * How long each part of a deployment may take. Each caller waits longer than what it calls, so that an answer always arrives:
 * worker, dispatcher, provider framework (15 minutes, the most that Lambda allows), CloudFormation.
 */
export const TIME_LIMITS = {
  workerMinutes: 12,
  dispatcherMinutes: 13,
  /** How long CloudFormation waits for the answer about one resource. */
  serviceTimeoutMinutes: 20,
  /** How long an event may wait in Lambda's queue: a later one would act on what CloudFormation has given up. */
  maxEventAgeMinutes: 10,
} as const;
