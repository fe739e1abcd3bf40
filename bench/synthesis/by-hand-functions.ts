import path from 'node:path';
import { type CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnFunction, type CfnFunctionProps } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { ByHandCluster } from './by-hand-cluster';
import { SUBNET_IDS } from './network';

export interface Functions {
  readonly framework: CfnFunction;
  readonly worker: CfnFunction;
  readonly neededByTopics: readonly CfnResource[];
}

type Place = ByHandCluster & { readonly vpcId: string };

const folderOf = (packageName: string) => path.dirname(require.resolve(`${packageName}/package.json`));
export const CODE = {
  Dispatcher: path.join(folderOf('cdk-msk'), 'assets', 'dispatcher'),
  Worker: path.join(folderOf('cdk-msk'), 'assets', 'worker'),
  Framework: path.join(folderOf('aws-cdk-lib'), 'custom-resources/lib/provider-framework/runtime'),
};
export const IAM_PORT = 9098;

export function defineFunctions(stack: Stack, made: Place): Functions {
  const logGroup = new CfnLogGroup(stack, 'FunctionLogs', { retentionInDays: 30 }).ref;
  const dispatcher = defineFunction(stack, 'Dispatcher', { logGroup, timeout: 780 });
  allow(stack, dispatcher, 'DispatcherPolicy', {
    'cloudformation:DescribeStacks': stack.stackId,
    'ec2:DescribeSubnets': '*',
  });
  const framework = defineFunction(stack, 'Framework', { logGroup, timeout: 900, handler: 'framework.onEvent' });
  allow(stack, framework, 'FrameworkPolicy', { 'lambda:InvokeFunction': dispatcher.made.attrArn });
  const { ref: functionName } = framework.made;
  new CfnEventInvokeConfig(stack, 'InvokeConfig', { functionName, qualifier: '$LATEST', maximumRetryAttempts: 0 });
  return { framework: framework.made, ...defineWorker(stack, made, { dispatcher, logGroup }) };
}

interface Around {
  readonly dispatcher: FunctionWithRole;
  readonly logGroup: string;
}

function defineWorker(
  stack: Stack,
  { cluster, securityGroup, vpcId }: Place,
  { dispatcher, logGroup }: Around,
): Omit<Functions, 'framework'> {
  const own = new CfnSecurityGroup(stack, 'WorkerSecurityGroup', { groupDescription: 'Worker', vpcId });
  const rule = { fromPort: IAM_PORT, toPort: IAM_PORT, ipProtocol: 'tcp' };
  const ingress = new CfnSecurityGroupIngress(stack, 'Ingress', {
    ...rule,
    groupId: securityGroup.attrGroupId,
    sourceSecurityGroupId: own.attrGroupId,
  });
  const egress = new CfnSecurityGroupEgress(stack, 'Egress', {
    ...rule,
    groupId: own.attrGroupId,
    destinationSecurityGroupId: securityGroup.attrGroupId,
  });
  const vpcConfig = { securityGroupIds: [own.attrGroupId], subnetIds: SUBNET_IDS };
  const worker = defineFunction(stack, 'Worker', { logGroup, timeout: 720, vpcConfig });
  const [before, after] = [0, 1].map((part) => Fn.select(part, Fn.split(':cluster/', cluster.attrArn)));
  const policy = allow(stack, worker, 'WorkerPolicy', {
    'kafka-cluster:Connect': cluster.attrArn,
    'kafka-cluster:*Topic*': `${before}:topic/${after}/*`,
  });
  allow(stack, dispatcher, 'DispatchPolicy', {
    'lambda:InvokeFunction': worker.made.attrArn,
    'kafka:GetBootstrapBrokers': cluster.attrArn,
  });
  return { worker: worker.made, neededByTopics: [policy, ingress, egress] };
}

interface FunctionWithRole {
  readonly made: CfnFunction;
  readonly role: CfnRole;
}

function defineFunction(
  stack: Stack,
  id: keyof typeof CODE,
  { logGroup, ...props }: Partial<CfnFunctionProps> & { readonly logGroup: string },
): FunctionWithRole {
  const asset = new Asset(stack, `${id}Code`, { path: CODE[id] });
  const role = new CfnRole(stack, `${id}Role`, {
    assumeRolePolicyDocument: document('Principal', { 'sts:AssumeRole': { Service: 'lambda.amazonaws.com' } }),
    managedPolicyArns: [`arn:${stack.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`],
  });
  const made = new CfnFunction(stack, id, {
    code: { s3Bucket: asset.s3BucketName, s3Key: asset.s3ObjectKey },
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    memorySize: 256,
    role: role.attrArn,
    loggingConfig: { logGroup },
    ...props,
  });
  return { made, role };
}

function allow(stack: Stack, { role }: FunctionWithRole, id: string, actions: Record<string, string>): CfnPolicy {
  return new CfnPolicy(stack, id, {
    policyName: id,
    policyDocument: document('Resource', actions),
    roles: [role.ref],
  });
}

/** One statement per action, for the resource next to it. */
function document(key: 'Principal' | 'Resource', actions: Record<string, unknown>): object {
  const statement = Object.entries(actions).map(([action, on]) => ({ Effect: 'Allow', Action: action, [key]: on }));
  return { Version: '2012-10-17', Statement: statement };
}
