/** The clock, which tests replace so that they need not wait. */
export interface Time {
  now(): number;
  pause(ms: number): Promise<void>;
}

export const REAL_TIME: Time = {
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
