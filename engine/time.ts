/** The clock, so that tests need not wait. */
export interface Time {
  now(): number;
  pause(ms: number): Promise<void>;
}

export const REAL_TIME: Time = {
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
