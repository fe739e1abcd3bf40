import { createHash } from 'node:crypto';
import { Aspects, Names, Tags } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { grantActions } from '../access/apply-grant';
import { ownPolicy } from '../access/own-policy';
import { acknowledgePollers } from '../internal/acknowledge';
import { Carried } from '../internal/carried';
import { shortAddress } from '../internal/names';
import facts from '../model/facts/iam.json';
import { type Finding, finding } from '../model/finding';
import { endpointsOf, LISTENERS, namesOf } from '../model/listeners';
import { immutableFindings } from '../network/security-group-rules';
import { elsewhereFindings } from '../internal/environment';
import { isToken, refuse, refused } from '../internal/validation';
import { type ClusterTraits, traitsOf } from '../internal/cluster-traits';
import type { ITopic } from '../topics/topic-options';
import { ClientCredentials } from '../access/client-credentials';
import { secretInPolicies, secretToLookUp } from '../access/secret-reference';
import type { TopicEventSourceProps } from './event-source-props';
import { judgeRenderedMapping, settingFindings } from './event-source-settings';
import { missingEndpointFindings, Pollers } from './pollers';
import { checked } from '../internal/signatures/checked';

/** The topic of an event source mapping. */
const MAPPED = new Carried<ITopic>('EventSourceTopic');

/**
 * Invokes a Lambda function with the records of a topic: `fn.addEventSource(new TopicEventSource(topic))`. It adds the
 * IAM permissions, the security group rules between pollers and brokers, and the resource dependencies: the event
 * source mapping is created after the topic, the permissions and the rules.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
@checked('TopicEventSource')
export class TopicEventSource implements lambda.IEventSource {
  private readonly authentication: ClientCredentials;

  public constructor(
    private readonly topic: ITopic,
    private readonly props: TopicEventSourceProps = {},
  ) {
    this.authentication = props.authentication ?? ClientCredentials.iam();
  }

  /** Binds the topic to a function. The CDK calls this from `fn.addEventSource`. */
  public bind(target: lambda.IFunction): void {
    const { cluster, topicName } = this.topic;
    const traits = traitsOf(cluster);
    const { network } = traits;
    const groups = this.props.clusterSecurityGroups ?? network?.securityGroups;
    if (!groups) throw refused(target, WITHOUT_NETWORK);
    const group = this.props.consumerGroup ?? uniqueGroup(target, topicName);
    const reading = { what: 'a function that reads it', property: 'topic', acrossAccounts: true };
    const placeFindings = elsewhereFindings(target, cluster, reading);
    const findings = settingFindings(target, this.topic, { ...this.props, consumerGroup: group });
    refuse(target, [...placeFindings, ...findings, ...this.listenerFindings(traits)]);
    const mapping = target.addEventSourceMapping(this.mappingId(target, group), this.mapping(group));
    MAPPED.set(mapping, this.topic);
    judgeRenderedMapping(mapping, target, findings);
    for (const [key, value] of Object.entries(this.props.tags ?? {})) Tags.of(mapping).add(key, value);
    this.allow(target, group).applyBefore(mapping);
    mapping.node.addDependency(this.topic);
    if (this.props.addSecurityGroupRules ?? true) this.openPorts(mapping, groups);
    if (network && !this.props.provisionedPollers)
      Aspects.of(mapping).add({
        visit: (node: IConstruct) =>
          node === mapping && refuse(mapping, missingEndpointFindings(mapping, network, this.calledServices)),
      });
  }

  /** The topic of another cluster, or another topic whose name is a token, has the address of its construct in the ID. */
  private mappingId(target: lambda.IFunction, group: string): string {
    const { topic } = this;
    const first = `Topic${mappingHash(topic.topicName, group)}`;
    const others = target.node.children.filter(({ node }) => node.id.startsWith(first));
    if (others.length === 0) return first;
    if (!others.some((one) => isSameTopic(MAPPED.of(one), topic))) return `${first}${shortAddress(topic)}`;
    const message =
      `the function reads the topic '${topic.node.path}' as this consumer group already; remove one of the event sources, or set ` +
      "another 'consumerGroup'";
    throw refused(target, finding('EventSourceTwice', message));
  }

  private openPorts(mapping: lambda.EventSourceMapping, groups: ec2.ISecurityGroup[]): void {
    const authentication = this.authentication._kind;
    const callServices = this.props.provisionedPollers === undefined;
    const ports = endpointsOf(authentication).map(({ port }) => port);
    const services = callServices ? ', and outbound TCP on port 443' : '';
    const rules = `inbound and outbound TCP from and to itself on port ${ports.join(' and ')}${services}, for Lambda's pollers`;
    refuse(mapping, immutableFindings(groups, rules));
    const pollers = Pollers.of(mapping, this.topic.cluster);
    mapping.node.addDependency(pollers.allow({ authentication, callServices, groups }));
  }

  /** The AWS services that on-demand pollers call from the cluster's subnets. */
  private get calledServices(): string[] {
    return ['lambda', 'sts', ...(this.authentication._secret ? ['secretsmanager'] : [])];
  }

  private mapping(group: string): lambda.EventSourceMappingOptions {
    const { props, topic } = this;
    const { deadLetterTopic } = props;
    const { _kind: kind, _secret: secret } = this.authentication;
    return {
      eventSourceArn: topic.cluster.clusterRef.clusterArn,
      kafkaTopic: topic.topicName,
      kafkaConsumerGroupId: group,
      startingPosition: props.startingPosition ?? lambda.StartingPosition.TRIM_HORIZON,
      startingPositionTimestamp: props.startingPositionTimestamp,
      batchSize: props.batchSize,
      retryAttempts: props.retryAttempts,
      maxRecordAge: props.maxRecordAge,
      bisectBatchOnError: props.bisectBatchOnError,
      reportBatchItemFailures: props.reportBatchItemFailures,
      maxBatchingWindow: props.maxBatchingWindow,
      enabled: props.enabled,
      filters: props.filters,
      filterEncryption: props.filterEncryption,
      onFailure: deadLetterTopic
        ? { bind: () => ({ destination: `kafka://${deadLetterTopic.topicName}` }) }
        : props.onFailure,
      supportS3OnFailureDestination: true,
      sourceAccessConfigurations: secret && [
        { type: SECRET_TYPES[kind as 'scram' | 'tls'], uri: secretToLookUp(secret) },
      ],
      provisionedPollerConfig: props.provisionedPollers,
      schemaRegistryConfig: props.schemaRegistry,
      metricsConfig: props.metricsConfig,
      logLevel: props.logLevel,
    };
  }

  /** Pollers use the function's role. */
  private allow(target: lambda.IFunction, group: string): iam.Grant {
    const { cluster, grants } = this.topic;
    const { clusterArn } = cluster.clusterRef;
    const { lambdaEsmControlPlane } = facts.consumers;
    const actions = (service: string) => lambdaEsmControlPlane.filter((action) => action.startsWith(`${service}:`));
    const pollers = ownPolicy(target, 'KafkaPollersPolicy', target);
    acknowledgePollers(pollers.scope);
    const isIam = this.authentication._kind === 'iam';
    const read = isIam ? [grants.consume(target, group)] : this.allowSecret(target);
    const controlPlane = [
      grantActions(target, actions('kafka'), clusterArn),
      grantActions(pollers, actions('ec2'), '*'),
    ];
    const { deadLetterTopic } = this.props;
    const write = isIam && deadLetterTopic ? [deadLetterTopic.grants.produce(target)] : [];
    return [...read, ...controlPlane, ...write].reduce((all, one) => all.combine(one));
  }

  /** `secret.grantRead` would allow one action more than pollers need. */
  private allowSecret(target: lambda.IFunction): iam.Grant[] {
    const { _kind: kind, _secret: secret } = this.authentication;
    if (!secret) return [];
    const { encryptionKey } = secret;
    const [list, read, decrypt] = facts.consumers.lambdaEsmScram;
    const { clusterArn } = this.topic.cluster.clusterRef;
    return [
      grantActions(target, [read], secretInPolicies(secret)),
      ...(kind === 'scram' ? [grantActions(target, [list], clusterArn)] : []),
      ...(encryptionKey ? [grantActions(target, [decrypt], encryptionKey.keyArn)] : []),
    ];
  }

  private listenerFindings({ access }: ClusterTraits): Finding[] {
    const method = this.authentication._kind;
    if (access === undefined || access.methods.includes(method)) return [];
    const message = `'authentication' is ${LISTENERS[method].name}, which the cluster does not have enabled; it has ${namesOf(access.methods)}`;
    return [finding('AuthenticationOff', message)];
  }
}

const isSameTopic = (one: ITopic | undefined, other: ITopic) =>
  one?.topicName === other.topicName && one.cluster.clusterRef.clusterArn === other.cluster.clusterRef.clusterArn;

const SECRET_TYPES = {
  scram: lambda.SourceAccessConfigurationType.SASL_SCRAM_512_AUTH,
  tls: lambda.SourceAccessConfigurationType.CLIENT_CERTIFICATE_TLS_AUTH,
};

const WITHOUT_NETWORK = finding(
  'EventSourceWithoutNetwork',
  "the topic's cluster is only a reference, so the security groups that pollers need are unknown; set 'clusterSecurityGroups', " +
    'or use a topic of Cluster.fromClusterAttributes(...)',
);

/** A consumer group for this function alone: functions that share a group each receive only a part of the records. */
function uniqueGroup(target: lambda.IFunction, topicName: string): string {
  const reader = Names.uniqueResourceName(target, { maxLength: 60, separator: '-' });
  return isToken(topicName) ? reader : `${reader}-${topicName}`.slice(0, 200);
}

/** The topic and the group of a mapping cannot change, so its ID differs when one of them does. */
function mappingHash(topicName: string, group: string): string {
  const known = [topicName, group].filter((text) => !isToken(text));
  return createHash('sha256').update(known.join('\n')).digest('hex').slice(0, 8);
}
