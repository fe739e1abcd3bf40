import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { give } from './give';
import { TOPIC_GRANTS } from './grant-table';

/**
 * What an identity may do with a topic, by IAM. Each grant is complete: it connects, and reaches just this topic.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control-use-cases.html
 */
export class TopicGrants {
  /** @internal */
  public static _of(cluster: msk.IClusterRef, topic: string): TopicGrants {
    return new TopicGrants(cluster, topic);
  }

  private constructor(
    private readonly cluster: msk.IClusterRef,
    private readonly topic: string,
  ) {}

  /** See partitions, offsets and configs. */
  public describe(grantee: iam.IGrantable): iam.Grant {
    return give(this.cluster, TOPIC_GRANTS.describe, grantee, { topic: this.topic });
  }

  /** Create, grow, set and delete the topic, and delete records. It brings no right to read or write them. */
  public manage(grantee: iam.IGrantable): iam.Grant {
    return give(this.cluster, TOPIC_GRANTS.manage, grantee, { topic: this.topic });
  }

  /** Write records, also as an idempotent producer, which clients of Kafka 3.0 and later are by default. */
  public produce(grantee: iam.IGrantable): iam.Grant {
    return give(this.cluster, TOPIC_GRANTS.produce, grantee, { topic: this.topic });
  }

  /**
   * Write records in transactions. To commit the offsets of what was read in the same transaction, grant `consume` too.
   *
   * @param grantee who writes
   * @param transactionalId the `transactional.id` of the producer; `checkout-*` where each instance has its own
   */
  public produceTransactionally(grantee: iam.IGrantable, transactionalId: string): iam.Grant {
    return give(this.cluster, TOPIC_GRANTS.produceTransactionally, grantee, { topic: this.topic, transactionalId });
  }

  /**
   * Read records as a member of a consumer group, commit its offsets and set them back.
   *
   * @param grantee who reads
   * @param consumerGroup the `group.id` of the consumer; `billing-*` where there are several
   */
  public consume(grantee: iam.IGrantable, consumerGroup: string): iam.Grant {
    return give(this.cluster, TOPIC_GRANTS.consume, grantee, { topic: this.topic, consumerGroup });
  }

  /**
   * Read and write the topic as a Kafka Streams app, with all that the app needs besides. An app whose topics it only reads
   * or only writes takes `cluster.grants.runStreams`, `consume` and `produce` instead.
   *
   * @param grantee who runs the app
   * @param applicationId the `application.id`; all topics and transactional IDs that begin with it and `-` are open to the app
   */
  public produceAndConsume(grantee: iam.IGrantable, applicationId: string): iam.Grant {
    return give(this.cluster, TOPIC_GRANTS.produceAndConsume, grantee, { topic: this.topic, applicationId });
  }
}
