import type { BrokerSetOptions } from '../../local/kafka/broker-set';
import { CONTROLLER_ID } from '../../local/kafka/server-properties';
import { BROKER_FAULTS, type BrokerFault } from '../../testkit/faults/broker-faults';
import type { Fate } from '../../testkit/faults/kafka-proxy';
import type { Ledger } from '../../testkit/faults/ledger';
import { anEvent, type EventKind, type TopicEvent } from '../../testkit/faults/topic-events';
import { DELIVERIES, type Delivery } from '../../testkit/faults/workers';
import type { Dice } from './dice';

/** What happens in one round. It is chosen in advance, so that the same seed gives the same rounds. */
export interface Scene {
  readonly deliveries: readonly { readonly event: TopicEvent; readonly delivery: Delivery }[];
  readonly strike?: {
    readonly node: number;
    readonly fault: BrokerFault;
    /** Before the events are delivered, or when the first write is on its way. */
    readonly when: 'before' | 'at the first write';
    /** While the worker is still trying, or after it has answered. */
    readonly healed: 'meanwhile' | 'afterwards';
  };
  /** The fates of the requests, in order. All further requests pass. */
  readonly fates: readonly Fate[];
  /** How many records are written to topics after the round. */
  readonly records: number;
}

const NAMES = Array.from({ length: 20 }, (_, index) => `chaos-${index}`);
const MOST_EVENTS = 4;
const MOST_PARTITIONS = 20;
const FATES: readonly Fate[] = ['loseAnswer', 'loseAnswer', 'loseRequest', 'keepAnswer', 'late'];

/** Which brokers a run has. */
export interface Ground {
  readonly what: string;
  readonly options: Pick<BrokerSetOptions, 'controllers' | 'zookeeper'>;
  /** The nodes that faults strike. */
  readonly nodes: readonly number[];
}

const BROKERS = [1, 2, 3];
const GROUNDS: readonly Ground[] = [
  { what: 'one KRaft controller', options: {}, nodes: [...BROKERS, CONTROLLER_ID] },
  { what: 'three KRaft controllers', options: { controllers: 3 }, nodes: [...BROKERS, CONTROLLER_ID] },
  { what: 'ZooKeeper', options: { zookeeper: true }, nodes: BROKERS },
];

/** As on t3 instances, with sessions that end while a worker still tries. */
export const UNKIND_LISTENERS = { 'cdkmsk.iam.connections.per.second': 4, 'connections.max.reauth.ms': 10_000 };

export const aGround = (dice: Dice): Ground => dice.one(GROUNDS);

export function aScene(dice: Dice, ledger: Ledger, nodes: readonly number[]): Scene {
  const names = dice.some(NAMES, dice.between(1, MOST_EVENTS));
  if (dice.happens(0.2)) names.push(dice.one(ledger.foreign));
  const deliveries = names.map((name) => ({ event: eventOn(dice, ledger, name), delivery: dice.one(DELIVERIES) }));
  const strike = {
    node: dice.one(nodes),
    fault: dice.one(BROKER_FAULTS),
    when: dice.one(['before', 'at the first write'] as const),
    healed: dice.one(['meanwhile', 'afterwards'] as const),
  };
  const isStruck = dice.happens(0.6);
  const cuts = dice.happens(0.6) ? dice.between(1, 12) : 0;
  const fates = Array.from({ length: cuts }, () => (dice.happens(0.3) ? dice.one(FATES) : 'pass'));
  return { deliveries, strike: isStruck ? strike : undefined, fates, records: dice.between(0, 30) };
}

function eventOn(dice: Dice, ledger: Ledger, name: string): TopicEvent {
  const partitionCount = dice.between(1, 6);
  const live = ledger.shapeOf(name);
  const changes: readonly EventKind[] = ['grow', 'grow', 'alter', 'alter', 'delete'];
  const kind = live ? dice.one(changes) : 'create';
  const isFull = kind === 'grow' && (live?.partitionCount ?? 0) > MOST_PARTITIONS;
  return anEvent(ledger, isFull ? 'alter' : kind, name, {
    partitionCount,
    configs: { 'retention.ms': '86400000', 'segment.ms': '7200000' },
  });
}

/** Describes the round in one line. */
export function tell({ deliveries, fates, records, strike }: Scene): string {
  const events = deliveries.map(({ delivery, event }) => `${event.kind} ${event.topicName} (${delivery})`).join(', ');
  const who = strike?.node === CONTROLLER_ID ? 'controller' : `broker ${strike?.node}`;
  const trouble = strike ? `${who} ${strike.fault} ${strike.when}, healed ${strike.healed}` : 'no fault';
  const cut = fates.filter((fate) => fate !== 'pass');
  return `${events}; ${trouble}; ${cut.length === 0 ? 'no cut' : cut.join(', ')}; ${records} records`;
}
