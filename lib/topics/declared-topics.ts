import { Stack } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { nameConflicts, partitionFindings, type TopicDeclaration } from '../model/rules/declared-topics';
import { expressTopicFindings } from '../model/rules/cluster/express-upgrade';
import { serverlessTopicFindings } from '../model/rules/serverless-topics';
import { errorsOf, type Finding, textOf, warningsOf } from '../model/finding';
import { shortAddress } from '../internal/names';
import type { TopicSpec } from '../model/wire/topic';
import { isKnown, isToken, known, warn } from '../internal/validation';
import type { ClusterTraits } from '../internal/cluster-traits';

/** By app, then by cluster: by its ARN if that is known, since one cluster can be imported twice. */
const APPS = new WeakMap<IConstruct, Map<string, DeclaredTopics>>();

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
  private readonly warned = new Set<string>();

  private constructor(private readonly cluster: IConstruct) {}

  /** @param maxConcurrentTopics undefined if Amazon MSK manages the topic */
  public add(scope: IConstruct, spec: TopicSpec, traits: ClusterTraits, maxConcurrentTopics?: number): void {
    const topic = { ...declarationOf(scope, spec), maxConcurrentTopics };
    const index = this.topics.push(topic) - 1;
    scope.node.addValidation({
      validate: () => this.report(nameConflicts(topic, this.topics.slice(0, index))),
    });
    if (index === 0) this.cluster.node.addValidation({ validate: () => this.report(this.findings(traits)) });
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

  /** Returns the errors, and adds warnings once, since an app can be synthesized more than once. */
  private report(findings: readonly Finding[]): string[] {
    for (const warning of warningsOf(findings)) {
      if (!this.warned.has(warning.message)) warn(this.cluster, warning);
      this.warned.add(warning.message);
    }
    return errorsOf(findings).map(textOf);
  }
}

function declarationOf(scope: IConstruct, spec: TopicSpec): TopicDeclaration {
  const { configs, partitionCount, replicationFactor, topicName } = known(spec);
  const isCompacted = configs?.['cleanup.policy']?.includes('compact') ?? false;
  const { path } = scope.node;
  const stack = Stack.of(scope).node.path;
  const adopts = spec.onExisting === 'adopt';
  const minInsyncReplicas = spec.configs['min.insync.replicas'];
  return { path, stack, topicName, partitionCount, replicationFactor, minInsyncReplicas, isCompacted, adopts };
}
