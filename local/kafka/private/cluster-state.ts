import { readMBeans, type MBeans } from '../../readiness';
import type { BrokerNode } from './broker-node';
import { metadataOf } from './metadata';

const BROKER_STATE = 'kafka.server:type=KafkaServer,name=BrokerState';
const RUNNING = 3;
const ACTIVE_CONTROLLERS = 'kafka.controller:type=KafkaController,name=ActiveControllerCount';
const COMMITTED = 'kafka.controller:type=KafkaController,name=LastCommittedRecordOffset';
const APPLIED = 'kafka.server:type=broker-metadata-metrics';
const REQUESTS = 'kafka.network:type=RequestMetrics,name=RequestsPerSec,*';

export const awake = (nodes: readonly BrokerNode[]) => nodes.filter(({ alive, frozen }) => alive && !frozen);

export async function beansOf(node: BrokerNode, pattern: string): Promise<MBeans> {
  const beans = await readMBeans(node.mbeansPort, pattern);
  if (!beans) throw new Error(`Node ${node.id} does not return its metrics`);
  return beans;
}

export const isRunning = (broker: BrokerNode) => says(broker, BROKER_STATE, RUNNING);

/** The active controller, unless there is none, or an old one has not noticed yet that it was replaced. */
export async function activeAmong(candidates: readonly BrokerNode[]): Promise<BrokerNode | undefined> {
  const nodes = awake(candidates);
  const claims = await Promise.all(nodes.map((node) => says(node, ACTIVE_CONTROLLERS, 1)));
  const active = nodes.filter((_, index) => claims[index]);
  return active.length === 1 ? active[0] : undefined;
}

/** The number of live brokers that a broker knows of, itself included. Undefined if it does not answer. */
export async function brokersKnownTo(broker: BrokerNode): Promise<number | undefined> {
  return (await metadataOf(broker.ports.CLIENT as number))?.brokers;
}

/** Whether a broker has applied everything that the controller has committed by now. */
export async function whatIsCommitted(controller: BrokerNode): Promise<(broker: BrokerNode) => Promise<boolean>> {
  const [committed] = Object.values(await beansOf(controller, COMMITTED));
  // a broker that does not answer has too much to do
  return async (broker) =>
    Object.values((await readMBeans(broker.mbeansPort, APPLIED)) ?? {}).some(
      (bean) => Number(bean['last-applied-record-offset']) >= Number(committed?.Value),
    );
}

/** Whether a broker knows the partitions that the controller knows: with ZooKeeper, it sends them to one after the other. */
export const whatIsSent = (controller: BrokerNode) => async (broker: BrokerNode) => {
  const [first, other] = await Promise.all(
    [controller, broker].map(async ({ ports }) => (await metadataOf(ports.CLIENT as number))?.partitions),
  );
  return first !== undefined && first.join() === other?.join();
};

/** Requests received, summed over the nodes, by API. */
export async function requestCountsOf(nodes: readonly BrokerNode[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const node of nodes) {
    for (const [name, attributes] of Object.entries(await beansOf(node, REQUESTS))) {
      const request = /[:,]request=([^,]+)/.exec(name)?.[1] as string;
      counts[request] = (counts[request] ?? 0) + Number(attributes.Count);
    }
  }
  return counts;
}

async function says(node: BrokerNode, bean: string, value: number): Promise<boolean> {
  const beans = Object.values((await readMBeans(node.mbeansPort, bean)) ?? {});
  return beans.some((attributes) => attributes.Value === value);
}
