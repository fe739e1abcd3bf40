import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as cfn from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';

/** Everything except topics that an app may need from an existing cluster: a grant, alarms and bootstrap brokers. */
export function useCluster(stack: Stack, cluster: cfn.IClusterRef): void {
  const client = new iam.Role(stack, 'Client', { assumedBy: new iam.AccountRootPrincipal() });
  msk.ClusterGrants.fromCluster(cluster).topic('orders').produce(client);
  new msk.ClusterAlarms(stack, 'Alarms', { cluster });
  new CfnOutput(stack, 'ClientRole', { value: client.roleName });
  new CfnOutput(stack, 'Brokers9098', { value: msk.BootstrapBrokers.fromCluster(cluster).saslIam });
}

type Aws = Pick<CloudFormationClientConfig, 'credentials' | 'endpoint' | 'region'>;

/** The number of resources of a type in a deployed stack. */
export async function countOf(type: string, stackName: string, aws: Aws = {}): Promise<number> {
  const { StackResources = [] } = await new CloudFormationClient(aws).send(
    new DescribeStackResourcesCommand({ StackName: stackName }),
  );
  return StackResources.filter(
    ({ ResourceStatus, ResourceType }) => ResourceType === type && /_COMPLETE$/.test(ResourceStatus!),
  ).length;
}

/** The actions that a role may take, each with its ARNs. */
export async function rightsOf(roleName: string, aws: Aws = {}): Promise<string[]> {
  const client = new IAMClient(aws);
  const { PolicyNames = [] } = await client.send(new ListRolePoliciesCommand({ RoleName: roleName }));
  const documents = await Promise.all(
    PolicyNames.map((PolicyName) => client.send(new GetRolePolicyCommand({ RoleName: roleName, PolicyName }))),
  );
  type Statement = Readonly<Record<'Action' | 'Resource', string | string[]>>;
  const statements = documents.flatMap(
    ({ PolicyDocument = '' }) =>
      (JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: Statement[] }).Statement,
  );
  return statements.flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((arn) => `${action} ${arn}`)),
  );
}

/** What a producer of the topic needs, with the right ARNs. */
export const producing = (clusterArn: string): string[] => [
  `kafka-cluster:Connect ${clusterArn}`,
  `kafka-cluster:WriteData ${clusterArn.replace(':cluster/', ':topic/')}/orders`,
];
