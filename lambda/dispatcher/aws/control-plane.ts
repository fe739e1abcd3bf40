import type { WorkerAnswer, WorkerCall } from '../../../engine/calls';
import type { DriftAnswer, DriftCall } from '../../../engine/topics/drift-call';

/** What MSK says about a cluster. */
export interface ClusterFacts {
  readonly state: string;
  readonly securityGroupIds: readonly string[];
  readonly subnetIds: readonly string[];
}

/** Where the worker connects from. */
export interface WorkerFacts {
  readonly securityGroupIds: readonly string[];
  readonly subnetIds: readonly string[];
}

export interface Rule {
  readonly groupId: string;
  readonly direction: 'in' | 'out';
  /** Port range; all ports when undefined. */
  readonly ports?: readonly [number, number];
  /** The other side: a security group or a range of addresses. */
  readonly peer: { readonly groupId?: string; readonly cidr?: string };
}

export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly cidr: string;
}

/** The routes of the table that a subnet uses, as ranges of addresses. */
export interface Routes {
  readonly subnetId: string;
  readonly destinations: readonly string[];
}

export interface Network {
  readonly rules: readonly Rule[];
  readonly subnets: readonly Subnet[];
  readonly routes: readonly Routes[];
}

/** A resource that a stack has at present. */
export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
}

/** What AWS is asked for. A cluster that does not exist is undefined; any other error is thrown. */
export interface ControlPlane {
  /** By MSK's own names, such as `BootstrapBrokerStringSaslIam`. */
  bootstrapBrokers(clusterArn: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** The string of a secret. */
  secret(secretArn: string): Promise<string>;
  cluster(clusterArn: string): Promise<ClusterFacts | undefined>;
  stackStatus(stackId: string): Promise<string | undefined>;
  stackResources(stackId: string): Promise<readonly StackResource[]>;
  invoke(functionArn: string, call: WorkerCall): Promise<WorkerAnswer>;
  /** The worker's other call, which changes nothing. */
  report(functionArn: string, call: DriftCall): Promise<DriftAnswer>;
  worker(functionArn: string): Promise<WorkerFacts>;
  network(securityGroupIds: readonly string[], subnetIds: readonly string[]): Promise<Network>;
}
