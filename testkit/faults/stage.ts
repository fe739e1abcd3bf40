import type { WorkerAnswer } from '../../engine/calls';
import { aRealCluster, type RealCluster } from '../real-cluster';
import { KafkaProxy } from './kafka-proxy';
import { Ledger } from './ledger';
import { anEvent, type EventKind, type TopicEvent } from './topic-events';
import type { WorkerSettings } from '../real-worker';
import { type Delivery, Workers } from './workers';

/** What a deployment may be refused with while brokers are in trouble: the same event once more then succeeds. */
const KNOWN_IN_TROUBLE = ['OutcomeUnknown', 'Unreachable'];

/** Brokers, the proxy before them, workers, and the ledger of what must be. */
export class Stage {
  public static async set(options: Parameters<typeof aRealCluster>[0] = {}, settings?: WorkerSettings): Promise<Stage> {
    const real = await aRealCluster(options);
    const proxy = await KafkaProxy.start(real.set);
    const workers = new Workers(real, settings);
    real.closing(() => proxy.stop());
    real.closing(() => workers.stop());
    return new Stage(real, proxy, workers);
  }

  public readonly ledger: Ledger;
  private refusals = 0;
  private stopping?: Promise<void>;

  private constructor(
    public readonly real: RealCluster,
    public readonly proxy: KafkaProxy,
    public readonly workers: Workers,
  ) {
    this.ledger = new Ledger(real);
  }

  /** What was met so far. */
  public get sums(): { readonly cuts: number; readonly refusals: number } {
    return { cuts: this.proxy.lost.length, refusals: this.refusals };
  }

  /** A topic as the worker makes it on a good day, with records in it. */
  public async aTopic(topicName: string, records = 20): Promise<void> {
    await this.settleUp(anEvent(this.ledger, 'create', topicName), []);
    if (records > 0) await this.ledger.write(topicName, records);
  }

  /** An event of this kind, on a topic that is there already unless it is to be created. */
  public async anEventOn(kind: EventKind, topicName: string): Promise<TopicEvent> {
    if (kind !== 'create') await this.aTopic(topicName);
    return anEvent(this.ledger, kind, topicName);
  }

  /** Hands an event to the worker, whose writes go through the proxy. */
  public deliver(event: TopicEvent, delivery: Delivery = 'once'): Promise<WorkerAnswer[]> {
    const { bootstrap } = this.proxy;
    return this.workers.deliver({ ...event.call, bootstrapBrokers: bootstrap, patienceMs: 20_000 }, delivery);
  }

  /** Delivers once more what had no known outcome, and books what came of it; tells what is wrong with the answers. */
  public async settleUp(event: TopicEvent, answers: readonly WorkerAnswer[]): Promise<string[]> {
    const refused = answers.flatMap((answer) => ('refusal' in answer ? [answer.refusal] : []));
    this.refusals += refused.length;
    const bad = refused.filter(({ code }) => !KNOWN_IN_TROUBLE.includes(code));
    if (bad.length > 0) return bad.map(({ message }) => `${event.kind} of '${event.topicName}': ${message}`);
    const all = refused.length === 0 && answers.length > 0 ? answers : [...answers, ...(await this.deliver(event))];
    const last = all[all.length - 1];
    const findings = this.ledger.book(event, all);
    return 'refusal' in last ? [`${event.kind} of '${event.topicName}', once more: ${last.refusal.message}`] : findings;
  }

  /** Once, however often it is asked for: an interrupt and the end of a run may meet. */
  public stop(): Promise<void> {
    this.stopping ??= this.real.stop();
    return this.stopping;
  }
}
