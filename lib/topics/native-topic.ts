import { Fn, Stack } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { isFrom } from '../model/fact-lookups';
import { type Finding, finding } from '../model/finding';
import { type ClusterKind, TOPIC_DEFAULTS, type TopicSpec } from '../model/wire/topic';
import { renderedProperties } from '../internal/rendered';
import { isKnown, known, knownText, refuseWhenWritten } from '../internal/validation';
import { numberAt, textAt } from '../model/rules/template-values';
import { topicFindings } from '../model/rules/topics';
import type { TopicOptions } from './topic-options';

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html */
const FIRST_VERSION = '3.6';

/** Whether the MSK API supports an option, or only its default, which is how MSK behaves anyway. A new option needs a row. */
const SUPPORT: { readonly [K in keyof Required<TopicOptions>]: 'supported' | 'defaultOnly' } = {
  topicName: 'supported',
  partitionCount: 'supported',
  replicationFactor: 'supported',
  configs: 'supported',
  removalPolicy: 'supported',
  backend: 'supported',
  onExisting: 'defaultOnly',
  configDrift: 'defaultOnly',
  onPartitionDecrease: 'defaultOnly',
  onUnreachable: 'defaultOnly',
  allowDataLoss: 'defaultOnly',
  reconcileToken: 'defaultOnly',
  permissionGracePeriod: 'defaultOnly',
};
const DEFAULTS: Readonly<Record<string, unknown>> = TOPIC_DEFAULTS;

/** The traits of a cluster that decide whether the MSK API can manage its topics. */
interface NativePlace {
  readonly kind: ClusterKind;
  readonly kafkaVersion?: string;
}

/**
 * Defines the topic as CloudFormation's own resource. Its ID differs from the ID of the custom resource, so that an update never
 * replaces one with the other.
 */
export function defineNativeTopic(
  scope: Construct,
  clusterArn: string,
  spec: TopicSpec,
  place: NativePlace & { readonly reported: readonly Finding[] },
): msk.CfnTopic {
  const { configs, partitionCount, replicationFactor, topicName } = spec;
  const resource = new msk.CfnTopic(scope, 'MskApi', {
    clusterArn,
    topicName,
    partitionCount,
    replicationFactor,
    configs: encode(scope, configs),
  });
  refuseWhenWritten(scope, () => renderedFindings(resource, place), place.reported);
  return resource;
}

/** An empty map is rendered too, since it resets the last config that was set. */
function encode(scope: Construct, configs: TopicSpec['configs']): string {
  const areKnown = Object.entries(configs).flat().every(isKnown);
  if (!areKnown) return Fn.base64(Stack.of(scope).toJsonString(configs));
  return Buffer.from(JSON.stringify(configs)).toString('base64');
}

/**
 * The findings about the topic as it is written to the template, since an escape hatch may have changed it. The function that manages
 * topics checks them at deployment; MSK's API has no such rules.
 */
function renderedFindings(resource: msk.CfnTopic, { kafkaVersion, kind }: NativePlace): Finding[] {
  const rendered = renderedProperties(resource);
  const topic = {
    topicName: textAt(rendered, 'TopicName'),
    partitionCount: numberAt(rendered, 'PartitionCount'),
    replicationFactor: numberAt(rendered, 'ReplicationFactor'),
    configs: decoded(textAt(rendered, 'Configs')),
  };
  return topicFindings(known(topic), kind, knownText(kafkaVersion));
}

/** The configs in their encoding, or undefined if they are something else. */
function decoded(configs?: string): Record<string, string> | undefined {
  try {
    return JSON.parse(Buffer.from(configs ?? '', 'base64').toString()) as Record<string, string>;
  } catch {
    return undefined;
  }
}

/** Findings about what the MSK API does not support. */
export function nativeFindings(options: TopicOptions, { kafkaVersion, kind }: NativePlace): Finding[] {
  const names = Object.keys(SUPPORT) as (keyof TopicOptions)[];
  const unsupported = names.filter(
    (name) => SUPPORT[name] === 'defaultOnly' && ![undefined, DEFAULTS[name]].includes(options[name]),
  );
  const found = unsupported.map((option) =>
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
  if (isFrom(FIRST_VERSION, kafkaVersion)) return [];
  const message = `the MSK API requires Kafka ${FIRST_VERSION} or later to create topics, but the cluster has ${kafkaVersion}; use TopicBackend.dataPlane()`;
  return [finding('MskApiKafkaVersion', message)];
}
