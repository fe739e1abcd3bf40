import type { Explanations } from './explanation';

/** The rules of event sources, Firehose, Flink, Glue and schemas. */
export const INTEGRATIONS = {
  DeadLettersTwice: {
    meaning: '`deadLetterTopic` and `onFailure` of an event source are set together.',
    fix: 'Remove one of the two.',
  },
  DeadLetterTopicPlace: {
    meaning: '`deadLetterTopic` is the source topic itself, or a topic of another cluster.',
    fix: 'Use another topic of the same cluster.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html',
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
  PollersWithoutWayOut: {
    meaning:
      "The brokers' subnets cannot reach Lambda, STS or, for a secret, Secrets Manager, which the pollers of an event source call.",
    fix: 'Add interface endpoints or a NAT gateway to the VPC, or set `provisionedPollers`.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
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
} satisfies Explanations;
