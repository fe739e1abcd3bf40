import { type Duration, type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { type Finding, finding } from '../model/finding';
import { isKnown, known } from '../internal/validation';
import { connectivityOf, traitsOf } from '../internal/cluster-traits';

/** How Firehose connects to the brokers. It always authenticates with IAM. */
export enum FirehoseConnectivity {
  /**
   * Connects through a managed VPC connection. The cluster needs multi-VPC connectivity with IAM, and a cluster policy
   * that allows Firehose to create the connection.
   */
  PRIVATE = 'PRIVATE',
  /** Connects through the internet. The cluster needs public access, which Serverless clusters do not support. */
  PUBLIC = 'PUBLIC',
}

/** Connectivity that the cluster cannot support, as far as its traits are known. */
export function connectivityFindings(cluster: msk.IClusterRef, connectivity: FirehoseConnectivity): Finding[] {
  const { access, instanceType, kind } = traitsOf(cluster);
  const found: Finding[] = [];
  if (access?.methods.includes('iam') === false)
    found.push(
      finding(
        'FirehoseNeedsIam',
        "Firehose authenticates with IAM, which the cluster does not have enabled; add it to the cluster's 'authentication'",
      ),
    );
  if (connectivity === FirehoseConnectivity.PUBLIC && kind === 'serverless')
    found.push(
      finding('FirehosePublicServerless', "'connectivity' must be PRIVATE for a Serverless cluster, got PUBLIC"),
    );
  if (connectivity === FirehoseConnectivity.PRIVATE && instanceType === 'kafka.t3.small')
    found.push(
      finding(
        'FirehosePrivateOnT3',
        "'connectivity' PRIVATE requires multi-VPC connectivity, which kafka.t3.small brokers do not support; use a " +
          'larger instance type, or PUBLIC',
      ),
    );
  return found;
}

/**
 * What must still be set on the cluster before Firehose can connect, as far as this app defines it. Call it when the
 * template is written, since escape hatches can set it until then.
 */
export function clusterSetupFindings(
  scope: IConstruct,
  cluster: msk.IClusterRef,
  connectivity: FirehoseConnectivity,
): Finding[] {
  const { PublicAccess, VpcConnectivity } = connectivityOf(cluster);
  if (connectivity === FirehoseConnectivity.PUBLIC) {
    if (PublicAccess?.Type === 'SERVICE_PROVIDED_EIPS') return [];
    const message =
      'Firehose connects over the internet, so the cluster needs public access before the delivery stream is created; ' +
      'enable it once the cluster is active';
    return [finding('FirehoseNeedsPublicAccess', message)];
  }
  const isOn = VpcConnectivity?.ClientAuthentication?.Sasl?.Iam?.Enabled === true;
  const missing = [
    ...(isOn || traitsOf(cluster).kind === 'serverless'
      ? []
      : [
          'multi-VPC connectivity with IAM, which can be enabled once the cluster is active and takes up to 75 minutes',
        ]),
    ...(hasPolicy(scope)
      ? []
      : ["the delivery's 'clusterPolicyStatement' in its cluster policy (AWS::MSK::ClusterPolicy)"]),
  ];
  if (missing.length === 0) return [];
  const message = `Before the delivery stream is created, the cluster needs ${missing.join(', and ')}`;
  return [finding('FirehoseNeedsPrivateConnectivity', message)];
}

function hasPolicy(scope: IConstruct): boolean {
  const policies = scope.node.root.node.findAll().filter((node) => node instanceof msk.CfnClusterPolicy);
  return policies.some(({ policy, stack }) =>
    JSON.stringify(stack.resolve(policy))?.includes('kafka:CreateVpcConnection'),
  );
}

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html */
const BUFFER = { mebibytes: { from: 1, to: 128 }, seconds: { from: 0, to: 900 } };

/** The settings of a destination that have rules. */
export interface DestinationSettings {
  readonly prefix?: string;
  readonly errorPrefix?: string;
  readonly bufferingSize?: Size;
  readonly bufferingInterval?: Duration;
}

export function destinationFindings(props: DestinationSettings): Finding[] {
  return [...sizeFindings(props), ...intervalFindings(props), ...prefixFindings(props)];
}

function sizeFindings({ bufferingSize }: DestinationSettings): Finding[] {
  const { from, to } = BUFFER.mebibytes;
  if (!bufferingSize || bufferingSize.isUnresolved()) return [];
  const mebibytes = bufferingSize.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (Number.isInteger(mebibytes) && mebibytes >= from && mebibytes <= to) return [];
  const message = `'bufferingSize' must be a whole number of mebibytes from ${from} to ${to}, got ${mebibytes}`;
  return [finding('FirehoseBufferingSize', message)];
}

function intervalFindings({ bufferingInterval }: DestinationSettings): Finding[] {
  const { from, to } = BUFFER.seconds;
  if (!bufferingInterval || bufferingInterval.isUnresolved()) return [];
  const seconds = bufferingInterval.toMilliseconds() / 1000;
  if (Number.isInteger(seconds) && seconds >= from && seconds <= to) return [];
  const message = `'bufferingInterval' must be a whole number of seconds from ${from} to ${to}, got ${seconds}`;
  return [finding('FirehoseBufferingInterval', message)];
}

const EXPRESSION = /^!\{(timestamp|firehose|partitionKeyFromQuery|partitionKeyFromLambda):[^{}]+\}/;

/** @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html */
function expressionFindings(prefixes: Readonly<Record<string, string | undefined>>): Finding[] {
  return Object.entries(known(prefixes)).flatMap(([property, text]) =>
    [...(text ?? '').matchAll(/!\{/g)]
      .map(({ index }) => (text ?? '').slice(index))
      .filter((rest) => !EXPRESSION.test(rest))
      .map((rest) => {
        const message = `'${property}' must have only expressions of Firehose, such as '!{timestamp:yyyy/MM/dd}', got '${rest.slice(0, 40)}'`;
        return finding('FirehoseExpression', message);
      }),
  );
}

/** @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html */
function prefixFindings({ errorPrefix, prefix }: DestinationSettings): Finding[] {
  const found: Finding[] = [];
  const isExpression = (text?: string) => isKnown(text) && text!.includes('!{');
  if (isExpression(prefix) && prefix!.includes('!{firehose:error-output-type}'))
    found.push(
      finding(
        'FirehosePrefix',
        "'prefix' must not contain '!{firehose:error-output-type}', which is only valid in 'errorPrefix'",
      ),
    );
  found.push(...expressionFindings({ prefix, errorPrefix }));
  const needsType = isExpression(prefix) || isExpression(errorPrefix);
  if (needsType && isKnown(errorPrefix) && !errorPrefix!.includes('!{firehose:error-output-type}')) {
    const message = `'errorPrefix' must contain '!{firehose:error-output-type}' if it or 'prefix' contains expressions, got '${errorPrefix}'`;
    found.push(finding('FirehoseErrorPrefix', message));
  }
  return found;
}
