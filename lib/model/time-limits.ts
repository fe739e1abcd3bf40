/**
 * Time limits of the parts of a deployment. Each part waits longer than the part it calls, so that it always gets a
 * response. From the innermost: worker, dispatcher, provider framework (15 minutes, the maximum of Lambda),
 * CloudFormation.
 */
export const TIME_LIMITS = {
  workerMinutes: 12,
  dispatcherMinutes: 13,
  /** How long CloudFormation waits for a response about one resource. */
  serviceTimeoutMinutes: 20,
  /**
   * How long an event may wait in Lambda's queue. A later one could act on a resource after CloudFormation has given up
   * on it.
   */
  maxEventAgeMinutes: 10,
} as const;
