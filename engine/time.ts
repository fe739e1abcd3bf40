/** The clock and chance, which tests replace so that they need not wait. */
export interface Time {
  now(): number;
  pause(ms: number): Promise<void>;
  /** At least 0 and less than 1. */
  random(): number;
}

/** Half to one and a half times as long, so that those who were refused together do not come back together. */
export const spread = (ms: number, time: Pick<Time, 'random'>): number => ms * (0.5 + time.random());

export const REAL_TIME: Time = {
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};
