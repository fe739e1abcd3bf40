import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { finding } from '../model/finding';
import { isKnown, refused } from '../internal/validation';
import { applyGrant, targetOf } from './apply-grant';
import { CLUSTER_GRANTS } from './grant-table';
import { TopicGrants } from './topic-grants';
import { referenced } from '../internal/cluster-reference';

/**
 * Grants IAM permissions on a cluster, and on topics that have no construct.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
export class ClusterGrants {
  /**
   * Returns the grants on any cluster: one defined with this library, an imported one, or an L1.
   *
   * @param cluster the cluster
   */
  public static fromCluster(cluster: msk.IClusterRef): ClusterGrants {
    return new ClusterGrants(referenced(cluster, 'ClusterGrants'));
  }

  private constructor(private readonly cluster: msk.IClusterRef) {}

  /**
   * Allows connecting and authenticating. Every other grant on the cluster or its topics includes this.
   *
   * @param grantee role, user or other identity
   */
  public connect(grantee: iam.IGrantable): iam.Grant {
    return applyGrant(targetOf(this.cluster), CLUSTER_GRANTS.connect, grantee);
  }

  /**
   * Allows reading the brokers and their configuration, all topics, all consumer groups with their lag, and transactions.
   *
   * @param grantee role, user or other identity
   */
  public describe(grantee: iam.IGrantable): iam.Grant {
    return applyGrant(targetOf(this.cluster), CLUSTER_GRANTS.describe, grantee);
  }

  /**
   * Allows reading and changing brokers, all topics and all consumer groups. It does not allow reading or writing records.
   *
   * @param grantee role, user or other identity
   */
  public manage(grantee: iam.IGrantable): iam.Grant {
    return applyGrant(targetOf(this.cluster), CLUSTER_GRANTS.manage, grantee);
  }

  /**
   * Allows running a Kafka Streams app: its internal topics, its consumer group, and exactly-once processing. Grant the topics
   * that it reads and writes with `topic.grants.consume(grantee, applicationId)` and `topic.grants.produce(grantee)`.
   *
   * @param grantee identity of the app
   * @param applicationId the app's `application.id`; the app can use every topic and transactional ID that starts with it and `-`
   * @see https://kafka.apache.org/documentation/streams/developer-guide/security.html
   */
  public runStreams(grantee: iam.IGrantable, applicationId: string): iam.Grant {
    return applyGrant(targetOf(this.cluster), CLUSTER_GRANTS.runStreams, grantee, { applicationId });
  }

  /**
   * Allows creating a managed VPC connection to the cluster from another VPC or account, and looking up its addresses.
   *
   * @param grantee role, user or other identity
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html
   */
  public connectPrivately(grantee: iam.IGrantable): iam.Grant {
    return applyGrant(targetOf(this.cluster), CLUSTER_GRANTS.connectPrivately, grantee);
  }

  /**
   * Returns the grants on one topic by its name, however it was created.
   *
   * @param topicName name of the topic
   */
  public topic(topicName: string): TopicGrants {
    return TopicGrants._of(this.cluster, this.literalName('topicName', topicName));
  }

  /**
   * Returns the grants on all topics whose names start with a prefix, including topics created later.
   *
   * @param prefix Start of the names. End it with a separator, since `orders` also matches `orders-dlq` and `orders2`.
   */
  public topicsWithPrefix(prefix: string): TopicGrants {
    return TopicGrants._of(this.cluster, `${this.literalName('prefix', prefix)}*`);
  }

  /** Grants IAM permissions on all topics, including topics created later. */
  public get allTopics(): TopicGrants {
    return TopicGrants._of(this.cluster, '*');
  }

  /** A wildcard or an empty name would allow more topics than was meant. */
  private literalName(what: string, name: string): string {
    if (!isKnown(name) || /^[\w.-]+$/.test(name)) return name;
    const message = `'${what}' of a grant must consist of one or more letters, digits, '.', '_' and '-', got '${name}'`;
    throw refused(this.cluster, finding('GrantTopicName', message));
  }
}
