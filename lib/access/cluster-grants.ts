import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { finding } from '../model/finding';
import { isKnown, refused } from '../internal/validation';
import { give } from './give';
import { CLUSTER_GRANTS } from './grant-table';
import { TopicGrants } from './topic-grants';

/**
 * What an identity may do with a cluster, by IAM, and the way to the same for topics that no construct stands for.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
export class ClusterGrants {
  /** Grants on any cluster: one of ours, an imported one, or an L1. */
  public static fromCluster(cluster: msk.IClusterRef): ClusterGrants {
    return new ClusterGrants(cluster);
  }

  private constructor(private readonly cluster: msk.IClusterRef) {}

  /** Connect and authenticate. Every other grant of a cluster or of its topics brings this along. */
  public connect(grantee: iam.IGrantable): iam.Grant {
    return give(this.cluster, CLUSTER_GRANTS.connect, grantee);
  }

  /** See brokers and their settings, all topics, all groups with their lag, and transactions. */
  public describe(grantee: iam.IGrantable): iam.Grant {
    return give(this.cluster, CLUSTER_GRANTS.describe, grantee);
  }

  /** See and change brokers, all topics and all groups. It brings no right to read or write records. */
  public manage(grantee: iam.IGrantable): iam.Grant {
    return give(this.cluster, CLUSTER_GRANTS.manage, grantee);
  }

  /**
   * Run a Kafka Streams app: make, write, read and clean up its internal topics, be its group, and process exactly once.
   * The topics that it reads and writes are granted by `topic.grants.consume(grantee, applicationId)` and `.produce(grantee)`.
   *
   * @param grantee who runs it
   * @param applicationId the `application.id`; all topics and transactional IDs that begin with it and `-` are open to the app
   * @see https://kafka.apache.org/documentation/streams/developer-guide/security.html
   */
  public runStreams(grantee: iam.IGrantable, applicationId: string): iam.Grant {
    return give(this.cluster, CLUSTER_GRANTS.runStreams, grantee, { applicationId });
  }

  /**
   * Make a managed VPC connection to the cluster from another VPC or account, and look up the addresses for it.
   *
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html
   */
  public connectPrivately(grantee: iam.IGrantable): iam.Grant {
    return give(this.cluster, CLUSTER_GRANTS.connectPrivately, grantee);
  }

  /** Grants on one topic by its name, whoever made it. */
  public topic(topicName: string): TopicGrants {
    return TopicGrants._of(this.cluster, this.wholeName('topicName', topicName));
  }

  /**
   * Grants on all topics whose names begin so, also those that are made later.
   *
   * @param prefix end it with a separator: `orders` is also the beginning of `orders-dlq` and `orders2`
   */
  public topicsWithPrefix(prefix: string): TopicGrants {
    return TopicGrants._of(this.cluster, `${this.wholeName('prefix', prefix)}*`);
  }

  /** Grants on all topics, also those that are made later. */
  public get allTopics(): TopicGrants {
    return TopicGrants._of(this.cluster, '*');
  }

  /** A wildcard here, or nothing where there should be a name, would open more topics than was meant. */
  private wholeName(what: string, name: string): string {
    if (!isKnown(name) || /^[\w.-]+$/.test(name)) return name;
    const message = `'${what}' of a grant must consist of one or more letters, digits, '.', '_' and '-', got '${name}'`;
    throw refused(this.cluster, finding('GrantTopicName', message));
  }
}
