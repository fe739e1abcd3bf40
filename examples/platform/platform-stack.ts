import { Fn, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';
import { publishCluster } from './published-cluster';

export interface PlatformStackProps extends StackProps {
  /** What becomes of the cluster with the stack. @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE */
  readonly removalPolicy?: RemovalPolicy;
}

/** What the platform team runs for everybody: a cluster, and a parameter that tells of it. */
export class PlatformStack extends Stack {
  public constructor(scope: Construct, id: string, props: PlatformStackProps = {}) {
    super(scope, id, props);

    // Brokers stay in the zones of their first deployment, so three are named: a stack without 'env' would see two.
    const vpc = new ec2.Vpc(this, 'Vpc', {
      availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs())),
      subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const cluster = new msk.ProvisionedCluster(this, 'Events', { vpc, removalPolicy: props.removalPolicy });
    publishCluster(this, cluster, vpc);
  }
}
