import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { referencedTopicOf } from '../internal/referenced-topic';
import { applyGrant, type GrantNames, type GrantTarget, targetOf } from './apply-grant';
import { type GrantRow, TOPIC_GRANTS } from './grant-table';
import { checked } from '../internal/signatures/checked';

/**
 * Grants IAM permissions on a topic. Each grant is complete: it includes the permission to connect, and is limited to this
 * topic.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control-use-cases.html
 */
@checked('TopicGrants')
export class TopicGrants {
  /**
   * Returns the grants on any topic: one defined with this library, an imported one, or an L1.
   *
   * @param topic the topic, whose cluster is known from its construct or from its ARN
   */
  public static fromTopic(topic: msk.ITopicRef): TopicGrants {
    const { cluster, clusterArn, topicName } = referencedTopicOf(topic);
    return new TopicGrants({ clusterArn, scope: cluster ?? topic }, topicName);
  }

  /**
   * Grants on all topics whose names match.
   *
   * @internal
   */
  public static _of(cluster: msk.IClusterRef, topic: string): TopicGrants {
    return new TopicGrants(targetOf(cluster), topic);
  }

  private constructor(
    private readonly target: GrantTarget,
    private readonly topic: string,
  ) {}

  /**
   * Allows reading the partitions, offsets and configs of the topic.
   *
   * @param grantee role, user or other identity
   */
  public describe(grantee: iam.IGrantable): iam.Grant {
    return this.apply(TOPIC_GRANTS.describe, grantee);
  }

  /**
   * Allows creating, changing and deleting the topic, and deleting its records. It does not allow reading or writing records.
   *
   * @param grantee role, user or other identity
   */
  public manage(grantee: iam.IGrantable): iam.Grant {
    return this.apply(TOPIC_GRANTS.manage, grantee);
  }

  /**
   * Allows writing records, also as an idempotent producer, which is the default of clients since Kafka 3.0.
   *
   * @param grantee identity of the producer
   */
  public produce(grantee: iam.IGrantable): iam.Grant {
    return this.apply(TOPIC_GRANTS.produce, grantee);
  }

  /**
   * Allows writing records in transactions. Grant `consume` as well if consumer offsets are committed in the same transaction.
   *
   * @param grantee identity of the producer
   * @param transactionalId the producer's `transactional.id`, or a prefix such as `checkout-*` if every instance has its own
   */
  public produceTransactionally(grantee: iam.IGrantable, transactionalId: string): iam.Grant {
    return this.apply(TOPIC_GRANTS.produceTransactionally, grantee, { transactionalId });
  }

  /**
   * Allows reading records as a member of a consumer group, and committing and resetting its offsets.
   *
   * @param grantee identity of the consumer
   * @param consumerGroup the consumer's `group.id`, or a prefix such as `billing-*` for several groups
   */
  public consume(grantee: iam.IGrantable, consumerGroup: string): iam.Grant {
    return this.apply(TOPIC_GRANTS.consume, grantee, { consumerGroup });
  }

  /**
   * Allows a Kafka Streams app to read and write the topic, and to use its internal topics, group and transactions. For an app
   * that only reads or only writes some of its topics, use `cluster.grants.runStreams` with `consume` and `produce` instead.
   *
   * @param grantee identity of the app
   * @param applicationId the app's `application.id`; the app can use every topic and transactional ID that starts with it and `-`
   */
  public produceAndConsume(grantee: iam.IGrantable, applicationId: string): iam.Grant {
    return this.apply(TOPIC_GRANTS.produceAndConsume, grantee, { applicationId });
  }

  private apply(row: GrantRow, grantee: iam.IGrantable, names: GrantNames = {}): iam.Grant {
    return applyGrant(this.target, row, grantee, { topic: this.topic, ...names });
  }
}
