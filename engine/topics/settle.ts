import { canonicalConfig } from '../../lib/model/rules/topics';
import { type AdminPort, type Broker, KafkaFailure, type TopicRef } from '../kafka/admin-port';
import type { Time } from '../time';

/** Longer than any healthy cluster takes; after that the deployment goes on, with a warning. */
const LONGEST_MS = 60_000;

/** What every live broker shall show. */
export interface Expectation {
  readonly ref: TopicRef;
  /** Undefined: the topic is gone. */
  readonly partitionCount?: number;
  /** Undefined as a value: the config is not set on the topic. */
  readonly configs?: Readonly<Record<string, string | undefined>>;
}

/** Waits until every live broker shows the result; false when that takes too long. */
export async function settle(port: AdminPort, expected: Expectation, time: Time, deadline: number): Promise<boolean> {
  const end = Math.min(deadline, time.now() + LONGEST_MS);
  for (let wait = 20; ; wait = Math.min(wait * 1.5, 500)) {
    if (await isShownEverywhere(port, expected)) return true;
    if (time.now() + wait > end) return false;
    await time.pause(wait);
  }
}

/** A broker that is still counted as live and does not answer keeps us waiting until it is not counted any more. */
async function isShownEverywhere(port: AdminPort, expected: Expectation): Promise<boolean> {
  try {
    const { brokers } = await port.view(expected.ref);
    const shown = await Promise.all(brokers.map((broker) => isShown(port, expected, broker)));
    return shown.every(Boolean);
  } catch (failure) {
    if (failure instanceof KafkaFailure) return false;
    throw failure;
  }
}

async function isShown(
  port: AdminPort,
  { configs, partitionCount, ref }: Expectation,
  broker: Broker,
): Promise<boolean> {
  const { topic } = await port.view(ref, broker);
  if (partitionCount === undefined) return topic === undefined;
  if (!topic?.led || topic.partitionCount < partitionCount) return false;
  if (!configs) return true;
  const live = await port.configs(topic.name, broker);
  return Object.entries(configs).every(([key, value]) => same(key, value, live[key]));
}

function same(key: string, expected: string | undefined, live: string | undefined): boolean {
  if (expected === undefined || live === undefined) return expected === live;
  return canonicalConfig(key, expected) === canonicalConfig(key, live);
}
