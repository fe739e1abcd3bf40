/** What the app of the end-to-end tests declares. */
export interface Scenario {
  readonly topics: Readonly<Record<string, ScenarioTopic>>;
  /** Whether the topics are in a stack of their own. */
  readonly ownStack?: boolean;
  readonly keepCluster?: boolean;
  readonly brokersPerAz?: number;
  readonly bootstrapBrokers?: boolean;
  /** What is done with a cluster that this library did not make. */
  readonly existing?: ExistingScenario;
  /** An action that the worker's role does not get. */
  readonly withoutAction?: string;
}

export interface ScenarioTopic {
  readonly topicName?: string;
  readonly partitionCount?: number;
  readonly replicationFactor?: number;
  readonly reconcileToken?: string;
  /** Configs by Kafka's keys. */
  readonly other?: Readonly<Record<string, string>>;
  readonly destroy?: boolean;
  readonly graceSeconds?: number;
}

export interface ExistingScenario {
  /** The cluster by its ARN; nothing before it is there. */
  readonly clusterArn?: string;
  /** Who manages the topic `moved`. */
  readonly moved?: 'mskApi' | 'dataPlane' | 'adopted';
  readonly partitionCount?: number;
  readonly configs?: Readonly<Record<string, string>>;
  readonly lookup?: boolean;
  /** Asks for brokers that the cluster does not have. */
  readonly scram?: boolean;
}
