import type { RuleId } from './catalog';

/** What a person needs to know about a rule, beyond the message. */
export interface Explanation {
  /** When it is reported, in one sentence. */
  readonly meaning: string;
  /** How to fix it, in one sentence. */
  readonly fix: string;
  /**
   * Address of the page that states the limit or the behavior. Undefined if the rule only follows from this library's own API, or if
   * no page is known that states it.
   */
  readonly source?: string;
}

/** For docs/errors.md. Nothing that runs at synthesis or in Lambda imports this table. */
export const EXPLANATIONS: Readonly<Record<RuleId, Explanation>> = {
  AlarmOfOtherKind: {
    meaning: '`thresholds` or `perBroker` refers to alarms that this type of cluster does not have.',
    fix: 'Remove the threshold, or `perBroker`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices-cw-alarms.html',
  },
  AlarmUnknown: {
    meaning: '`thresholds` or `without` contains something that is not the ID of an alarm.',
    fix: 'Use an ID of the [alarm reference](alarms.md).',
  },
  AuthenticationEmpty: {
    meaning: '`authentication` is an empty list.',
    fix: 'Omit it for IAM, or use `ClientAuthentication.unauthenticated()`.',
  },
  AuthenticationNeedsInCluster: {
    meaning: 'IAM, SCRAM or mutual TLS is enabled, but encryption between brokers is not.',
    fix: 'Set `inCluster` of `encryptionInTransit` to true.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html',
  },
  AuthenticationNeedsTls: {
    meaning:
      'IAM and SCRAM require that clients connect over TLS only; mutual TLS requires TLS, but allows plaintext next to it.',
    fix: 'Set `encryptionInTransit` to `EncryptionInTransit.tls()`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html',
  },
  AuthenticationOff: {
    meaning: 'The authentication method of a client, event source or integration is not enabled on the cluster.',
    fix: "Use a method that the cluster has, or add the method to the cluster's `authentication`.",
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html',
  },
  BrokerDomainForm: {
    meaning:
      'The broker domain for Prometheus, or the addresses from which it is taken, do not have the form that MSK uses.',
    fix: 'Pass `cluster.bootstrapBrokers.saslIam` or another list of MSK.',
    source: 'https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html',
  },
  BrokerIds: {
    meaning:
      'The brokers that Prometheus scrapes, or that have alarms of their own, are not listed by IDs, or by a number, that synthesis knows.',
    fix: 'Set the number of brokers, or `brokerIds` once brokers have been removed.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-remove-broker.html',
  },
  BrokersNotMultipleOfZones: {
    meaning: 'An escape hatch sets a number of brokers that cannot be spread evenly over the subnets.',
    fix: 'Remove the override, and set `brokersPerAz`.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-cluster.html',
  },
  BrokersPerAzRange: {
    meaning: '`brokersPerAz` is not a whole number of 1 or more.',
    fix: 'Set a whole number of brokers per Availability Zone.',
  },
  BrokersPerAzUnknown: {
    meaning: '`brokersPerAz` is a token, and CloudFormation cannot multiply it by the number of zones.',
    fix: 'Set a number that is known at synthesis.',
    source: 'https://docs.aws.amazon.com/cdk/v2/guide/tokens.html',
  },
  BrokersPerClusterQuota: {
    meaning: 'The cluster has more brokers than the default quota: 60 with KRaft, 30 with ZooKeeper.',
    fix: 'Request a quota increase from AWS, then acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-provisioned-quota',
  },
  BudgetConnections: {
    meaning: 'Clients that use IAM open more connections than the cluster accepts, all together or in a second.',
    fix: 'Add brokers, or use fewer and longer connections.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html',
  },
  BudgetEgressTwice: {
    meaning: 'The budget of a topic sets `consumerGroups` and `egressMBps`, which say the same thing.',
    fix: 'Remove one of them.',
  },
  BudgetPartitions: {
    meaning: 'With the topics that only the budget names, the cluster has more partitions than AWS recommends.',
    fix: 'Use the cluster that the message suggests, or fewer partitions.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#partitions-per-broker',
  },
  BudgetPartitionThroughput: {
    meaning: 'A partition gets or sends more than one partition of an Express or Serverless cluster can.',
    fix: 'Increase the number of partitions of the topic.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-express-quota',
  },
  BudgetStorage: {
    meaning: 'The records that the topics retain, with their replicas and headroom, do not fit on the volumes.',
    fix: 'Enlarge `storage`, shorten the retention, or acknowledge the warning if the records are smaller than assumed.',
  },
  BudgetThroughput: {
    meaning:
      'The topics need more throughput than the brokers should carry. [Budget](budget.md#limits) has the formulas.',
    fix: 'Use the cluster that the message suggests.',
    source:
      'https://aws.amazon.com/blogs/big-data/best-practices-for-right-sizing-your-apache-kafka-clusters-to-optimize-performance-and-cost/',
  },
  BudgetTopicTwice: {
    meaning: 'The budget contains a topic more than once.',
    fix: 'Add up its traffic in one of them.',
  },
  BudgetTopicUndeclared: {
    meaning: 'The budget names a topic that is not declared on the cluster, so its number of partitions is unknown.',
    fix: 'Correct the name, or set `partitionCount` if the topic is created elsewhere.',
  },
  BudgetTwice: {
    meaning: 'A cluster has more than one budget.',
    fix: 'Add the topics to the first one.',
  },
  BudgetValue: {
    meaning: 'A number of a budget is outside its range.',
    fix: 'Set a number in the range that the message says.',
  },
  CleanupPolicyEmpty: {
    meaning:
      '`cleanup.policy` is empty, which Kafka accepts: records are neither deleted nor compacted, and the topic grows forever.',
    fix: 'Set delete, compact or both, or acknowledge the warning.',
    source: 'https://kafka.apache.org/documentation/#topicconfigs_cleanup.policy',
  },
  ClientsWithoutNetwork: {
    meaning: 'A Glue connection or Flink application uses a cluster that is only a reference, without its network.',
    fix: 'Set `vpc` and `clusterSecurityGroups`, or use `Cluster.fromClusterAttributes(…)`.',
  },
  ClusterArnForm: {
    meaning: '`clusterArn` is not the full ARN of an MSK cluster, with its name and UUID.',
    fix: 'Copy the ARN from the MSK console or from `aws kafka list-clusters-v2`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html',
  },
  ClusterNameCharacters: {
    meaning:
      'The name of a cluster is a part of its ARN, which cannot contain blanks, `/`, `:` or characters beyond ASCII.',
    fix: 'Choose a name of letters, digits and hyphens.',
  },
  ClusterNameLength: {
    meaning: '`clusterName` does not have 1 to 64 characters.',
    fix: 'Shorten the name, or omit it for a generated one.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-cluster.html',
  },
  ClusterReference: {
    meaning: '`cluster` carries no reference to an MSK cluster, such as a cluster of another library, or an ARN.',
    fix: 'Pass the L1 of the cluster (`cluster.node.defaultChild`), or [import it](imports.md) by its ARN.',
  },
  ClusterWithoutNetwork: {
    meaning: 'A topic is declared on a cluster that is only a reference, so there is no network path to its brokers.',
    fix: 'Set `backend` to `TopicBackend.dataPlane({ vpc, clusterSecurityGroups })` or `TopicBackend.mskApi()`, or use `Cluster.fromClusterAttributes(…)`.',
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
  ConfigurationTwice: {
    meaning: '`configuration` and `serverProperties` are set together.',
    fix: 'Move the properties into the `Configuration`.',
  },
  ConfigValue: {
    meaning: 'The value of a topic config has the wrong type, or is out of range.',
    fix: 'Set a value as the message describes.',
    source: 'https://kafka.apache.org/documentation/#topicconfigs',
  },
  ConnectionsUnknown: {
    meaning: 'The cluster was imported by its ARN only, so the security groups that network rules need are not known.',
    fix: 'Use `Cluster.fromClusterAttributes(…)` or `Cluster.fromLookup(…)`.',
  },
  ConnectivityWithoutAcls: {
    meaning:
      'Public access or [multi-VPC connectivity](https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html) is turned on, and clients with SCRAM or mutual TLS may do everything that no ACL forbids.',
    fix: 'Create ACLs for your clients, then set `allowEveryoneIfNoAclFound` to false in `serverProperties`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  },
  CrossAccountAnyone: {
    meaning:
      "`principal` of a `CrossAccountClient` is everyone, so the cluster's policy would allow every AWS account.",
    fix: 'Name an account, a role or an organization, or add a condition with `.withConditions(...)`.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  },
  DataPlaneTwice: {
    meaning:
      'Two topics of a stack name different networks for the brokers of one cluster, whose topics are managed by one function.',
    fix: 'Use the same `TopicBackend.dataPlane(…)` for all topics of a cluster in a stack, or declare the topic in another stack.',
  },
  DeadLettersTwice: {
    meaning: '`deadLetterTopic` and `onFailure` of an event source are set together.',
    fix: 'Remove one of the two.',
  },
  DeadLetterTopicPlace: {
    meaning: '`deadLetterTopic` is the source topic itself, or a topic of another cluster.',
    fix: 'Use another topic of the same cluster.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html',
  },
  DriftReportTooLarge: {
    meaning:
      'The declarations of the topics of one cluster in one stack do not fit into the input of the schedule of a `TopicDriftReport`, which is at most 256 KB.',
    fix: 'Define some of the topics in another stack, which gets a schedule of its own.',
    source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html',
  },
  DriftReportTwice: {
    meaning: 'A cluster has more than one `TopicDriftReport`.',
    fix: 'Keep one, which covers the topics of all stacks of the app.',
  },
  DualStackBrokers: {
    meaning: 'Dual-stack networking is set on a version of Kafka or an instance type that does not support it.',
    fix: 'Use Kafka 3.6.0 or later, and brokers larger than kafka.t3.small.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/mskp-choose-cluster-network-type.html',
  },
  EventActionUnfit: {
    meaning: '`actions` of `ClusterEvents` contains an alarm action that cannot handle events.',
    fix: 'Use `SnsAction` or `SsmAction`, or pass an EventBridge target in `targets`.',
  },
  EventSourceBatchSize: {
    meaning: 'Lambda takes 1 to 10,000 records per invocation.',
    fix: 'Change `batchSize`.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-msk-parameters.html',
  },
  EventSourceFilterKey: {
    meaning: 'A key for filters is set, and no filters are.',
    fix: 'Set `filters`, or remove `filterEncryption`.',
  },
  EventSourceFiltersQuota: {
    meaning: 'An event source has more filters than the default quota of five.',
    fix: 'Request a quota increase from AWS, which gives at most ten, then acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  },
  EventSourceGroup: {
    meaning: 'Lambda takes fewer names of consumer groups than Kafka.',
    fix: 'Choose a name of 1 to 200 letters, digits and characters of `-/*:_+=.@`.',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-eventsourcemapping-amazonmanagedkafkaeventsourceconfig.html',
  },
  EventSourceNeedsProvisioned: {
    meaning: 'A setting of an event source exists with provisioned pollers only.',
    fix: 'Set `provisionedPollers`, or remove the setting.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html',
  },
  EventSourceOnDemand: {
    meaning:
      "Lambda's guide offers a setting with provisioned pollers only. It does not say whether the API refuses it without them.",
    fix: 'Set `provisionedPollers`, or acknowledge the warning if your account accepts it.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html',
  },
  EventSourceRecordAge: {
    meaning: 'Lambda takes ages of records from 1 minute to 7 days.',
    fix: 'Change `maxRecordAge`, or omit it for no limit.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html',
  },
  EventSourceRetries: {
    meaning: 'Lambda takes 0 to 10,000 retries, or -1 for no limit.',
    fix: 'Change `retryAttempts`.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html',
  },
  EventSourceTimeout: {
    meaning: 'A function with a Kafka event source has a timeout of more than 14 minutes.',
    fix: 'Reduce the timeout of the function.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-configure.html',
  },
  EventSourceTimestamp: {
    meaning: '`AT_TIMESTAMP` needs a time, and no other starting position takes one. The time is in seconds.',
    fix: 'Set both or neither. Divide milliseconds by 1,000.',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  },
  EventSourceTopicName: {
    meaning: 'Lambda takes fewer names of topics than Kafka: at least two characters, the first of which is no dot.',
    fix: 'Rename the topic, or read it with a consumer of your own.',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  },
  EventSourceTwice: {
    meaning: 'A function has two event sources for the same topic and consumer group, which Lambda does not accept.',
    fix: 'Remove one of them, or set another `consumerGroup` in one.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html',
  },
  EventSourceWithoutNetwork: {
    meaning: 'An event source reads from a cluster that is only a reference, without its security groups.',
    fix: 'Set `clusterSecurityGroups`, or use a topic of `Cluster.fromClusterAttributes(…)`.',
  },
  EventsUntold: {
    meaning: '`ClusterEvents` has neither `actions` nor `targets`.',
    fix: 'Set at least one of the two.',
  },
  ExpressReplicationFactor: {
    meaning: '`replicationFactor` is not 3 on Express brokers, which create three replicas whatever the request says.',
    fix: 'Set it to 3, or omit it.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html',
  },
  ExpressStorage: {
    meaning: 'An escape hatch sets storage for Express brokers, which need no size and offer no storage mode.',
    fix: 'Remove the override.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-broker-types-express.html',
  },
  ExpressUpgradeInstanceType: {
    meaning:
      '`expressReadiness` is on, and MSK does not support the [upgrade in place](moving.md#upgrade-standard-brokers-to-express-brokers-in-place) for this instance type.',
    fix: 'Update `instanceType` to one of M5, M7g or M8g first.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-initiate.html',
  },
  ExpressUpgradeStorage: {
    meaning:
      '`expressReadiness` is on, and MSK does not support the [upgrade in place](moving.md#upgrade-standard-brokers-to-express-brokers-in-place) with tiered storage.',
    fix: 'Define an `ExpressCluster` in addition, since tiered storage cannot be turned off.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-initiate.html',
  },
  ExpressUpgradeTopics: {
    meaning:
      '`expressReadiness` is on, and topics do not have three replicas with two in sync, which an [upgrade in place](moving.md#upgrade-standard-brokers-to-express-brokers-in-place) needs.',
    fix: 'Set `min.insync.replicas` to 2, and reassign partitions until they have three replicas.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-initiate.html',
  },
  ExpressUpgradeVersion: {
    meaning:
      '`expressReadiness` is on, and `kafkaVersion` is not 3.9 with KRaft, which an [upgrade in place](moving.md#upgrade-standard-brokers-to-express-brokers-in-place) needs.',
    fix: 'Move to `KafkaVersion.V3_9_X_KRAFT` first.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-initiate.html',
  },
  ExpressUpgradeZones: {
    meaning:
      '`expressReadiness` is on, and the brokers are not in three Availability Zones, which an [upgrade in place](moving.md#upgrade-standard-brokers-to-express-brokers-in-place) needs.',
    fix: 'Define an `ExpressCluster` in addition, since the zones of a cluster never change.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-initiate.html',
  },
  FirehoseBufferingInterval: {
    meaning: '`bufferingInterval` is not a whole number of seconds from 0 to 900.',
    fix: 'Set an interval in this range.',
    source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html',
  },
  FirehoseBufferingSize: {
    meaning: '`bufferingSize` is not a whole number of mebibytes from 1 to 128.',
    fix: 'Set a size in this range.',
    source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html',
  },
  FirehoseErrorPrefix: {
    meaning:
      '`errorPrefix` lacks `!{firehose:error-output-type}`, which it needs if it or `prefix` contains expressions.',
    fix: 'Add the expression to `errorPrefix`.',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html',
  },
  FirehoseExpression: {
    meaning: '`prefix` or `errorPrefix` contains `!{` that begins no expression of Firehose.',
    fix: 'Use `!{timestamp:…}`, `!{firehose:…}` or an expression of dynamic partitioning, and close it.',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html',
  },
  FirehoseNeedsIam: {
    meaning: 'Firehose authenticates with IAM, which the cluster does not have enabled.',
    fix: "Add `ClientAuthentication.iam()` to the cluster's `authentication`.",
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/writing-with-msk.html',
  },
  FirehoseNeedsPrivateConnectivity: {
    meaning: 'The cluster does not yet have multi-VPC connectivity with IAM, or a cluster policy that admits Firehose.',
    fix: 'Enable both before the delivery stream is created, then acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/writing-with-msk.html',
  },
  FirehoseNeedsPublicAccess: {
    meaning: 'A delivery stream connects over the internet, but the cluster does not yet have public access.',
    fix: 'Enable public access before the delivery stream is created, then acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/writing-with-msk.html',
  },
  FirehosePrefix: {
    meaning: '`prefix` contains `!{firehose:error-output-type}`, which is only valid in `errorPrefix`.',
    fix: 'Move the expression to `errorPrefix`.',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html',
  },
  FirehosePrivateOnT3: {
    meaning: 'Private connectivity requires multi-VPC connectivity, which `kafka.t3.small` brokers do not support.',
    fix: 'Use a larger instance type, or `FirehoseConnectivity.PUBLIC`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html',
  },
  FirehosePublicServerless: {
    meaning: 'A Serverless cluster does not support public access.',
    fix: 'Use `FirehoseConnectivity.PRIVATE`.',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/writing-with-msk.html',
  },
  FlinkGrantWithoutIam: {
    meaning: 'A grant of `FlinkAccess` is used, but the application does not authenticate with IAM.',
    fix: 'Use `ClientAuthentication.iam()`, or grant access to its user with Kafka ACLs.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html',
  },
  GluePlaintext: {
    meaning: 'Glue connects over TLS, but the cluster accepts only plaintext.',
    fix: "Set the cluster's `encryptionInTransit` to `EncryptionInTransit.tlsOrPlaintext()`.",
    source: 'https://docs.aws.amazon.com/glue/latest/dg/creating-connections-kafka.html',
  },
  GlueSubnet: {
    meaning:
      'A Glue connection has no subnet, or one that was imported without its Availability Zone, which Glue demands.',
    fix: 'Select a subnet of the VPC, or import it with `Subnet.fromSubnetAttributes(scope, id, { subnetId, availabilityZone })`.',
  },
  GlueWithoutS3: {
    meaning: 'The subnet of a Glue connection cannot reach S3, from which Glue loads its jobs.',
    fix: 'Add a gateway endpoint for S3 to the VPC, or use subnets with a NAT gateway.',
    source: 'https://docs.aws.amazon.com/glue/latest/dg/glue-troubleshooting-errors.html',
  },
  GranteeImmutable: {
    meaning:
      'The grantee is a role that was imported with `mutable: false`, or comes from `withoutPolicyUpdates()`, so nothing was added to it.',
    fix: 'Add the statement of the message to a policy of the role, then acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.FromRoleArnOptions.html',
  },
  GranteeInOtherAccount: {
    meaning: 'The grantee is a role or user of another account, whose policies the app cannot change.',
    fix: 'Wrap it in `CrossAccountClient`, and add the statements that it collects in both accounts.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cross-account-permissions.html',
  },
  GranteeWithoutPolicy: {
    meaning: 'The grantee cannot have a policy attached, so the grant would have no effect.',
    fix: 'Grant to a role or a user, or wrap a principal of another account in `CrossAccountClient`.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.Grant.html',
  },
  GrantName: {
    meaning: 'The consumer group, transactional ID or application ID of a grant is empty or contains a wildcard.',
    fix: 'Use a plain name; only `*` is allowed, as its last character.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
  },
  GrantsFillPolicies: {
    meaning:
      'The grants of a role fill more managed policies than IAM attaches to a role by default, which is 10. The CDK splits large policies, and warns too.',
    fix: 'Grant by prefix, with `cluster.grants.topicsWithPrefix(…)`, or on `allTopics`; or request a quota increase from AWS, up to 20, then acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  GrantTopicName: {
    meaning: 'The topic name or prefix of a grant contains characters that topic names cannot have, or is empty.',
    fix: 'Use letters, digits, `.`, `_` and `-`; `topicsWithPrefix` and `allTopics` grant on several topics.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java',
  },
  GroupWithoutLag: {
    meaning: "MSK sends no lag for consumer groups whose name contains `:`, `'` or characters that are not ASCII.",
    fix: 'Rename the consumer group.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html',
  },
  InstanceTypeLength: {
    meaning:
      'CloudFormation takes instance types of at most 32 characters, so a template cannot name the mixed mode of an upgrade to Express brokers in place.',
    fix: 'Keep the type that the cluster had until the upgrade is complete.',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html',
  },
  InstanceTypeOfOtherKind: {
    meaning: 'The instance type is one of Express brokers on a Standard cluster, or the other way round.',
    fix: 'Use `ExpressCluster` for `express.` types, `ProvisionedCluster` for `kafka.` types.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html',
  },
  InstanceTypeUnknown: {
    meaning:
      'The instance type is not in the list of broker sizes that this library knows, so nothing about it is checked. M8g is one of them: AWS names the family, and does not list its sizes yet.',
    fix: 'Check the name. If AWS has added the type, acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html',
  },
  InstanceTypeVersion: {
    meaning: 'The instance type requires a later Kafka version: M7g requires 3.3.2 or later, or 2.8.2.tiered.',
    fix: 'Set a later `kafkaVersion`, or use another instance type.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html',
  },
  KafkaVersionOfOtherKind: {
    meaning: '`kafkaVersion` is not available for this type of brokers.',
    fix: 'Set one of the versions that the message lists.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-broker-types-express.html',
  },
  KafkaVersionRetired: {
    meaning: '`kafkaVersion` is no longer supported after a date, when AWS upgrades the cluster automatically.',
    fix: 'Set a supported version.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/version-support.html',
  },
  KafkaVersionUnknown: {
    meaning: 'The version is not among the versions of MSK that this library knows, so nothing about it is checked.',
    fix: 'Check the name. If AWS has added the version, acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html',
  },
  KraftOnT3: {
    meaning: '`kafka.t3.small` brokers do not support KRaft.',
    fix: 'Use a larger instance type, or a version without `.kraft`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/metadata-management.html',
  },
  LookupFailed: {
    meaning:
      '`cdk` got an error when it looked up a cluster for `Cluster.fromLookup`. The error itself is printed beside it.',
    fix: 'Check `env` of the stack. Set `clusterArn` in place of `clusterName`, or use `Cluster.fromClusterAttributes(…)`.',
  },
  LookupNameOrArn: {
    meaning: '`Cluster.fromLookup` has neither `clusterName` nor `clusterArn`, or both.',
    fix: 'Set one of them.',
  },
  LookupNameUnknown: {
    meaning: '`clusterName` or `clusterArn` of `Cluster.fromLookup` is a token.',
    fix: 'Set a value that is known at synthesis, or use `Cluster.fromClusterAttributes(…)`.',
  },
  LookupWithoutEnvironment: {
    meaning: '`Cluster.fromLookup` is used in a stack without an explicit account and Region.',
    fix: 'Set `env` of the stack, or use `Cluster.fromClusterAttributes(…)`.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Environment.html',
  },
  MetricDimension: {
    meaning: 'The metric does not have the dimensions that were requested.',
    fix: 'Remove the option, or request a metric that has the dimension.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html',
  },
  MetricDimensionLength: {
    meaning:
      'A broker, topic, consumer group or partition of a metric is an empty text, or longer than CloudWatch allows.',
    fix: 'Set a text of 1 to 255 characters.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html',
  },
  MetricNeedsLevel: {
    meaning: 'The cluster does not send the metric at its monitoring level.',
    fix: "Raise the cluster's `monitoringLevel`.",
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html',
  },
  MetricOfOtherKind: {
    meaning: 'This type of cluster does not send the metric.',
    fix: 'Use a metric of the type; the message says which types send it.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html',
  },
  MetricOfOtherMetadata: {
    meaning: 'The metric is sent only by clusters with ZooKeeper.',
    fix: 'Remove the metric.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html',
  },
  MetricPeriod: {
    meaning: '`period` of a metric is not one that CloudWatch has.',
    fix: 'Set 1, 5, 10, 20 or 30 seconds, or whole minutes.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricStat.html',
  },
  MetricStatistic: {
    meaning: 'A metric that combines several series has a statistic that Metrics Insights does not support.',
    fix: 'Use `Maximum`, `Minimum`, `Average` or `Sum`.',
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html',
  },
  MetricUnknown: {
    meaning: 'The name is not a metric of MSK known to this version of cdk-msk.',
    fix: 'Check the spelling against the MSK developer guide.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html',
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
  NumberOfZones: {
    meaning:
      'The subnets are not in two or three Availability Zones; Express brokers require three, Standard brokers in us-west-1 two.',
    fix: 'Select other subnets with `vpcSubnets`.',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html',
  },
  OffsetLagRange: {
    meaning: '`maxOffsetLag` is negative.',
    fix: 'Set 0 or more.',
  },
  OpenMonitoringOff: {
    meaning: '`allowPrometheus` or `prometheusScrape` is used, but `openMonitoring` is not set.',
    fix: 'Set `openMonitoring`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/open-monitoring.html',
  },
  OtherEnvironment: {
    meaning:
      'Something that must be next to a cluster is in a stack of another Region or account: a topic, an alarm, a rule for events, the function that reads bootstrap brokers, or a reader. It could be deployed, and would not work.',
    fix: 'Define it in a stack whose `env` is that of the cluster. Grants work across Regions, and `CrossAccountClient` grants access to other accounts.',
  },
  OutboundOfGivenGroups: {
    meaning:
      '`allowAllOutbound` is set together with `securityGroups`, and applies only to a security group that is created.',
    fix: 'Remove it, and set `allowAllOutbound` of the security groups themselves.',
  },
  ParameterNameForm: {
    meaning: '`parameterName` is not a valid name of a Parameter Store parameter.',
    fix: 'Use letters, digits, `.`, `-`, `_` and `/`; a name with `/` begins with `/`.',
    source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html',
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
  PerBrokerRange: {
    meaning: '`perBroker` is not a whole number of 0 or more, or is a token.',
    fix: 'Set a number that is known at synthesis.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  },
  PollersWithoutWayOut: {
    meaning:
      "The brokers' subnets cannot reach Lambda, STS or, for a secret, Secrets Manager, which the pollers of an event source call.",
    fix: 'Add interface endpoints or a NAT gateway to the VPC, or set `provisionedPollers`.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
  },
  PrivateConnectivityAuthentication: {
    meaning:
      'Multi-VPC connectivity is turned on for an authentication method that the cluster does not have, or on a cluster with unauthenticated access.',
    fix: 'Enable the method in `authentication` first, and remove unauthenticated access.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html',
  },
  PrivateConnectivityBrokers: {
    meaning: 'Multi-VPC connectivity is turned on for a version of Kafka or an instance type that does not support it.',
    fix: 'Use Kafka 2.7.1 or later, and brokers larger than kafka.t3.small.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html',
  },
  PrivateConnectivityDualStack: {
    meaning: 'Multi-VPC connectivity is turned on for a cluster with dual-stack networking.',
    fix: 'Remove one of them.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html',
  },
  PrometheusScrapeRange: {
    meaning: '`intervalSeconds` of a Prometheus configuration is not a whole number in its range.',
    fix: 'Set a whole number in the range that the message names.',
    source: 'https://prometheus.io/docs/prometheus/latest/configuration/configuration/',
  },
  PropertyIgnored: {
    meaning: 'An object with props has a property that the library does not know, so the property has no effect.',
    fix: 'Remove the property. Acknowledge the warning if the object is shared with other constructs.',
  },
  PropertyMissing: {
    meaning: 'A required parameter or property is missing, or an ID is empty.',
    fix: 'Set the parameter or property that the message names.',
  },
  PropertyMisspelt: {
    meaning: 'An object with props has an unknown property whose name is almost that of a property that is not set.',
    fix: 'Use the name that the message suggests.',
  },
  PropertyRange: {
    meaning: 'A number or duration is not whole, or is out of the range of its property.',
    fix: 'Set a value in the range that the message names.',
  },
  PropertyText: {
    meaning: 'A text is too long for its property, empty, or has characters that the property cannot have.',
    fix: 'Set a text of the form that the message names.',
  },
  PropertyType: {
    meaning:
      'A parameter or property has a value of another type than declared, for example text in place of a number, or `NaN`.',
    fix: 'Set a value of the type that the message names; the [API reference](API.md) has all types.',
  },
  PublicAccessMonitored: {
    meaning:
      'Public access is combined with open monitoring on a cluster that uses [KRaft](https://docs.aws.amazon.com/msk/latest/developerguide/metadata-management.html).',
    fix: 'Remove one of them.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  },
  PublicAccessPlaintext: {
    meaning: 'Public access is turned on for a cluster that does not encrypt all its connections.',
    fix: 'Set `encryptionInTransit` to `EncryptionInTransit.tls()`, with `inCluster` true.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  },
  PublicAccessUnauthenticated: {
    meaning: 'Public access is turned on for a cluster with unauthenticated access.',
    fix: 'Remove `ClientAuthentication.unauthenticated()` from `authentication`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  },
  RebalancingOfStandard: {
    meaning: 'An escape hatch sets rebalancing, which only Express brokers have.',
    fix: 'Remove the override, or use an `ExpressCluster`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/intelligent-rebalancing.html',
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
  SchemaCompatibilityDoubtful: {
    meaning:
      'The definition of a schema differs from an earlier version in `versions` in a way that the registry may refuse, or that readers may not understand.',
    fix: 'Check the change that the message names. If readers can handle it, acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html#schema-registry-compatibility',
  },
  SchemaDoubtful: {
    meaning:
      "The Java library of Glue's serializers takes a schema that the standard, or the next version of the library, does not.",
    fix: 'Fix the schema, or acknowledge the warning if only that library reads it.',
  },
  SchemaFile: {
    meaning: 'A file with a schema cannot be read.',
    fix: 'Set the path of a file, absolute or relative to the folder in which `cdk` runs.',
  },
  SchemaIncompatible: {
    meaning:
      'The definition of a schema violates its `compatibility` with an earlier version in `versions`, so readers could not read all records.',
    fix: 'Change the field that the message names, for example give it a default. Otherwise choose another `compatibility`, or register the schema under another `schemaName`.',
    source: 'https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html#schema-registry-compatibility',
  },
  SchemaLength: {
    meaning: 'A schema has more than 170,000 characters.',
    fix: 'Shorten it, or split it into several schemas.',
    source: 'https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSchema.html',
  },
  SchemaName: {
    meaning: '`schemaName` does not consist of 1 to 255 letters, digits, `-`, `_`, `$`, `#` and `.`.',
    fix: 'Choose another name.',
    source: 'https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSchema.html',
  },
  SchemaSyntax: {
    meaning: 'A schema is not valid in its format, or uses something that the Glue schema registry does not support.',
    fix: 'Fix the schema where the message says.',
    source: 'https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html',
  },
  SchemaVersionFiles: {
    meaning:
      'The directory in `versions` is missing or empty, or its files are not numbered versions of one schema, in the format of `definition`.',
    fix: 'Keep one file for each version in the directory, such as `v1.avsc` and `v2.avsc`, and nothing else.',
  },
  ScramSecretKey: {
    meaning:
      'The key of the secret of a SCRAM user is not known, so nobody is allowed to decrypt it. MSK accepts only secrets with a customer managed key.',
    fix: 'Set `encryptionKey` of the secret, or import it with `Secret.fromSecretAttributes` and its key.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-limitations.html',
  },
  SecretArnPartial: {
    meaning:
      'A secret was imported by its name, and a service needs the complete ARN, which ends with six more characters.',
    fix: 'Import the secret with `Secret.fromSecretCompleteArn` or `Secret.fromSecretAttributes`.',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen',
  },
  SecurityGroupImmutable: {
    meaning:
      'A security group was imported with `mutable: false`, so the rules that a client, event source or topic needs are not added to it.',
    fix: 'See that the group has the rules which the message names, then acknowledge the warning; or import the group without `mutable: false`.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroupImportOptions.html',
  },
  SecurityGroupsEmpty: {
    meaning: 'A list of security groups is empty.',
    fix: 'Omit the list for its default, or put a security group into it.',
  },
  ServerlessConfiguration: {
    meaning: '`clusterKind` of a `Configuration` is SERVERLESS, but Serverless clusters do not support configurations.',
    fix: 'Remove the configuration.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/serverless-config.html',
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
  ServerlessSubnets: {
    meaning: 'A Serverless cluster has fewer than two subnets in one of its VPCs.',
    fix: 'Select at least two subnets in each VPC.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#serverless-quota',
  },
  ServerlessVpcs: {
    meaning: 'A Serverless cluster is in more than five VPCs.',
    fix: 'Remove VPCs from `otherVpcs`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#serverless-quota',
  },
  ServerPropertyNeedsZookeeper: {
    meaning: 'A server property of ZooKeeper is set on a cluster with KRaft.',
    fix: 'Remove the property.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/metadata-management.html',
  },
  ServerPropertyOfOtherKind: {
    meaning: 'A server property cannot be set on this type of brokers.',
    fix: 'Remove the property, or set `clusterKind` of the `Configuration` to the type of the cluster.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html',
  },
  ServerPropertyText: {
    meaning:
      'The name or value of a server property has a character that would end its line, or continue it in the next one.',
    fix: 'Set one property with one line of text.',
    source: 'https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Properties.html',
  },
  ServerPropertyTwice: {
    meaning: 'A server property is set both by its own property and in `serverProperties.other`.',
    fix: 'Remove one of the two.',
  },
  ServerPropertyUnknown: {
    meaning: 'A server property is not on the list of properties that MSK supports.',
    fix: 'Check the spelling; if MSK has added the property since this release, set it in `serverProperties.unlisted`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html',
  },
  ServerPropertyValue: {
    meaning: 'The value of a server property has the wrong type, or is out of range.',
    fix: 'Set a value as the message describes.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html',
  },
  StorageAutoscalingMaximum: {
    meaning: 'The maximum of `storageAutoscaling` is not larger than `storage`, or not a whole number up to 16384 GiB.',
    fix: 'Set a larger maximum.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html',
  },
  StorageAutoscalingRegion: {
    meaning: 'Storage autoscaling is not available in the Region.',
    fix: 'Remove `storageAutoscaling`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html',
  },
  StorageAutoscalingTarget: {
    meaning: '`targetUtilizationPercent` is not a whole number from 10 to 80.',
    fix: 'Set a percentage in this range.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html',
  },
  StorageBelowReal: {
    meaning: 'With `storageAutoscaling`, the volumes become larger than `storage` in the template, and cannot shrink.',
    fix: 'Acknowledge the warning; before you change `storage`, set it to more than the current size of the volumes.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html',
  },
  SubnetsShareZone: {
    meaning: 'Two of the selected subnets are in the same Availability Zone.',
    fix: 'Select one subnet per zone with `vpcSubnets`.',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html',
  },
  TagKeyCharacters: {
    meaning: 'A tag of a cluster has a key that CloudFormation refuses, such as one with `&`.',
    fix: 'Rename the key, or exclude the resource types of clusters from the tag.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-cluster.html',
  },
  ThroughputInstance: {
    meaning: 'Provisioned throughput requires m5.4xlarge, m7g.2xlarge, or larger.',
    fix: 'Use a larger instance type, or remove the throughput.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-provision-throughput-management.html',
  },
  ThroughputRange: {
    meaning:
      'The provisioned throughput is not a whole number of MiB per second from 250 to the maximum of the instance type.',
    fix: 'Set a throughput in the range that the message gives.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-provision-throughput-management.html',
  },
  ThroughputVolume: {
    meaning: 'Provisioned throughput requires volumes of at least 10 GiB.',
    fix: 'Increase `storage`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-provision-throughput-management.html',
  },
  TieredStorageInstance: {
    meaning: '`kafka.t3.small` brokers do not support tiered storage.',
    fix: 'Use a larger instance type.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-tiered-storage.html',
  },
  TieredStorageVersion: {
    meaning: 'Tiered storage requires Kafka 2.8.2.tiered, or 3.6.0 or later.',
    fix: 'Set another `kafkaVersion`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-tiered-storage.html',
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
  TopicAuthenticationOff: {
    meaning:
      'The function that manages topics would authenticate with a method that the cluster does not have enabled.',
    fix: 'Set `backend` to `TopicBackend.dataPlane({ authentication })` with a method that is enabled.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html',
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
  TwoZonesWithoutEnvironment: {
    meaning:
      'The cluster will use two Availability Zones permanently, because an environment-agnostic stack sees only two.',
    fix: 'Set `env` of the stack, or list three `availabilityZones` in the VPC.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.VpcProps.html',
  },
  VolumeSizeRange: {
    meaning: '`storage` is not a whole number of GiB from 1 to 16384 per broker.',
    fix: 'Set a size in this range.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-provisioned-quota',
  },
  WatchedClusterUnclear: {
    meaning: 'Metrics, alarms or a dashboard were created without a cluster.',
    fix: 'Set `cluster` or `clusterName`.',
  },
};
