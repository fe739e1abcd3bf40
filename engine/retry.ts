import { mayBeCarriedOut, toDenial, toRefusal, verdictOf } from './kafka/failures';
import { KafkaFailure } from './kafka/kafka-failure';
import type { Limits } from './limits';
import { Refusal } from './refusal';
import type { FailurePolicy, Subject, Verdict } from './resource';
import { spread } from './time';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/** Decides how often, and for how long, the work of one job is tried again. */
export class Retry<J> {
  private hasAnswered = false;
  private deniedSince?: number;
  private uncertain?: KafkaFailure;
  private pauseMs = FIRST_PAUSE_MS;
  private readonly subject: Subject;

  public constructor(
    private readonly policy: FailurePolicy<J>,
    private readonly job: J,
    private readonly limits: Limits,
  ) {
    this.subject = policy.subject(job);
  }

  /** A broker has answered: from now on, silence is a problem of the cluster and not of the network. */
  public brokerAnswered(): void {
    this.hasAnswered = true;
  }

  /** Does the work, again and again for as long as the failure may pass. */
  public async run<Value>(changes: readonly string[], work: () => Promise<Value>): Promise<Value> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refusal) throw error.after(changes);
        if (!(error instanceof KafkaFailure)) throw error;
        await this.waitAfter(error, changes);
      }
    }
  }

  /** Waits before the next attempt, or throws the refusal that the user will read. */
  private async waitAfter(failure: KafkaFailure, changes: readonly string[]): Promise<void> {
    if (failure.error !== 'NO_ANSWER') this.brokerAnswered();
    if (mayBeCarriedOut(failure)) this.uncertain = failure;
    const verdict = this.policy.verdict?.(failure, this.job, this.limits.leastBrokers) ?? verdictOf(failure);
    const refusal = this.refusalOf(failure, verdict);
    if (refusal) throw refusal.after(changes);
    const { deadline, patienceEnd, time } = this.limits;
    const pause = Math.max(spread(this.pauseMs, time), failure.options.throttleMs ?? 0);
    const end = this.hasAnswered ? deadline : Math.min(deadline, patienceEnd);
    if (time.now() + pause > end) throw this.outOfTime(failure, verdict).after(changes);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    const { arn } = this.subject;
    this.limits.log?.('trying again', { resource: arn, failure: failure.message, pauseMs: Math.round(pause) });
    await time.pause(pause);
  }

  /** Undefined while another attempt may succeed. */
  private refusalOf(failure: KafkaFailure, verdict: Verdict): Refusal | undefined {
    if (verdict === 'final') return toRefusal(failure, this.subject, this.policy.refusals);
    if (verdict !== 'denied' || this.isInGracePeriod()) return undefined;
    return toDenial(failure, this.subject, this.limits.credentials);
  }

  /** A policy needs up to a minute to reach the brokers, so a denial counts only if it lasts. */
  private isInGracePeriod(): boolean {
    const now = this.limits.time.now();
    this.deniedSince ??= now;
    return now - this.deniedSince < this.subject.graceSeconds * 1000;
  }

  private outOfTime(last: KafkaFailure, verdict: Verdict): Refusal {
    const { label } = this.subject;
    if (!this.hasAnswered) {
      return new Refusal('Unreachable', `${label}: no broker answered (${last.message})`, {
        fix: 'check that the cluster is ACTIVE and that its security group allows connections from the worker',
      });
    }
    if (verdict === 'retryThenRefuse') return toRefusal(last, this.subject, this.policy.refusals);
    const lost = this.uncertain ?? last;
    return new Refusal('OutcomeUnknown', `${label}: the brokers did not confirm in time (${lost.message})`, {
      changed: this.uncertain && 'unknown, it may still be carried out',
      fix: 'deploy again when the cluster is healthy; that is safe, whatever the outcome was',
    });
  }
}
