import type * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { nameConflicts, partitionFindings, type TopicDeclaration } from '../model/rules/declared-topics';
import { errorsOf, type Finding, textOf, warningsOf } from '../model/finding';
import { shortAddress } from '../internal/names';
import type { TopicSpec } from '../model/wire/topic';
import { isKnown, known, warn } from '../internal/validation';
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
  private warned = '';

  private constructor(private readonly cluster: IConstruct) {}

  public add(scope: IConstruct, spec: TopicSpec, traits: ClusterTraits): void {
    const { topicName, partitionCount, replicationFactor } = known(spec);
    const adopts = spec.onExisting === 'adopt';
    const topic: TopicDeclaration = { path: scope.node.path, topicName, partitionCount, replicationFactor, adopts };
    const index = this.topics.push(topic) - 1;
    scope.node.addValidation({
      validate: () => nameConflicts(topic, this.topics.slice(0, index)).map(textOf),
    });
    const { brokers, maxPartitions: most, recommendedPartitions: perBroker } = traits;
    if (index > 0 || brokers === undefined || perBroker === undefined) return;
    const room = { brokers, perBroker, most };
    this.cluster.node.addValidation({ validate: () => this.report(partitionFindings(this.topics, room)) });
  }

  /** Returns the errors, and adds warnings once, since an app can be synthesized more than once. */
  private report(findings: readonly Finding[]): string[] {
    for (const warning of warningsOf(findings)) {
      if (this.warned !== warning.message) warn(this.cluster, warning);
      this.warned = warning.message;
    }
    return errorsOf(findings).map(textOf);
  }
}
