import * as iam from 'aws-cdk-lib/aws-iam';
import { partArn } from '../private/arns';

/**
 * What an identity may do with a topic, by IAM. Each grant is complete: it connects, and reaches just this topic.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control-use-cases.html
 */
export class TopicGrants {
  /** @internal */
  public static _of(clusterArn: string, topicName: string): TopicGrants {
    return new TopicGrants(clusterArn, topicName);
  }

  private constructor(
    private readonly clusterArn: string,
    private readonly topicName: string,
  ) {}

  /** Write records, also as an idempotent producer, which clients of Kafka 3.0 and later are by default. */
  public produce(grantee: iam.IGrantable): iam.Grant {
    const cluster = this.allow(grantee, this.clusterArn, ['Connect', 'WriteDataIdempotently']);
    return cluster.combine(this.allow(grantee, this.topicArn, ['DescribeTopic', 'WriteData']));
  }

  /**
   * Read records as a member of a consumer group.
   *
   * @param consumerGroup the `group.id` of the consumer
   */
  public consume(grantee: iam.IGrantable, consumerGroup: string): iam.Grant {
    const group = partArn(this.clusterArn, 'group', consumerGroup);
    return this.allow(grantee, this.clusterArn, ['Connect'])
      .combine(this.allow(grantee, this.topicArn, ['DescribeTopic', 'ReadData']))
      .combine(this.allow(grantee, group, ['DescribeGroup', 'AlterGroup']));
  }

  private get topicArn(): string {
    return partArn(this.clusterArn, 'topic', this.topicName);
  }

  private allow(grantee: iam.IGrantable, resourceArn: string, actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: actions.map((action) => `kafka-cluster:${action}`),
      resourceArns: [resourceArn],
    });
  }
}
