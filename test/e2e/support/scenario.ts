/** What the app of the end-to-end tests declares. */
export interface Scenario {
  readonly topics: Readonly<Record<string, ScenarioTopic>>;
  /** Whether the topics are in a stack of their own. */
  readonly ownStack?: boolean;
  readonly keepCluster?: boolean;
  readonly brokersPerAz?: number;
  readonly kafkaVersion?: string;
  readonly bootstrapBrokers?: boolean;
  readonly maxConcurrentTopics?: number;
  /** What is done with a cluster that was not created with this library. */
  readonly existing?: ExistingScenario;
  /** An action that is removed from the worker's role. */
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
  /** ARN of the cluster. Nothing is declared until it exists. */
  readonly clusterArn?: string;
  /** What manages the topic `moved`. */
  readonly moved?: 'mskApi' | 'dataPlane' | 'adopted';
  readonly partitionCount?: number;
  readonly configs?: Readonly<Record<string, string>>;
  /** Looks the cluster up by its name, or by the name or the ARN that is given. */
  readonly lookup?: true | { readonly clusterName: string } | { readonly clusterArn: string };
  /** Requests bootstrap brokers that the cluster does not have. */
  readonly scram?: boolean;
}
