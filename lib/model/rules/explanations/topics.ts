import type { Explanations } from './explanation';

/** The rules of topics and their configs. */
export const TOPICS = {
  CleanupPolicyEmpty: {
    meaning:
      '`cleanup.policy` is empty, which Kafka accepts: records are neither deleted nor compacted, and the topic grows forever.',
    fix: 'Set delete, compact or both, or acknowledge the warning.',
    source: 'https://kafka.apache.org/documentation/#topicconfigs_cleanup.policy',
  },
  CompactionLagOrder: {
    meaning: 'Brokers refuse a topic whose records must stay uncompacted for longer than they may.',
    fix: 'Lower `min.compaction.lag.ms`, or raise `max.compaction.lag.ms`.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/storage/src/main/java/org/apache/kafka/storage/internals/log/LogConfig.java',
  },
  ConcurrentTopicsRange: {
    meaning: '`maxConcurrentTopics` is not a whole number of 1 or more, or is a token.',
    fix: 'Set a number that is known at synthesis.',
  },
  ConfigBlocksUpgrade: {
    meaning:
      'A value is valid until Kafka 3.9, and brokers of Kafka 4.0 and later do not start with it: `log.segment.bytes`, or the `segment.bytes` of any topic, below 1 MiB.',
    fix: 'Raise the value before you upgrade the cluster.',
    source:
      'https://cwiki.apache.org/confluence/display/KAFKA/KIP-1030%3A+Change+constraints+and+default+values+for+various+configurations',
  },
  ConfigOfOtherKind: {
    meaning: 'A topic config cannot be set on this type of cluster.',
    fix: 'Remove the config.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html',
  },
  ConfigOfOtherVersion: {
    meaning: "The cluster's version of Kafka does not have the topic config yet, or does not have it any more.",
    fix: 'Remove the config.',
    source: 'https://kafka.apache.org/documentation/#topicconfigs',
  },
  ConfigThrottle: {
    meaning: 'A replication throttle is declared, which tools set temporarily while they move replicas.',
    fix: 'Remove the config.',
    source: 'https://kafka.apache.org/documentation/#rep-throttle',
  },
  ConfigTwice: {
    meaning: 'A topic config is set both by its own property in `configs` and in `configs.other`.',
    fix: 'Remove one of the two.',
  },
  ConfigUnknown: {
    meaning: 'A topic config is not known to this version of cdk-msk, so only the brokers will validate it.',
    fix: 'Check the spelling, then acknowledge the warning.',
    source: 'https://kafka.apache.org/documentation/#topicconfigs',
  },
  ConfigValue: {
    meaning: 'The value of a topic config has the wrong type, or is out of range.',
    fix: 'Set a value as the message describes.',
    source: 'https://kafka.apache.org/documentation/#topicconfigs',
  },
  DataPlaneTwice: {
    meaning:
      'Two topics of a stack name different networks for the brokers of one cluster, whose topics are managed by one function.',
    fix: 'Use the same `TopicBackend.dataPlane(…)` for all topics of a cluster in a stack, or declare the topic in another stack.',
  },
  ExpressReplicationFactor: {
    meaning: '`replicationFactor` is not 3 on Express brokers, which create three replicas whatever the request says.',
    fix: 'Set it to 3, or omit it.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html',
  },
  MinIsrAboveRf: {
    meaning:
      '`min.insync.replicas` exceeds the replication factor. Kafka 3.7 and later use the replication factor instead, so it misleads, and producers with `acks=all` are blocked whenever a broker is patched; earlier versions refuse all their records.',
    fix: 'Set it to one less than the replication factor.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html',
  },
  MinIsrEqualsRf: {
    meaning:
      '`min.insync.replicas` equals the replication factor, so producers are blocked whenever a broker is patched.',
    fix: 'Set it to one less than the replication factor.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html',
  },
  MskApiKafkaVersion: {
    meaning: 'The MSK API requires Kafka 3.6 or later to create topics.',
    fix: 'Use `TopicBackend.dataPlane()`, or a later `kafkaVersion`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html',
  },
  MskApiOption: {
    meaning: 'An option of the topic is not supported by the MSK API.',
    fix: 'Remove the option, or use `TopicBackend.dataPlane()`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html',
  },
  MskApiServerless: {
    meaning: 'The MSK API cannot create topics on a Serverless cluster.',
    fix: 'Use `TopicBackend.dataPlane()`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html',
  },
  PartitionCountRange: {
    meaning: '`partitionCount` is not a whole number from 1 to 2147483647.',
    fix: 'Set a number in this range.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/resources/common/message/CreateTopicsRequest.json',
  },
  PartitionsAboveMaximum: {
    meaning:
      'The topics declared on a cluster with Express brokers have more partitions, including replicas, than its brokers support.',
    fix: 'Use a larger `brokerSize`, add brokers, or declare fewer partitions.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-express-quota',
  },
  PartitionsAboveRecommended: {
    meaning:
      'The topics declared on a cluster have more partitions, including replicas, than AWS recommends for its brokers.',
    fix: 'Use a larger instance type, add brokers, or declare fewer partitions.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#partitions-per-broker',
  },
  ReplicationFactorAboveBrokers: {
    meaning: 'The replication factor exceeds the number of brokers.',
    fix: 'Reduce the replication factor, or add brokers.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/protocol/Errors.java',
  },
  ReplicationFactorRange: {
    meaning: '`replicationFactor` is not a whole number from 1 to 32767.',
    fix: 'Set a number in this range.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/resources/common/message/CreateTopicsRequest.json',
  },
  ServerlessPartitionPace: {
    meaning:
      'A Serverless cluster creates at most 250 partitions in five minutes, and a topic, or the topics that are deployed at the same time, have so many that some may fail.',
    fix: 'Begin with at most 250 partitions for each topic, and set `maxConcurrentTopics` of `TopicBackend.dataPlane` to the number in the message.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#serverless-quota',
  },
  ServerlessPartitionsQuota: {
    meaning:
      'The topics declared on a Serverless cluster have more partitions than its default quota: 2,400 without compaction, 120 with it.',
    fix: 'Declare fewer partitions, or request a quota increase before you deploy.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#serverless-quota',
  },
  TieredTopicConfig: {
    meaning:
      'A topic with `remote.storage.enable` is retained for less than three days, kept longer on the local tier than in total, compacted, or has segments of less than 48 MiB or 10 minutes.',
    fix: 'Set the config as the message describes.',
    source:
      'https://docs.aws.amazon.com/msk/latest/developerguide/msk-guidelines-tiered-storage-topic-level-config.html',
  },
  TopicArnForm: {
    meaning: 'The ARN of a topic reference is not the ARN of a topic.',
    fix: 'Pass a topic whose `topicRef.topicArn` looks like `arn:PARTITION:kafka:REGION:ACCOUNT:topic/CLUSTER/UUID/NAME`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html',
  },
  TopicIdUnknown: {
    meaning: '`topicId` is read, but the topic is created through the MSK API, which does not return it.',
    fix: 'Use `topicArn`, or `TopicBackend.dataPlane()`.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-topic.html',
  },
  TopicNameCharacters: {
    meaning: '`topicName` contains something other than letters, digits, `.`, `_` and `-`, or is `.` or `..`.',
    fix: 'Choose another name.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java',
  },
  TopicNameCollision: {
    meaning: 'The names of two topics of a cluster differ only in `.` and `_`, which Kafka does not allow.',
    fix: 'Choose another name.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java',
  },
  TopicNameCollisionAdopted: {
    meaning:
      "Two existing topics differ only in '.' and '_', which Kafka treats as the same character in the names of metrics. Kafka refuses to create such a topic beside the other, and both can exist if they were created in one request.",
    fix: 'Acknowledge the warning if both topics exist. If one of them is deleted, it cannot be created again.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java',
  },
  TopicNameInternal: {
    meaning: '`topicName` starts with `__`, which is reserved for internal topics.',
    fix: 'Choose another name.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java',
  },
  TopicNameLength: {
    meaning: '`topicName` does not have 1 to 249 characters.',
    fix: 'Choose another name.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java',
  },
  TopicNameOutsidePrefix: {
    meaning: 'A topic is managed by a function that may manage only topics with another prefix.',
    fix: 'Rename the topic, or use a backend with another `topicNamePrefix`.',
  },
  TopicNamePrefix: {
    meaning:
      '`topicNamePrefix` is empty, has characters that a topic name cannot have, or is known only at deployment.',
    fix: 'Use letters, digits, `.`, `_` and `-`, and end it with a separator.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java',
  },
  TopicNamePrefixWithoutIam: {
    meaning: '`topicNamePrefix` is set for a function that does not authenticate with IAM.',
    fix: 'Remove it, and limit the user with Kafka ACLs.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html',
  },
  TopicNameTwice: {
    meaning: 'A topic is declared twice on a cluster in one app, and neither declaration adopts it.',
    fix: 'Declare it once, or choose another name.',
  },
} satisfies Explanations;
