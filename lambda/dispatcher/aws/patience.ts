import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { Refusal } from '../../../engine/refusal';
import { spread, type Time } from '../../../engine/time';

/** How long a new policy may take to reach AWS's own services. */
const GRACE_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 3_000;

/** Whether the same call may succeed later: `busy` in any case, `denied` if a policy arrives, `final` never. */
export type AwsVerdict = 'busy' | 'denied' | 'final';

const DENIED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation'];

type SdkError = Parameters<typeof isTransientError>[0];

/** What an error of any AWS service calls for. */
export function verdictOf(error: unknown): AwsVerdict {
  if (!(error instanceof Error)) return 'final';
  if (DENIED.includes(error.name)) return 'denied';
  const sdk = error as SdkError;
  return isThrottlingError(sdk) || isTransientError(sdk) || isServerError(sdk) ? 'busy' : 'final';
}

/** Calls AWS again for as long as that may help. Many resources of a stack do this at once, so the pauses differ. */
export class Patience {
  public constructor(
    private readonly time: Time,
    private readonly deadline: number,
  ) {}

  /**
   * @param action what a policy must allow, such as `kafka:GetBootstrapBrokers`
   * @param judge what an error of this call means
   */
  public async call<T>(action: string, ask: () => Promise<T>, judge = verdictOf): Promise<T> {
    const graceEnd = Math.min(this.time.now() + GRACE_MS, this.deadline);
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await ask();
      } catch (error) {
        const verdict = judge(error);
        const end = { busy: this.deadline, denied: graceEnd, final: 0 }[verdict];
        const wait = spread(pause, this.time);
        if (this.time.now() + wait > end) throw givenUp(action, error, verdict);
        await this.time.pause(wait);
      }
    }
  }
}

/** The caller knows best what any other error means. */
function givenUp(action: string, error: unknown, verdict: AwsVerdict): unknown {
  if (verdict === 'final') return error;
  const what = `${action}: ${describe(error)}`;
  if (verdict === 'denied') {
    return new Refusal('AwsRefused', what, {
      fix: `check that no policy or permissions boundary denies ${action} to the dispatcher, then deploy again`,
    });
  }
  return new Refusal('AwsThrottled', `${what}; this lasted until the time was up`, {
    fix: 'deploy again when AWS is less busy, with fewer topics at once, or request a higher quota',
  });
}

export const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
