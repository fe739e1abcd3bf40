import { CfnDeletionPolicy, CfnResource, Lazy, RemovalPolicy, Resource } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { TopicGrants } from '../access/topic-grants';
import { TopicMetrics } from '../monitoring/metrics/topic-metrics';
import { partArn } from '../internal/cluster-arns';
import { type Finding, problem } from '../model/finding';
import { topicFindings } from '../model/rules/topics';
import { type AuthenticationMethod, LISTENERS } from '../model/listeners';
import { TIME_LIMITS } from '../model/time-limits';
import {
  type ClusterKind,
  TOPIC_DEFAULTS,
  TOPIC_RESOURCE_TYPE,
  toProperties,
  type TopicSpec,
} from '../model/wire/topic';
import { isKnown, known, refuse, refused, unwrapped } from '../internal/validation';
import { type ClusterTraits, traitsOf } from '../internal/cluster-traits';
import { DeclaredTopics } from './declared-topics';
import { KafkaProvider } from '../handlers/provider';
import { defineNativeTopic, nativeFindings } from './native-topic';
import { renderConfigs } from './topic-configs';
import { TopicBackend } from './topic-backend';
import type { ITopic, TopicAttributes, TopicProps } from './topic-options';
import { type BrokerAccess, Worker } from '../handlers/worker';

/**
 * What topics have in common, made here or elsewhere.
 *
 * @internal
 */
abstract class TopicBase extends Resource implements ITopic {
  public abstract readonly topicName: string;
  public abstract readonly topicArn: string;
  public abstract readonly cluster: msk.IClusterRef;

  public get grants(): TopicGrants {
    return TopicGrants.fromTopic(this);
  }

  public get metrics(): TopicMetrics {
    return TopicMetrics.fromTopic(this);
  }

  public get topicRef(): msk.TopicReference {
    return { topicArn: this.topicArn };
  }
}

/**
 * A topic on a cluster: created once the cluster is up, grown and set in place, and kept when it leaves the stack unless
 * the removal policy says otherwise.
 */
export class Topic extends TopicBase {
  /** A topic that was made elsewhere; nothing is done to it. */
  public static fromTopicName(scope: Construct, id: string, cluster: msk.IClusterRef, topicName: string): ITopic {
    return Topic.fromTopicAttributes(scope, id, { cluster, topicName });
  }

  /** A topic that was made elsewhere; nothing is done to it. */
  public static fromTopicAttributes(scope: Construct, id: string, attributes: TopicAttributes): ITopic {
    return new ImportedTopic(scope, id, attributes);
  }

  public readonly topicName: string;
  public readonly topicArn: string;
  public readonly cluster: msk.IClusterRef;

  private readonly resource: CfnResource;

  public constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    this.cluster = props.cluster;
    const isMskApi = props.backend?._isMskApi ?? false;
    const traits = traitsOf(props.cluster);
    const { kind = 'standard' } = traits;
    const access = isMskApi ? undefined : requireAccess(this, props);
    const { spec, findings } = withDefaults(id, props, { traits, access });
    const backend = access ? listenerFindings(access, traits) : nativeFindings(props, { ...traits, kind });
    const own = [...topicFindings(known(spec), kind), ...replicationFindings(spec, traits)];
    refuse(this, [...findings, ...own, ...backend]);
    DeclaredTopics.on(props.cluster).add(this, spec, traits);
    const { clusterArn } = props.cluster.clusterRef;
    this.resource = access ? this.define(access, { spec, kind }) : defineNativeTopic(this, clusterArn, spec);
    this.node.defaultChild = this.resource;
    this.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.topicName = spec.topicName;
    this.topicArn = partArn(clusterArn, 'topic', spec.topicName);
  }

  /**
   * The ID that Kafka gave the topic; another topic of the same name has another. `TopicBackend.mskApi()` does not tell
   * it.
   *
   * @attribute
   */
  public get topicId(): string {
    if (this.resource.cfnResourceType === TOPIC_RESOURCE_TYPE) return this.resource.getAtt('TopicId').toString();
    const message = "MSK's API does not tell 'topicId'; take 'topicArn', or TopicBackend.dataPlane()";
    throw refused(this, problem('TopicIdUnknown', message));
  }

  /** At the level of CloudFormation: with a hundred topics, what `CustomResource` adds to each is time at every synthesis. */
  private define(access: BrokerAccess, { kind, spec }: { kind: ClusterKind; spec: TopicSpec }): CfnResource {
    const worker = Worker.of(this, this.cluster, access);
    const { _kind: authentication, _secret: secret } = access.credentials;
    const place = {
      clusterArn: this.cluster.clusterRef.clusterArn,
      worker: worker.functionArn,
      authentication,
      secret: secret?.secretArn,
      clusterKind: kind,
    };
    const properties = toProperties({ spec, place });
    const resource: CfnResource = new CfnResource(this, 'Resource', {
      type: TOPIC_RESOURCE_TYPE,
      properties: {
        ServiceToken: unwrapped(KafkaProvider.of(this).serviceToken),
        ServiceTimeout: String(TIME_LIMITS.serviceTimeoutMinutes * 60),
        ...properties,
        ClusterArn: unwrapped(place.clusterArn),
        Worker: unwrapped(place.worker),
        OnReplace: Lazy.any({ produce: () => onReplace(resource) }),
      },
    });
    worker.addDependent(resource, secret);
    worker.declareTopic(resource, properties);
    return resource;
  }
}

class ImportedTopic extends TopicBase {
  public readonly topicName: string;
  public readonly topicArn: string;
  public readonly cluster: msk.IClusterRef;

  public constructor(scope: Construct, id: string, props: TopicAttributes) {
    const { cluster, topicName } = props;
    super(scope, id, { environmentFromArn: cluster.clusterRef.clusterArn });
    const findings = topicFindings(known({ topicName })).filter(({ id }) => id !== 'TopicNameInternal');
    refuse(this, findings); // it may be one of Kafka's own
    this.cluster = cluster;
    this.topicName = topicName;
    this.topicArn = partArn(cluster.clusterRef.clusterArn, 'topic', topicName);
  }
}

/** Read when the template is written: removal policies can be changed from outside until then. */
function onReplace(resource: CfnResource): TopicSpec['onReplace'] {
  const policy = resource.cfnOptions.updateReplacePolicy;
  return policy === undefined || policy === CfnDeletionPolicy.DELETE ? 'delete' : 'retain';
}

function requireAccess(topic: Topic, { backend = TopicBackend.dataPlane(), cluster }: TopicProps): BrokerAccess {
  const access = backend._accessTo(cluster);
  if (access) return access;
  const message =
    "'cluster' is a bare reference, and a topic needs a way to the brokers; set 'backend' to " +
    'TopicBackend.dataPlane({ vpc, clusterSecurityGroups }) or TopicBackend.mskApi(), or pass Cluster.fromClusterAttributes(...)';
  throw refused(topic, problem('ClusterWithoutNetwork', message));
}

/** What decides about the defaults of a topic. */
interface DefaultsOf {
  readonly traits: ClusterTraits;
  readonly access?: BrokerAccess;
}

function withDefaults(id: string, props: TopicProps, { access, traits }: DefaultsOf) {
  const { configs, findings } = renderConfigs(props.configs ?? {});
  const spec: TopicSpec = {
    topicName: props.topicName ?? id,
    partitionCount: props.partitionCount ?? TOPIC_DEFAULTS.partitionCount,
    replicationFactor: props.replicationFactor ?? traits.zones ?? TOPIC_DEFAULTS.replicationFactor,
    configs,
    onExisting: props.onExisting ?? TOPIC_DEFAULTS.onExisting,
    configDrift: props.configDrift ?? TOPIC_DEFAULTS.configDrift,
    onPartitionDecrease: props.onPartitionDecrease ?? TOPIC_DEFAULTS.onPartitionDecrease,
    onUnreachable: props.onUnreachable ?? TOPIC_DEFAULTS.onUnreachable,
    onReplace: TOPIC_DEFAULTS.onReplace, // the removal policy decides when the template is written
    allowDataLoss: props.allowDataLoss ?? TOPIC_DEFAULTS.allowDataLoss,
    permissionGraceSeconds: props.permissionGracePeriod?.toSeconds() ?? graceSecondsOf(access),
    nonce: props.reconcileToken,
  };
  return { spec, findings };
}

const graceSecondsOf = (access?: BrokerAccess) =>
  access?.credentials._kind === 'iam' ? TOPIC_DEFAULTS.permissionGraceSeconds : 0;

function replicationFindings({ replicationFactor }: TopicSpec, { brokers }: ClusterTraits): Finding[] {
  if (brokers === undefined || !isKnown(replicationFactor) || !isKnown(brokers) || replicationFactor <= brokers)
    return [];
  return [
    problem(
      'ReplicationFactorAboveBrokers',
      `'replicationFactor' must not exceed the ${brokers} brokers of the cluster, got ${replicationFactor}`,
    ),
  ];
}

/** The handlers would find out at deployment, once the cluster is up. */
function listenerFindings({ credentials }: BrokerAccess, { access }: ClusterTraits): Finding[] {
  const method = credentials._kind;
  if (access === undefined || access.methods.includes(method)) return [];
  const written = (one: AuthenticationMethod) => `ClientCredentials.${LISTENERS[one].factory}`;
  const message =
    `topics would be managed by ${written(method)}, which the cluster does not take; ` +
    `set 'backend' to TopicBackend.dataPlane({ authentication: ${access.methods.map(written).join(' or ')} }), or add it to the cluster's 'authentication'`;
  return [problem('TopicAuthenticationOff', message)];
}
