import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** A VPC with an isolated subnet in each of three zones, for the clusters of test apps. */
export function kafkaVpc(stack: Stack, id = 'Vpc'): ec2.Vpc {
  return new ec2.Vpc(stack, id, {
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
}
