import { verdictOf } from './kafka/failures';
import { KafkaFailure } from './kafka/kafka-failure';
import type { Broker, ClusterPort } from './kafka/cluster-port';
import { type Limits, SETTLE_MS } from './limits';
import type { Showing } from './resource';
import { spread } from './time';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/** What one broker shows; without a broker, what none of them could be asked. */
export interface BrokerShowing extends Showing {
  readonly broker?: Broker;
}

type Shows = (broker: Broker) => Promise<Showing>;

/**
 * Waits until every live broker shows the result, or until that takes too long. A denied request is thrown, since no
 * broker can say what it does not show.
 */
export async function settle(
  cluster: ClusterPort,
  shows: Shows,
  { deadline, time }: Pick<Limits, 'deadline' | 'time'>,
): Promise<readonly BrokerShowing[]> {
  const end = Math.min(deadline, time.now() + SETTLE_MS);
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const shown = await askAll(cluster, shows);
    if (shown.every(({ lacks }) => lacks === undefined)) return shown;
    if (time.now() + pause > end) return undone(shown);
    await time.pause(spread(pause, time));
  }
}

/** What was undone by somebody else has to be observed and planned anew. */
function undone(shown: readonly BrokerShowing[]): readonly BrokerShowing[] {
  const lost = shown.find(({ isUndone }) => isUndone);
  if (lost) throw new KafkaFailure('Metadata', 'UNKNOWN_TOPIC_ID', lost.lacks ?? '');
  return shown;
}

/** The warning about the brokers that do not show the result, if there are any. */
export function slowBrokers(shown: readonly BrokerShowing[]): string[] {
  const slow = shown.filter(({ lacks }) => lacks !== undefined);
  if (slow.length === 0) return [];
  const reasons = slow.map(({ broker, lacks }) => (broker ? `broker ${broker.id}: ${lacks}` : lacks));
  return [`SlowBrokers: not every broker shows the result yet (${reasons.join('; ')})`];
}

/** A broker that still counts as live but does not answer delays the result until it no longer counts as live. */
async function askAll(cluster: ClusterPort, shows: Shows): Promise<readonly BrokerShowing[]> {
  const viewing = orReason(cluster.view());
  // saves a round trip: the view nearly always names the brokers that are known already
  const early = new Map(cluster.knownBrokers.map((broker) => [broker.id, ask(broker, shows)]));
  early.forEach((showing) => void showing.catch(() => undefined)); // counts only if the view names the broker
  const view = await viewing;
  if (!('brokers' in view)) return [view];
  return Promise.all(view.brokers.map((broker) => early.get(broker.id) ?? ask(broker, shows)));
}

const ask = async (broker: Broker, shows: Shows): Promise<BrokerShowing> => ({
  broker,
  ...(await orReason(shows(broker))),
});

async function orReason<T>(work: Promise<T>): Promise<T | Showing> {
  try {
    return await work;
  } catch (failure) {
    if (!(failure instanceof KafkaFailure) || verdictOf(failure) === 'denied') throw failure;
    return { lacks: failure.message };
  }
}
