import { Fn, Stack } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { type Finding, finding } from '../model/finding';
import type { ClusterKind, TopicSpec } from '../model/wire/topic';
import { isKnown } from '../internal/validation';
import { ConfigDrift, OnExisting, OnPartitionDecrease, OnUnreachable } from './topic-behavior';
import type { TopicOptions } from './topic';

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html */
const FIRST_VERSION = [3, 6];

/** What MSK's API does not offer, by the values of an option that ask for no more than it does. */
const ENOUGH: ReadonlyMap<keyof TopicOptions, unknown> = new Map<keyof TopicOptions, unknown>([
  ['onExisting', OnExisting.FAIL],
  ['configDrift', ConfigDrift.DECLARED],
  ['onPartitionDecrease', OnPartitionDecrease.FAIL],
  ['onUnreachable', OnUnreachable.FAIL],
  ['allowDataLoss', false],
  ['reconcileToken', undefined],
  ['permissionGracePeriod', undefined],
]);

/** The cluster as far as MSK's API minds it. */
interface NativePlace {
  readonly kind: ClusterKind;
  readonly kafkaVersion?: string;
}

/**
 * The topic as CloudFormation's own resource. Its ID differs from that of the custom resource, so that neither takes the
 * other's place in an update.
 */
export function defineNativeTopic(scope: Construct, clusterArn: string, spec: TopicSpec): msk.CfnTopic {
  const { configs, partitionCount, replicationFactor, topicName } = spec;
  return new msk.CfnTopic(scope, 'MskApi', {
    clusterArn,
    topicName,
    partitionCount,
    replicationFactor,
    configs: encode(scope, configs),
  });
}

/** Also without any: an empty map takes away the last one that was set. */
function encode(scope: Construct, configs: TopicSpec['configs']): string {
  const areKnown = Object.entries(configs).flat().every(isKnown);
  if (!areKnown) return Fn.base64(Stack.of(scope).toJsonString(configs));
  return Buffer.from(JSON.stringify(configs)).toString('base64');
}

/** What is asked of the topic and cannot be had from MSK's API. */
export function nativeFindings(options: TopicOptions, { kafkaVersion, kind }: NativePlace): Finding[] {
  const beyond = [...ENOUGH].filter(([option, enough]) => ![undefined, enough].includes(options[option] as undefined));
  const found = beyond.map(([option]) =>
    finding('MskApiOption', `'${option}' is not supported by the MSK API; remove it, or use TopicBackend.dataPlane()`),
  );
  return [...found, ...kindFindings(kind), ...versionFindings(kafkaVersion)];
}

function kindFindings(kind: ClusterKind): Finding[] {
  if (kind !== 'serverless') return [];
  const message = 'the MSK API cannot create topics on a Serverless cluster; use TopicBackend.dataPlane()';
  return [finding('MskApiServerless', message)];
}

function versionFindings(kafkaVersion?: string): Finding[] {
  if (kafkaVersion === undefined || !isKnown(kafkaVersion)) return [];
  const [major, minor] = kafkaVersion.split('.').map(Number);
  const [firstMajor, firstMinor] = FIRST_VERSION;
  if (major > firstMajor || (major === firstMajor && minor >= firstMinor)) return [];
  const message = `the MSK API requires Kafka ${FIRST_VERSION.join('.')} or later to create topics, but the cluster has ${kafkaVersion}; use TopicBackend.dataPlane()`;
  return [finding('MskApiKafkaVersion', message)];
}
