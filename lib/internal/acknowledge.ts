import { type CfnElement, Lazy, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isToken } from './validation';

/** Why findings of cdk-nag's AwsSolutions pack on resources of this library are acceptable. */
const REASONS = {
  basicExecution: 'AWSLambdaBasicExecutionRole writes logs, and AWS keeps it up to date.',
  vpcAccess: 'AWSLambdaVPCAccessExecutionRole manages network interfaces, and AWS keeps it up to date.',
  describeNetwork:
    'EC2 describe actions do not support resource-level permissions. They are used to report which network rule is missing.',
  pollers:
    'Lambda creates network interfaces for its pollers with these actions, which do not support resource-level permissions.',
  flink:
    'Flink creates network interfaces in the VPC with these actions, which do not support resource-level permissions.',
  delivery:
    'Firehose chooses the names of its consumer groups, and writes objects whose keys contain dates; nothing else.',
  sourceIsKafka:
    'Server-side encryption of a delivery stream applies to records that are put into it, not to records that it reads from Kafka.',
  ownVersions:
    "The provider framework of aws-cdk-lib may invoke every version of this stack's own handler, and nothing else.",
  allTopics:
    'Covers topics of this one cluster only. CloudFormation updates the policy before it deletes a topic, so with single names the deletion would fail.',
};

/** Acknowledges the managed policies that the CDK attaches to every function, and to every function in a VPC. */
export function acknowledgeManagedPolicies(scope: IConstruct, place: 'outside VPC' | 'in VPC'): void {
  const { partition } = Stack.of(scope);
  // a feature flag decides whether the ARN of a policy contains the partition's name or a reference
  const partitions = ['<AWS::Partition>', ...(isToken(partition) ? [] : [partition])];
  for (const name of partitions) {
    const prefix = `arn:${name}:iam::aws:policy/service-role`;
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

/** Acknowledges the ARN for all topics of a cluster, and returns it. */
export const acknowledgedTopics = (scope: IConstruct, arn: string): string =>
  acknowledgedArn(scope, arn, REASONS.allTopics);

/** Acknowledges an ARN with a wildcard in the policy of a delivery stream, and returns it. */
export const acknowledgedDelivery = (scope: IConstruct, arn: string): string =>
  acknowledgedArn(scope, arn, REASONS.delivery);

/**
 * The ID of the finding contains the text of the ARN, which is known only when the template is written: the ARN of a
 * cluster in another stack changes when references are resolved.
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
 * Validations.acknowledge does not accept an ID with more than one '::', which IDs of single findings have. With the
 * prefix 'Annotation', cdk-nag suppresses the finding on this construct only. Without it, the CDK would drop such
 * findings of the whole app.
 */
function acknowledge({ node }: IConstruct, finding: string, reason: string): void {
  const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
  const id = `Annotation::${finding}`;
  if (node.metadata.some(({ data, type }) => type === key && id in (data as object))) return;
  node.addMetadata(key, { [id]: reason });
}

/** Formats an expression as cdk-nag does in the ID of a finding. */
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
