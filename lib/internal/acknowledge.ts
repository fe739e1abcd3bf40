import { type CfnElement, Lazy, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isToken } from './validation';

/** Why a finding of AwsSolutions (cdk-nag) on what we define inside stays. */
const REASONS = {
  basicExecution: 'AWSLambdaBasicExecutionRole writes logs, and AWS keeps it up to date.',
  vpcAccess: 'AWSLambdaVPCAccessExecutionRole manages network interfaces, and AWS keeps it up to date.',
  describeNetwork: 'EC2 describe actions take no resource; they are read to say which network rule is missing.',
  pollers: 'Lambda makes network interfaces for its pollers with these actions, which take no resource of their own.',
  flink: 'Flink makes network interfaces in the VPC with these actions, which take no resource of their own.',
  delivery:
    'Firehose reads as consumer groups of its own naming, and writes objects by names with dates; nothing else.',
  sourceIsKafka:
    'Encryption by Firehose itself is for records that are put into it; those that it reads from Kafka take none.',
  ownVersions:
    "The provider framework of aws-cdk-lib may invoke every version of this stack's own handler, and nothing else.",
  allTopics:
    'All topics of this one cluster: CloudFormation narrows the policy before it deletes a topic, so single names would make the deletion fail.',
};

/** The managed policies that CDK gives to every function, or to every function in a VPC. */
export function acknowledgeManagedPolicies(scope: IConstruct, place: 'outside VPC' | 'in VPC'): void {
  const { partition } = Stack.of(scope);
  // a feature flag decides whether the ARN of a policy names the partition or refers to it
  const partitions = ['<AWS::Partition>', ...(isToken(partition) ? [] : [partition])];
  for (const one of partitions) {
    const prefix = `arn:${one}:iam::aws:policy/service-role`;
    acknowledge(scope, `AwsSolutions-IAM4[Policy::${prefix}/AWSLambdaBasicExecutionRole]`, REASONS.basicExecution);
    if (place === 'outside VPC') continue;
    acknowledge(scope, `AwsSolutions-IAM4[Policy::${prefix}/AWSLambdaVPCAccessExecutionRole]`, REASONS.vpcAccess);
  }
}

export function acknowledgeDescribeNetwork(scope: IConstruct): void {
  acknowledge(scope, 'AwsSolutions-IAM5[Resource::*]', REASONS.describeNetwork);
}

export function acknowledgePollers(scope: IConstruct): void {
  acknowledge(scope, 'AwsSolutions-IAM5[Resource::*]', REASONS.pollers);
}

export function acknowledgeFlink(scope: IConstruct): void {
  acknowledge(scope, 'AwsSolutions-IAM5[Resource::*]', REASONS.flink);
}

export function acknowledgeDeliveryStream(scope: IConstruct): void {
  acknowledge(scope, 'AwsSolutions-KDF1', REASONS.sourceIsKafka);
}

export function acknowledgeOwnVersions(scope: IConstruct, handler: CfnElement): void {
  const logicalId = Stack.of(scope).getLogicalId(handler);
  acknowledge(scope, `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>:*]`, REASONS.ownVersions);
}

/** The ARN for all topics of a cluster, acknowledged. */
export const acknowledgedTopics = (scope: IConstruct, arn: string): string =>
  acknowledgedArn(scope, arn, REASONS.allTopics);

/** An ARN with a wildcard in the policy of a delivery stream, acknowledged. */
export const acknowledgedDelivery = (scope: IConstruct, arn: string): string =>
  acknowledgedArn(scope, arn, REASONS.delivery);

/**
 * The finding is named by the text of the ARN, which is known only when the template is written: a cluster of another stack
 * is one text before and another one after references are resolved.
 */
function acknowledgedArn(scope: IConstruct, arn: string, reason: string): string {
  return Lazy.uncachedString({
    produce: (context) => {
      acknowledge(scope, `AwsSolutions-IAM5[Resource::${flatten(context.resolve(arn))}]`, reason);
      return arn;
    },
  });
}

/**
 * Not by Validations.acknowledge: it takes no ID with more than one '::', and IDs of single findings have them. With this
 * prefix cdk-nag passes over the finding on this construct; without it, CDK would drop the like findings of the whole app.
 */
function acknowledge({ node }: IConstruct, finding: string, reason: string): void {
  const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
  const id = `Annotation::${finding}`;
  if (node.metadata.some(({ data, type }) => type === key && id in (data as object))) return;
  node.addMetadata(key, { [id]: reason });
}

/** An expression as cdk-nag writes it in the ID of a finding. */
function flatten(expression: unknown): string {
  if (typeof expression === 'string') return expression;
  const [[intrinsic, value]] = Object.entries(expression as Record<string, unknown>);
  if (intrinsic === 'Ref') return `<${flatten(value)}>`;
  if (intrinsic === 'Fn::GetAtt') return `<${(value as unknown[]).map(flatten).join('.')}>`;
  if (intrinsic === 'Fn::ImportValue') return flatten(value);
  if (intrinsic !== 'Fn::Join') return JSON.stringify(expression);
  const [delimiter, items] = value as [string, unknown[]];
  return items.map(flatten).join(delimiter);
}
