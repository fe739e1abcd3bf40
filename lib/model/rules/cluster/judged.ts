import type { ClientBroker } from '../../listeners';
import type { AuthenticationMethod } from '../../listeners';

/** The parts of a cluster with brokers that rules judge. What only the deployment knows is not there. */
export interface JudgedCluster {
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
  readonly serverProperties: Readonly<Record<string, string>>;
}

/** What a rule is given: of each part nothing, where it is not known. */
export type Judged = Partial<JudgedCluster>;
