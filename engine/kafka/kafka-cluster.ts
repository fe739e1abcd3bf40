import { apiVersionsV3, metadataV12 } from '@platformatic/kafka';
import { Connections, type ConnectionSettings, type WireRequest } from './connections';
import { KafkaFailure } from './kafka-failure';
import type { Broker, ClusterPort, ClusterView } from './cluster-port';
import { REQUESTS } from './requests';
import { errorName, type WireItem } from './wire-results';

const API_VERSIONS = { name: 'ApiVersions', api: apiVersionsV3.api } as const;
const METADATA = { name: 'Metadata', api: metadataV12.api } as const;

/** With KRaft, no broker offers it: the controller of a cluster with ZooKeeper sends it to the brokers. */
const LEADER_AND_ISR = 4;

export type Metadata = Awaited<ReturnType<typeof metadataV12.api.async>>;

/** A topic in a Metadata request; its ID as the client library writes it. */
export type MetadataTopic = { readonly name: string } | { readonly name: null; readonly topicId: string };

/** ClusterPort on Kafka's protocol, with the connections that the other ports share. */
export class KafkaCluster implements ClusterPort {
  private readonly connections: Connections;
  private readonly addresses = new Map<number, { host: string; port: number }>();
  private latest?: ClusterView;
  private hasZooKeeper = false;
  /** With KRaft, any live broker. */
  private controllerId = -1;

  public constructor(private readonly settings: ConnectionSettings) {
    this.connections = new Connections(settings);
  }

  public get knownBrokers(): readonly Broker[] {
    return this.latest?.brokers ?? [];
  }

  public async view(): Promise<ClusterView> {
    return toClusterView(await this.metadata([]));
  }

  /** Never null for the topics: that would ask for all of them. */
  public async metadata(topics: readonly MetadataTopic[], broker?: Broker): Promise<Metadata> {
    const answer = await this.ask(METADATA, [topics as never, false, false], broker);
    for (const { nodeId, host, port } of answer.brokers) this.addresses.set(nodeId, { host, port });
    this.controllerId = answer.controllerId;
    this.latest = toClusterView(answer);
    return answer;
  }

  /** The broker gives up before we do, so that its answer still reaches us. */
  public get brokerLimitMs(): number {
    return Math.max(1000, this.settings.requestTimeoutMs - 1000);
  }

  public ask<Args extends unknown[], Answer>(
    request: WireRequest<Args, Answer>,
    args: Args,
    broker?: Broker,
  ): Promise<Answer> {
    // after a write, every broker is asked whether it shows the result
    if (REQUESTS[request.name].writes) this.connections.prepare(this.addresses.values());
    if (!broker) return this.connections.ask(request, args);
    const address = this.addresses.get(broker.id);
    if (!address) return Promise.reject(new KafkaFailure(request.name, 'NO_ANSWER', `broker ${broker.id} is gone`));
    return this.connections.askOne(address, request, args);
  }

  /**
   * Sends a change that only the controller makes. With KRaft, any broker passes it on; with ZooKeeper, all brokers but
   * the controller refuse it.
   */
  public async change<Args extends unknown[], Answer>(
    request: WireRequest<Args, Answer>,
    args: Args,
    itemsOf: (answer: Answer) => readonly WireItem[],
  ): Promise<Answer> {
    const answer = await this.ask(request, args, this.controller);
    if (!isFromOther(itemsOf(answer))) return answer;
    this.hasZooKeeper ||= await this.offersZooKeeper();
    if (!this.hasZooKeeper) return answer; // the controller lost its office on the way, and it may still be carried out
    await this.metadata([]);
    const second = await this.ask(request, args, this.controller);
    if (!isFromOther(itemsOf(second))) return second;
    throw new KafkaFailure(request.name, 'NOT_CONTROLLER', 'the brokers are electing a controller', {
      uncertain: false,
    });
  }

  private get controller(): Broker | undefined {
    return this.hasZooKeeper ? { id: this.controllerId } : undefined;
  }

  private async offersZooKeeper(): Promise<boolean> {
    try {
      const { apiKeys } = await this.ask(API_VERSIONS, ['cdk-msk', '1']);
      return apiKeys.some(({ apiKey }) => apiKey === LEADER_AND_ISR);
    } catch (failure) {
      if (failure instanceof KafkaFailure) return false;
      throw failure;
    }
  }

  public close(): Promise<void> {
    return this.connections.close();
  }
}

/** Whether a broker refused because another one is the controller. */
const isFromOther = (items: readonly WireItem[]) =>
  items.some(({ errorCode }) => errorName(errorCode) === 'NOT_CONTROLLER');

export function toClusterView({ brokers, clusterId }: Metadata): ClusterView {
  return { clusterId: clusterId ?? '', brokers: brokers.map(({ nodeId }) => ({ id: nodeId })) };
}
