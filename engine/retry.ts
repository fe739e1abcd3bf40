import { Refusal } from './refusal';
import { KafkaFailure } from './kafka/admin-port';
import { denial, mayBeCarriedOut, toRefusal, verdict } from './kafka/failures';
import type { Job } from './topics/job';
import type { Time } from './time';
import type { Credentials, DriftCall, WorkerCall } from './calls';

/** How long the work may take. */
export interface Limits {
  readonly time: Time;
  /** Nothing is begun after it; an answer must still reach CloudFormation. */
  readonly deadline: number;
  /** When to give up if no broker has answered at all. */
  readonly patienceEnd: number;
  /** As whom the worker comes, for the words of a refusal. */
  readonly credentials: Credentials;
  /** Addresses that the cluster has: it is made of as many brokers, or more. */
  readonly leastBrokers: number;
}

/** What the caller knows of them; the call says the rest. */
export type GivenLimits = Pick<Limits, 'time' | 'deadline'>;

export function limitsOf(call: WorkerCall | DriftCall, { deadline, time }: GivenLimits): Limits {
  const { bootstrapBrokers, budgetMs, credentials, patienceMs } = call;
  const now = time.now();
  return {
    time,
    deadline: Math.min(deadline, now + budgetMs),
    patienceEnd: now + patienceMs,
    credentials,
    leastBrokers: bootstrapBrokers.split(',').length,
  };
}

/** How often, and for how long, to try again. */
export class Patience {
  private hasAnswered = false;
  private deniedSince?: number;
  private uncertain?: KafkaFailure;
  private wait = 100;

  public constructor(
    private readonly job: Job,
    private readonly limits: Limits,
  ) {}

  /** A broker has answered: from now on, silence is the cluster's trouble and not the network's. */
  public answered(): void {
    this.hasAnswered = true;
  }

  /** Does the work, and does it again for as long as what fails may pass. */
  public async persist<T>(changes: readonly string[], work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refusal) throw error.after(changes);
        await this.bear(error, changes);
      }
    }
  }

  /** Waits before the next try, or throws what the person shall read. */
  private async bear(error: unknown, changes: readonly string[]): Promise<void> {
    if (!(error instanceof KafkaFailure)) throw error;
    if (error.error !== 'NO_ANSWER') this.answered();
    if (mayBeCarriedOut(error)) this.uncertain = error;
    const judged = this.isScarcity(error) ? 'again' : verdict(error);
    if (judged === 'final') throw toRefusal(error, this.topicName).after(changes);
    if (judged === 'denied') this.bearDenial(error, changes);
    const { deadline, patienceEnd, time } = this.limits;
    const pause = Math.max(this.wait, error.options.throttleMs ?? 0);
    const end = this.hasAnswered ? deadline : Math.min(deadline, patienceEnd);
    if (time.now() + pause > end) throw this.outOfTime(error).after(changes);
    this.wait = Math.min(this.wait * 2, 2000);
    await time.pause(pause);
  }

  private get topicName(): string {
    return this.job.request === 'Delete' ? this.job.identity.name : this.job.desired.topicName;
  }

  /** Brokers that are restarted, one after the other, are not counted for a while; then the replicas have no place. */
  private isScarcity({ detail, error, request }: KafkaFailure): boolean {
    if (error !== 'INVALID_REPLICATION_FACTOR' || this.job.request === 'Delete') return false;
    const isKnownToFit = this.job.desired.replicationFactor <= this.limits.leastBrokers;
    return isKnownToFit || request === 'CreatePartitions' || detail.includes('fenced');
  }

  /** A policy needs up to a minute to reach the brokers, so a refusal counts only when it lasts. */
  private bearDenial(failure: KafkaFailure, changes: readonly string[]): void {
    const { time } = this.limits;
    const { job } = this;
    const graceSeconds = job.request === 'Delete' ? job.graceSeconds : job.desired.permissionGraceSeconds;
    this.deniedSince ??= time.now();
    if (time.now() - this.deniedSince < graceSeconds * 1000) return;
    const { credentials } = this.limits;
    throw denial(failure, {
      topicName: this.topicName,
      clusterArn: job.place.clusterArn ?? 'the cluster',
      credentials,
    }).after(changes);
  }

  private outOfTime(last: KafkaFailure): Refusal {
    const { topicName } = this;
    if (!this.hasAnswered) {
      return new Refusal('Unreachable', `topic '${topicName}': no broker answered (${last.message})`, {
        todo: 'see that the cluster is ACTIVE and that its security group lets the worker in',
      });
    }
    if (this.isScarcity(last)) return toRefusal(last, topicName);
    const lost = this.uncertain ?? last;
    return new Refusal(
      'OutcomeUnknown',
      `topic '${topicName}': the brokers did not confirm in time (${lost.message})`,
      {
        changed: this.uncertain && 'unknown, it may still be carried out',
        todo: 'deploy again when the cluster is healthy; that is safe, whatever became of it',
      },
    );
  }
}
