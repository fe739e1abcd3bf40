import { createHash } from 'node:crypto';
import { Aspects, Duration, Names, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { giveOn } from '../access/give';
import { acknowledgePollers } from '../internal/acknowledge';
import facts from '../model/facts/iam.json';
import { type Finding, finding } from '../model/finding';
import { AUTHENTICATION_NAMES } from '../model/listeners';
import { isKnown, refuse, refused } from '../internal/validation';
import { type DataPlane, dataPlaneOf } from '../internal/cluster-traits';
import type { ITopic } from '../topics/topic';
import { TopicAuthentication } from '../topics/topic-authentication';
import { Pollers, wayOutFindings } from './pollers';

/** How a function reads a topic. */
export interface TopicEventSourceProps {
  /**
   * The consumer group. Another one is a new mapping, which begins at `startingPosition`.
   *
   * @default - one that no other function and no other topic has
   */
  readonly consumerGroup?: string;

  /**
   * Where a group begins that has read nothing yet. It counts once: to begin elsewhere, take another `consumerGroup`.
   *
   * @default lambda.StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: lambda.StartingPosition;

  /**
   * How many records a call has at most, from 1 to 10,000.
   *
   * @default 100
   */
  readonly batchSize?: number;

  /**
   * How long to gather records before a call.
   *
   * @default - 500 milliseconds
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * Which records the function gets, made by `lambda.FilterCriteria.filter`. The others are passed over.
   *
   * @default - all
   */
  readonly filters?: { [key: string]: string }[];

  /**
   * Where to tell of batches that the function cannot process: a queue, an SNS topic or a bucket.
   *
   * @default - they are tried until they expire
   */
  readonly onFailure?: lambda.IEventSourceDlq;

  /**
   * A topic of the same cluster that gets the records which the function cannot process. Not with `onFailure`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html
   */
  readonly deadLetterTopic?: ITopic;

  /**
   * Pollers that are kept ready, and reach Lambda without a way out of the cluster's subnets.
   *
   * @default - on demand: the cluster's subnets need NAT, or endpoints for Lambda and STS
   */
  readonly provisionedPollers?: lambda.ProvisionedPollerConfig;

  /**
   * A registry that validates and decodes records. Only with `provisionedPollers`.
   *
   * @default - none
   */
  readonly schemaRegistry?: lambda.ISchemaRegistry;

  /**
   * Whether records are read.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * As whom the pollers come to the brokers. With SCRAM and mutual TLS the role may read the secret; what the user may do is
   * said by Kafka's ACLs. The secret of a SCRAM user has to be associated with the cluster.
   *
   * @default TopicAuthentication.iam()
   * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html
   */
  readonly authentication?: TopicAuthentication;

  /**
   * The security groups of the brokers, which the pollers have too.
   *
   * @default - those of the cluster; a bare reference has none
   */
  readonly clusterSecurityGroups?: ec2.ISecurityGroup[];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-configure.html */
const LONGEST_TIMEOUT = Duration.minutes(14);

/**
 * A topic whose records call a function: `fn.addEventSource(new TopicEventSource(topic))`. It brings what the
 * function's role needs on brokers and control plane, the network rules among the pollers and brokers, and the order: the
 * mapping is made after topic, permissions and rules.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export class TopicEventSource implements lambda.IEventSource {
  private readonly authentication: TopicAuthentication;

  public constructor(
    private readonly topic: ITopic,
    private readonly props: TopicEventSourceProps = {},
  ) {
    this.authentication = props.authentication ?? TopicAuthentication.iam();
  }

  /** Called by `fn.addEventSource`. */
  public bind(target: lambda.IFunction): void {
    const { cluster, topicName } = this.topic;
    const plane = dataPlaneOf(cluster);
    const groups = this.props.clusterSecurityGroups ?? plane?.securityGroups;
    if (!groups) throw refused(target, WITHOUT_NETWORK);
    refuse(target, [...this.findings(target), ...this.listenerFindings(plane)]);
    const group = this.props.consumerGroup ?? ownGroup(target, topicName);
    const mapping = target.addEventSourceMapping(`Topic${identity(topicName, group)}`, this.mapping(group));
    this.allow(target, group).applyBefore(mapping);
    mapping.node.addDependency(this.topic, Pollers.of(target, cluster, groups).reach(this.authentication._kind));
    if (plane && !this.props.provisionedPollers)
      Aspects.of(mapping).add({
        visit: (node: IConstruct) => node === mapping && refuse(mapping, wayOutFindings(mapping, plane, this.services)),
      });
  }

  /** What pollers on demand call from the cluster's subnets. */
  private get services(): string[] {
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
      batchSize: props.batchSize,
      maxBatchingWindow: props.maxBatchingWindow,
      enabled: props.enabled,
      filters: props.filters,
      onFailure: deadLetterTopic
        ? { bind: () => ({ destination: `kafka://${deadLetterTopic.topicName}` }) }
        : props.onFailure,
      supportS3OnFailureDestination: true,
      sourceAccessConfigurations: secret && [{ type: SECRET_TYPES[kind as 'scram' | 'tls'], uri: secret.secretArn }],
      provisionedPollerConfig: props.provisionedPollers,
      schemaRegistryConfig: props.schemaRegistry,
    };
  }

  /** The pollers act with the function's role. */
  private allow(target: lambda.IFunction, group: string): iam.Grant {
    const { cluster, grants } = this.topic;
    const { clusterArn } = cluster.clusterRef;
    const of = (service: string) => facts.consumers.lambdaEsmControlPlane.filter((it) => it.startsWith(`${service}:`));
    acknowledgePollers(target);
    const isIam = this.authentication._kind === 'iam';
    const asWhom = isIam ? [grants.consume(target, group)] : this.allowSecret(target);
    const common = [giveOn(target, of('kafka'), clusterArn), giveOn(target, of('ec2'), '*')];
    const { deadLetterTopic } = this.props;
    const write = isIam && deadLetterTopic ? [deadLetterTopic.grants.produce(target)] : [];
    return [...asWhom, ...common, ...write].reduce((all, one) => all.combine(one));
  }

  /** Not by `secret.grantRead`, which gives an action more. */
  private allowSecret(target: lambda.IFunction): iam.Grant[] {
    const { _kind: kind, _secret: secret } = this.authentication;
    if (!secret) return [];
    const { encryptionKey, secretArn } = secret;
    const [list, read, decrypt] = facts.consumers.lambdaEsmScram;
    const { clusterArn } = this.topic.cluster.clusterRef;
    return [
      giveOn(target, [read], secretArn),
      ...(kind === 'scram' ? [giveOn(target, [list], clusterArn)] : []),
      ...(encryptionKey ? [giveOn(target, [decrypt], encryptionKey.keyArn)] : []),
    ];
  }

  private listenerFindings(plane?: DataPlane): Finding[] {
    const kind = this.authentication._kind;
    if (plane?.listeners === undefined || plane.listeners.includes(kind)) return [];
    const has = plane.listeners.map((one) => AUTHENTICATION_NAMES[one]).join(' and ');
    const message = `'authentication' is ${AUTHENTICATION_NAMES[kind]}, which the cluster does not have enabled; it has ${has}`;
    return [finding('AuthenticationOff', message)];
  }

  private findings(target: lambda.IFunction): Finding[] {
    const { deadLetterTopic, onFailure } = this.props;
    const { timeout } = target as lambda.Function;
    const found: Finding[] = [];
    if (timeout && isKnown(timeout.toSeconds()) && timeout.toSeconds() > LONGEST_TIMEOUT.toSeconds())
      found.push(
        finding(
          'EventSourceTimeout',
          `'timeout' of a function with a Kafka event source must not exceed 14 minutes, got ${timeout.toHumanString()}`,
        ),
      );
    if (deadLetterTopic && onFailure)
      found.push(
        finding(
          'DeadLettersTwice',
          "'deadLetterTopic' and 'onFailure' cannot be set together, since an event source mapping has one destination; remove one of them",
        ),
      );
    if (
      deadLetterTopic &&
      (deadLetterTopic.topicName === this.topic.topicName || deadLetterTopic.cluster !== this.topic.cluster)
    )
      found.push(
        finding(
          'DeadLetterTopicPlace',
          `'deadLetterTopic' must be another topic of the same cluster, got '${deadLetterTopic.topicName}'`,
        ),
      );
    return found;
  }
}

const SECRET_TYPES = {
  scram: lambda.SourceAccessConfigurationType.SASL_SCRAM_512_AUTH,
  tls: lambda.SourceAccessConfigurationType.CLIENT_CERTIFICATE_TLS_AUTH,
};

const WITHOUT_NETWORK = finding(
  'EventSourceWithoutNetwork',
  "the topic's cluster is only a reference, so the security groups that pollers need are unknown; set 'clusterSecurityGroups', " +
    'or use a topic of Cluster.fromClusterAttributes(...)',
);

/** A group that nobody else has: records of a shared group would be lost to one of the readers. */
function ownGroup(target: lambda.IFunction, topicName: string): string {
  const reader = Names.uniqueResourceName(target, { maxLength: 60, separator: '-' });
  return Token.isUnresolved(topicName) ? reader : `${reader}-${topicName}`.slice(0, 200);
}

/** A mapping keeps topic and group for good, so that others are another mapping. */
function identity(topicName: string, group: string): string {
  const known = [topicName, group].filter((text) => !Token.isUnresolved(text));
  return createHash('sha256').update(known.join('\n')).digest('hex').slice(0, 8);
}
