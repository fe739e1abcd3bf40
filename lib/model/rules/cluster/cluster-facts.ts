import type { AuthenticationMethod, ClientBroker } from '../../listeners';

/** What the rules need to know about a cluster with brokers. */
export interface ClusterFacts {
  readonly kind: 'standard' | 'express';
  readonly clusterName: string;
  readonly brokersPerAz: number;
  readonly brokersPerAzUnknown: boolean;
  readonly zones: number;
  readonly volumeGiB: number;
  readonly tiered: boolean;
  readonly throughputMiBps: number;
  readonly autoscaling: boolean;
  readonly autoscalingMaxGiB: number;
  readonly autoscalingTarget: number;
  readonly region: string;
  readonly kafkaVersion: string;
  readonly kraft: boolean;
  readonly instanceType: string;
  readonly authentication: readonly AuthenticationMethod[];
  readonly clientBroker: ClientBroker;
  readonly inCluster: boolean;
  readonly twoConfigurations: boolean;
  /** Whether to check that the cluster can be upgraded to Express brokers. */
  readonly expressReadiness: boolean;
  readonly serverProperties: Readonly<Record<string, string>>;
}

/** The facts that are known at synthesis. A fact that is missing, such as a token, is not checked. */
export type KnownCluster = Partial<ClusterFacts>;
