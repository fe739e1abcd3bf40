import { type Duration, type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { caution, type Finding, problem } from '../model/finding';
import { isKnown } from '../internal/validation';
import { connectivityOf, traitsOf } from '../internal/cluster-traits';

/** How Firehose comes to the brokers, always by IAM. */
export enum FirehoseConnectivity {
  /** By a managed VPC connection. The cluster needs multi-VPC connectivity with IAM, and a policy that lets Firehose make one. */
  PRIVATE = 'PRIVATE',
  /** By the internet. The cluster needs public access; a Serverless cluster has none. */
  PUBLIC = 'PUBLIC',
}

/** What cannot work, as far as the cluster is known. */
export function connectivityFindings(cluster: msk.IClusterRef, connectivity: FirehoseConnectivity): Finding[] {
  const { access, instanceType, kind } = traitsOf(cluster);
  const found: Finding[] = [];
  if (access?.methods.includes('iam') === false)
    found.push(
      problem('FirehoseNeedsIam', "Firehose comes by IAM, which the cluster does not take; add it to 'authentication'"),
    );
  if (connectivity === FirehoseConnectivity.PUBLIC && kind === 'serverless')
    found.push(
      problem('FirehosePublicServerless', "'connectivity' must be PRIVATE with a Serverless cluster, got PUBLIC"),
    );
  if (connectivity === FirehoseConnectivity.PRIVATE && instanceType === 'kafka.t3.small')
    found.push(
      problem(
        'FirehosePrivateOnT3',
        "'connectivity' PRIVATE needs multi-VPC connectivity, which brokers of type kafka.t3.small do not have; take a " +
          'larger type, or PUBLIC',
      ),
    );
  return found;
}

/** What the cluster still lacks for Firehose, as far as this app shows; read when the template is written. */
export function openFindings(
  scope: IConstruct,
  cluster: msk.IClusterRef,
  connectivity: FirehoseConnectivity,
): Finding[] {
  const { publicAccess, vpcConnectivity } = connectivityOf(cluster);
  if (connectivity === FirehoseConnectivity.PUBLIC) {
    if (publicAccess?.type === 'SERVICE_PROVIDED_EIPS') return [];
    const message =
      'Firehose comes by the internet, and the cluster needs public access before the delivery stream is made; it can be ' +
      'turned on once the cluster is up';
    return [caution('FirehoseNeedsPublicAccess', message)];
  }
  const isOn = vpcConnectivity?.clientAuthentication?.sasl?.iam?.enabled === true;
  const missing = [
    ...(isOn || traitsOf(cluster).kind === 'serverless'
      ? []
      : ['multi-VPC connectivity with IAM, which can be turned on once it is up and takes up to 75 minutes']),
    ...(hasPolicy(scope) ? [] : ["'clusterPolicyStatement' of the delivery in its policy (AWS::MSK::ClusterPolicy)"]),
  ];
  if (missing.length === 0) return [];
  const message = `Before the delivery stream is made, the cluster needs ${missing.join(', and ')}`;
  return [caution('FirehoseNeedsPrivateConnectivity', message)];
}

function hasPolicy(scope: IConstruct): boolean {
  const policies = scope.node.root.node.findAll().filter((node) => node instanceof msk.CfnClusterPolicy);
  return policies.some(({ policy, stack }) =>
    JSON.stringify(stack.resolve(policy))?.includes('kafka:CreateVpcConnection'),
  );
}

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html */
const BUFFER = { mebibytes: { from: 1, to: 128 }, seconds: { from: 0, to: 900 } };

/** Where and how objects are written. */
export interface JudgedDestination {
  readonly prefix?: string;
  readonly errorPrefix?: string;
  readonly bufferingSize?: Size;
  readonly bufferingInterval?: Duration;
}

export function destinationFindings(props: JudgedDestination): Finding[] {
  return [...sizeFindings(props), ...intervalFindings(props), ...prefixFindings(props)];
}

function sizeFindings({ bufferingSize }: JudgedDestination): Finding[] {
  const { from, to } = BUFFER.mebibytes;
  if (!bufferingSize || bufferingSize.isUnresolved()) return [];
  const mebibytes = bufferingSize.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (Number.isInteger(mebibytes) && mebibytes >= from && mebibytes <= to) return [];
  const message = `'bufferingSize' must be whole mebibytes from ${from} to ${to}, got ${mebibytes}`;
  return [problem('FirehoseBufferingSize', message)];
}

function intervalFindings({ bufferingInterval }: JudgedDestination): Finding[] {
  const { from, to } = BUFFER.seconds;
  if (!bufferingInterval || bufferingInterval.isUnresolved()) return [];
  const seconds = bufferingInterval.toMilliseconds() / 1000;
  if (Number.isInteger(seconds) && seconds >= from && seconds <= to) return [];
  const message = `'bufferingInterval' must be whole seconds from ${from} to ${to}, got ${seconds}`;
  return [problem('FirehoseBufferingInterval', message)];
}

/** @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html */
function prefixFindings({ errorPrefix, prefix }: JudgedDestination): Finding[] {
  const found: Finding[] = [];
  const isExpression = (text?: string) => isKnown(text) && text!.includes('!{');
  if (isExpression(prefix) && prefix!.includes('!{firehose:error-output-type}'))
    found.push(
      problem('FirehosePrefix', "'prefix' must not have '!{firehose:error-output-type}'; it is for 'errorPrefix'"),
    );
  const needsType = isExpression(prefix) || isExpression(errorPrefix);
  if (needsType && isKnown(errorPrefix) && !errorPrefix!.includes('!{firehose:error-output-type}')) {
    const message = `'errorPrefix' needs '!{firehose:error-output-type}' where it or 'prefix' has expressions, got '${errorPrefix}'`;
    found.push(problem('FirehoseErrorPrefix', message));
  }
  return found;
}
