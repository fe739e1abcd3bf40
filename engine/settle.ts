import { KafkaFailure } from './kafka/kafka-failure';
import type { Broker, ClusterPort } from './kafka/cluster-port';
import { type Limits, SETTLE_MS } from './limits';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

type IsShown = (broker: Broker) => Promise<boolean>;

/** Waits until every live broker shows the result; false if that takes too long. */
export async function settle(
  cluster: ClusterPort,
  isShown: IsShown,
  { deadline, time }: Pick<Limits, 'deadline' | 'time'>,
): Promise<boolean> {
  const end = Math.min(deadline, time.now() + SETTLE_MS);
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    if (await isShownEverywhere(cluster, isShown)) return true;
    if (time.now() + pause > end) return false;
    await time.pause(pause);
  }
}

/** A broker that still counts as live but does not answer delays the result until it no longer counts as live. */
async function isShownEverywhere(cluster: ClusterPort, isShown: IsShown): Promise<boolean> {
  try {
    const { brokers } = await cluster.view();
    const shown = await Promise.all(brokers.map(isShown));
    return shown.every(Boolean);
  } catch (failure) {
    if (failure instanceof KafkaFailure) return false;
    throw failure;
  }
}
