import { Fn, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';
import { publishCluster } from './published-cluster';

export interface PlatformStackProps extends StackProps {
  /** What happens to the cluster when the stack is deleted. @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE */
  readonly removalPolicy?: RemovalPolicy;
}

/** What the platform team runs for everyone: a cluster, and a parameter that describes it. */
export class PlatformStack extends Stack {
  public constructor(scope: Construct, id: string, props: PlatformStackProps = {}) {
    super(scope, id, props);

    // Brokers cannot leave the zones of the first deployment, and a stack without 'env' sees only two, so three are named.
    const vpc = new ec2.Vpc(this, 'Vpc', {
      availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs())),
      subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const cluster = new msk.ProvisionedCluster(this, 'Events', { vpc, removalPolicy: props.removalPolicy });
    publishCluster(this, cluster, vpc);
  }
}
