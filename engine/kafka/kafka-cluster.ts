import { metadataV12 } from '@platformatic/kafka';
import { Connections, type ConnectionSettings, type WireRequest } from './connections';
import { KafkaFailure } from './kafka-failure';
import type { Broker, ClusterPort, ClusterView } from './cluster-port';
import { REQUESTS } from './requests';

const METADATA = { name: 'Metadata', api: metadataV12.api } as const;

export type Metadata = Awaited<ReturnType<typeof metadataV12.api.async>>;

/** A topic in a Metadata request; its ID as the client library writes it. */
export type MetadataTopic = { readonly name: string } | { readonly name: null; readonly topicId: string };

/** ClusterPort on Kafka's protocol, with the connections that the other ports share. */
export class KafkaCluster implements ClusterPort {
  private readonly connections: Connections;
  private readonly addresses = new Map<number, { host: string; port: number }>();

  public constructor(private readonly settings: ConnectionSettings) {
    this.connections = new Connections(settings);
  }

  public async view(): Promise<ClusterView> {
    return toClusterView(await this.metadata([]));
  }

  /** Never null for the topics: that would ask for all of them. */
  public async metadata(topics: readonly MetadataTopic[], broker?: Broker): Promise<Metadata> {
    const answer = await this.ask(METADATA, [topics as never, false, false], broker);
    for (const { nodeId, host, port } of answer.brokers) this.addresses.set(nodeId, { host, port });
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

  public close(): Promise<void> {
    return this.connections.close();
  }
}

export function toClusterView({ brokers, clusterId }: Metadata): ClusterView {
  return { clusterId: clusterId ?? '', brokers: brokers.map(({ nodeId }) => ({ id: nodeId })) };
}
