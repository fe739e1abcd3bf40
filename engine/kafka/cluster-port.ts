/** A broker that the cluster counts as live. */
export interface Broker {
  readonly id: number;
}

/** What one broker says about the cluster. */
export interface ClusterView {
  /** Kafka's own ID of the cluster. */
  readonly clusterId: string;
  readonly brokers: readonly Broker[];
}

/** What is asked about the cluster itself, whatever kind of resource lives on it. */
export interface ClusterPort {
  /** The live brokers by the latest answer, without a request; none before the first answer. */
  readonly knownBrokers: readonly Broker[];
  view(): Promise<ClusterView>;
}
