import { Stack } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { metricName, nameConflicts, partitionFindings, type TopicDeclaration } from '../model/rules/declared-topics';
import { expressTopicFindings } from '../model/rules/cluster/express-upgrade';
import { serverlessTopicFindings } from '../model/rules/serverless-topics';
import type { Finding } from '../model/finding';
import { shortAddress } from '../internal/names';
import type { TopicSpec } from '../model/wire/topic';
import { isKnown, isToken, known, report } from '../internal/validation';
import type { ClusterTraits } from '../internal/cluster-traits';

/** By app, then by cluster: by its ARN if that is known, since one cluster can be imported twice. */
const APPS = new WeakMap<IConstruct, Map<string, DeclaredTopics>>();

/** A topic as its construct declares it, tokens included. */
export interface DeclaredSpec {
  readonly path: string;
  readonly spec: TopicSpec;
}

/**
 * All topics that an app declares on one cluster. Rules about several topics are checked when the template is written, so that
 * the order of declaration does not matter.
 */
export class DeclaredTopics {
  public static on(cluster: msk.IClusterRef): DeclaredTopics {
    const { clusterArn } = cluster.clusterRef;
    const key = isKnown(clusterArn) ? clusterArn : shortAddress(cluster);
    const clusters = APPS.get(cluster.node.root) ?? new Map<string, DeclaredTopics>();
    APPS.set(cluster.node.root, clusters);
    const topics = clusters.get(key) ?? new DeclaredTopics(cluster);
    clusters.set(key, topics);
    return topics;
  }

  private readonly topics: TopicDeclaration[] = [];
  /** The topics whose names may conflict, so that each topic is compared with few others. */
  private readonly byMetricName = new Map<string, TopicDeclaration[]>();
  private readonly found: DeclaredSpec[] = [];
  private readonly warned = new Set<string>();

  private constructor(private readonly cluster: IConstruct) {}

  /** What has been declared so far. */
  public get declared(): readonly DeclaredSpec[] {
    return this.found;
  }

  /** @param maxConcurrentTopics undefined if Amazon MSK manages the topic */
  public add(scope: IConstruct, spec: TopicSpec, traits: ClusterTraits, maxConcurrentTopics?: number): void {
    const minInsyncReplicas = spec.configs['min.insync.replicas']; // also if it is a token
    const topic = { ...declarationOf(scope, known(spec)), minInsyncReplicas, maxConcurrentTopics };
    this.found.push({ path: topic.path, spec });
    if (topic.topicName !== undefined) this.compare(scope, topic, metricName(topic.topicName));
    if (this.topics.push(topic) === 1) this.validate(this.cluster, () => this.findings(traits));
  }

  private compare(scope: IConstruct, topic: TopicDeclaration, key: string): void {
    const earlier = this.byMetricName.get(key) ?? [];
    this.byMetricName.set(key, [...earlier, topic]);
    this.validate(scope, () => nameConflicts(topic, earlier));
  }

  private validate(scope: IConstruct, findings: () => Finding[]): void {
    scope.node.addValidation({ validate: () => report(this.cluster, findings(), this.warned) });
  }

  private findings(traits: ClusterTraits): Finding[] {
    const { expressUpgrade } = traits;
    const judged = this.topics.filter(({ minInsyncReplicas }) => !isToken(minInsyncReplicas));
    const ofUpgrade = expressUpgrade ? expressTopicFindings(judged, expressUpgrade.minInsyncReplicas) : [];
    return [...this.partitionFindings(traits), ...ofUpgrade];
  }

  private partitionFindings({ brokers, kind, maxPartitions, recommendedPartitions }: ClusterTraits): Finding[] {
    if (kind === 'serverless') return serverlessTopicFindings(this.topics);
    if (brokers === undefined || recommendedPartitions === undefined) return [];
    return partitionFindings(this.topics, { brokers, perBroker: recommendedPartitions, most: maxPartitions });
  }
}

function declarationOf(scope: IConstruct, spec: Partial<TopicSpec>): TopicDeclaration {
  const { configs, partitionCount, replicationFactor, topicName } = spec;
  const isCompacted = configs?.['cleanup.policy']?.includes('compact') ?? false;
  const { path } = scope.node;
  const stack = Stack.of(scope).node.path;
  const adopts = spec.onExisting === 'adopt';
  return { path, stack, topicName, partitionCount, replicationFactor, isCompacted, adopts };
}
