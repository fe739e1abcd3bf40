import type { WorkerAnswer } from '../../engine/calls';
import { aRealCluster, type RealCluster } from '../real-cluster';
import { KafkaProxy } from './kafka-proxy';
import { Ledger } from './ledger';
import { anEvent, type EventKind, type TopicEvent } from './topic-events';
import type { WorkerSettings } from '../real-worker';
import { type Delivery, Workers } from './workers';

/** What fails while an event is handled: only requests on their way to brokers, or a node as well. */
export type TroubleWith = 'requests' | 'nodes';

/** The refusals that an event may get meanwhile. Delivering the same event again must then succeed. */
const KNOWN_IN_TROUBLE: Readonly<Record<TroubleWith, readonly string[]>> = {
  requests: ['OutcomeUnknown', 'Unreachable'],
  nodes: ['NotEnoughBrokers', 'OutcomeUnknown', 'Unreachable'],
};

const FOREIGN_PARTITIONS = 7;

/** Real brokers, the proxy in front of them, the workers, and the ledger of what must exist. */
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

  /** The numbers of lost requests and of refusals so far. */
  public get sums(): { readonly cuts: number; readonly refusals: number } {
    return { cuts: this.proxy.lost.length, refusals: this.refusals };
  }

  /** Creates a topic through the worker without any fault, and writes records to it. */
  public async aTopic(topicName: string, records = 20): Promise<void> {
    await this.settleUp(anEvent(this.ledger, 'create', topicName), []);
    if (records > 0) await this.ledger.write(topicName, records);
  }

  /** Creates a topic of somebody else, with records, that nothing may change. No event asks for a topic like it. */
  public async aForeignTopic(topicName: string, records = 20): Promise<void> {
    const { inspector, set } = this.real;
    const configs = { 'retention.ms': '31536000000', 'min.insync.replicas': '2' };
    await inspector.createTopic(topicName, { partitions: FOREIGN_PARTITIONS, replicationFactor: 3, configs });
    await inspector.produce(topicName, records);
    await set.settled();
    await this.ledger.protect(topicName);
  }

  /** An event of a kind, on a topic that exists already unless the event creates it. */
  public async anEventOn(kind: EventKind, topicName: string): Promise<TopicEvent> {
    if (kind !== 'create') await this.aTopic(topicName);
    return anEvent(this.ledger, kind, topicName);
  }

  /** Delivers an event to the worker, whose writes go through the proxy. */
  public deliver(event: TopicEvent, delivery: Delivery = 'once'): Promise<WorkerAnswer[]> {
    const { bootstrap } = this.proxy;
    return this.workers.deliver({ ...event.call, bootstrapBrokers: bootstrap, patienceMs: 20_000 }, delivery);
  }

  /**
   * Delivers an event again if its outcome is unknown, and records the result. Returns what is wrong with the
   * answers.
   */
  public async settleUp(
    event: TopicEvent,
    answers: readonly WorkerAnswer[],
    trouble: TroubleWith = 'requests',
  ): Promise<string[]> {
    const known = KNOWN_IN_TROUBLE[trouble];
    const refused = answers.flatMap((answer) => ('refusal' in answer ? [answer.refusal] : []));
    if (this.ledger.isForeign(event.topicName)) {
      const isTaken =
        refused.length < answers.length || refused.some(({ code }) => code !== 'TopicExists' && !known.includes(code));
      return isTaken ? [`${event.kind} of '${event.topicName}', which is not ours: ${JSON.stringify(answers)}`] : [];
    }
    this.refusals += refused.length;
    const bad = refused.filter(({ code }) => !known.includes(code));
    if (bad.length > 0) return bad.map(({ message }) => `${event.kind} of '${event.topicName}': ${message}`);
    const all = refused.length === 0 && answers.length > 0 ? answers : [...answers, ...(await this.deliver(event))];
    const last = all[all.length - 1];
    const findings = this.ledger.book(event, all);
    return 'refusal' in last
      ? [`${event.kind} of '${event.topicName}', second delivery: ${last.refusal.message}`]
      : findings;
  }

  /** Stops once, even if it is called twice: an interrupt may coincide with the end of a run. */
  public stop(): Promise<void> {
    this.stopping ??= this.real.stop();
    return this.stopping;
  }
}
