/** What a code means, in one sentence, and how to fix it. */
interface CodeExplanation {
  readonly meaning: string;
  readonly fix: string;
}

/** Every error of a deployment. Codes are stable; docs/errors.md is made from this table. */
export const ERROR_CODES = {
  AdoptionRefused: {
    meaning: 'The topic to adopt has more partitions than requested, or another replication factor.',
    fix: 'Declare what the topic has, or more partitions.',
  },
  AwsRefused: {
    meaning:
      'AWS denied a call of the dispatcher to MSK, CloudFormation, EC2, Lambda or Secrets Manager, even after a minute of retries.',
    fix: 'Check that no policy or permissions boundary denies the action that the message names.',
  },
  AwsThrottled: {
    meaning: 'AWS throttled a call of the dispatcher, or failed to carry it out, until the time was up.',
    fix: 'Deploy again when AWS is less busy, with fewer topics at once, or request a higher quota.',
  },
  ClusterMismatch: {
    meaning: 'Another Kafka cluster answers at the address of the cluster, whose ARN has not changed.',
    fix: 'Check DNS and proxies between the worker and the brokers; to move a topic, declare the ARN of the other cluster.',
  },
  ClusterNotFound: {
    meaning: 'The cluster does not exist or is being deleted; deleting a topic of it succeeds.',
    fix: 'Use the ARN of an existing cluster.',
  },
  DeletionDisabled: {
    meaning: 'The brokers run with `delete.topic.enable=false`.',
    fix: 'Set the server property to true, or retain the topic.',
  },
  InvalidConfig: {
    meaning: 'The brokers rejected a config or its value.',
    fix: 'Fix `configs`.',
  },
  InvalidEvent: {
    meaning: 'A function of the provider was invoked neither by CloudFormation nor by the provider itself.',
    fix: 'Do not invoke the function yourself.',
  },
  InvalidName: {
    meaning: 'The brokers rejected the name of the topic; names that differ only in `.` and `_` exclude each other.',
    fix: 'Choose another `topicName`.',
  },
  InvalidPartitions: {
    meaning: 'The brokers rejected the number of partitions.',
    fix: 'Fix `partitionCount`.',
  },
  InvalidProperty: {
    meaning: 'A property of the custom resource is missing or has an invalid value.',
    fix: 'Fix the property; the constructs always write valid ones.',
  },
  InvalidSecret: {
    meaning:
      "The worker's secret does not contain the JSON that its authentication method requires, or its certificate cannot be read.",
    fix: 'Store the secret as the message describes.',
  },
  InvalidTopic: {
    meaning: 'A value that was a token at synthesis violates one of the rules above.',
    fix: 'Fix the value; the message contains the code of the rule.',
  },
  KafkaRefused: {
    meaning: 'The brokers rejected the request for a reason that has no code of its own here.',
    fix: 'Read the reason in the message; retrying will not help.',
  },
  LateCreate: {
    meaning:
      'A create event arrived while its stack was not creating anything, most likely a late copy; nothing was created.',
    fix: 'Deploy again.',
  },
  LateUpdate: {
    meaning:
      'An update event arrived while its stack was not being updated, most likely a late copy; nothing was changed.',
    fix: 'Nothing to do; if the stack waits for an answer, deploy again.',
  },
  NoBootstrapBrokers: {
    meaning: 'The cluster has no bootstrap brokers for the requested authentication method or access.',
    fix: 'Enable it on the cluster, or request brokers that the message lists.',
  },
  NoListener: {
    meaning: "The authentication method of the topic's backend is not enabled on the cluster.",
    fix: 'Enable the method on the cluster, or use another one.',
  },
  NotAuthenticated: {
    meaning: 'The brokers refused to authenticate the worker, even after the grace period.',
    fix: 'With IAM, allow `kafka-cluster:Connect` (wrong or expired credentials look the same); otherwise check the secret.',
  },
  NotAuthorized: {
    meaning: 'The worker lacks the IAM action, or the ACL, that the message names, even after the grace period.',
    fix: 'Add the permission.',
  },
  NotEnoughBrokers: {
    meaning: 'The replication factor exceeds the number of brokers that are available.',
    fix: 'Reduce the replication factor, or deploy again when all brokers are available.',
  },
  NotOurs: {
    meaning: 'The worker was asked to delete something that was not created by cdk-msk; nothing was changed.',
    fix: 'Nothing to do.',
  },
  OutcomeUnknown: {
    meaning: 'The brokers did not confirm the change in time; it may still be carried out.',
    fix: 'Deploy again when the cluster is healthy; this is safe.',
  },
  PartitionDecrease: {
    meaning: 'Fewer partitions were requested than the topic has.',
    fix: 'Declare what the topic has, set `onPartitionDecrease` to keep, or create a new topic.',
  },
  PolicyViolation: {
    meaning: 'A policy of the cluster rejected the request, for example because of too many partitions at once.',
    fix: 'Request less at once, or change the policy.',
  },
  ReplaceRefused: {
    meaning: 'Another name or cluster would delete a topic that contains records.',
    fix: 'Retain the topic, or set `allowDataLoss`.',
  },
  ReplicationFactorChange: {
    meaning: 'Another replication factor was requested, which a deployment cannot change.',
    fix: 'Reassign the partitions as the message describes, then deploy again.',
  },
  TlsRefused: {
    meaning: "The brokers' certificate is not trusted.",
    fix: 'Check that the addresses are those of the cluster.',
  },
  TopicExists: {
    meaning: 'A topic with this name exists, and either differs from its declaration or contains records.',
    fix: 'Set `onExisting` to adopt, or choose another name.',
  },
  Unexpected: {
    meaning: 'The dispatcher failed with an unexpected error.',
    fix: 'Check its log, then deploy again; this is safe.',
  },
  UnknownProperty: {
    meaning: 'The custom resource has a property that topics do not have.',
    fix: 'Fix the spelling; the message suggests the closest name.',
  },
  UnknownResourceType: {
    meaning: 'The provider was used for a resource type that it does not implement.',
    fix: 'Use the constructs of this library.',
  },
  Unreachable: {
    meaning: 'No broker answered; the message says which state, rule or route is the reason.',
    fix: 'Fix what the message says, then deploy again.',
  },
  WorkerFailed: {
    meaning: 'The worker ended without an answer.',
    fix: 'Check its log, then deploy again; this is safe.',
  },
  WorkerGone: {
    meaning: 'The function that connects to the brokers does not exist.',
    fix: 'Deploy the stack again, or restore the function.',
  },
} as const satisfies Readonly<Record<string, CodeExplanation>>;

/** Every warning of a deployment that succeeded. */
export const WARNING_CODES = {
  BootstrapBrokersMissing: {
    meaning:
      'A stack that rolls back requested bootstrap brokers that the cluster does not have; they are an empty string.',
    fix: "Check the cluster's authentication and access.",
  },
  CompactedTopicGrown: {
    meaning:
      'Partitions were added to a compacted topic. Keys move to other partitions, where their new records do not replace the old ones.',
    fix: 'Write the current value of every key again, or use a new topic.',
  },
  ConfigOverwritten: {
    meaning:
      'A config had a value that this stack had not set; the warning names it, since no rollback can restore it.',
    fix: 'Declare the value that you want to keep.',
  },
  PartitionOffline: {
    meaning: 'A partition of the topic has no leader, so its records cannot be read or written.',
    fix: 'Bring back the broker that holds it.',
  },
  PartitionsKept: {
    meaning: 'Fewer partitions are declared than the topic has; it keeps them.',
    fix: 'Declare what the topic has.',
  },
  ReplicationFactorDiffers: {
    meaning: 'The topic has another replication factor, which this deployment did not request.',
    fix: 'Declare it, or reassign the partitions.',
  },
  SlowBrokers: {
    meaning:
      'One minute after the change, some brokers did not show it yet; the warning names them, and what they show.',
    fix: 'Check the health of these brokers.',
  },
  StaleConfigReset: {
    meaning:
      "The topic had a config that the cluster's version of Kafka no longer knows. Brokers of Kafka 4.0 and 4.1 then refuse every change of configs, so it was reset together with the change.",
    fix: 'Nothing to do; the config had no effect any more.',
  },
  TopicKept: {
    meaning:
      'A topic that was to be deleted was kept, because it contains records or nobody could say whether it does.',
    fix: 'Delete it by hand if it is no longer needed.',
  },
  TopicMadeAgain: {
    meaning: 'The topic was deleted and created again outside of this stack; it now counts as adopted.',
    fix: 'Nothing to do; it will not be deleted with the resource.',
  },
  TopicNotRolledBack: {
    meaning:
      'An update failed, and its rollback could not restore the topic, because no broker answered, the cluster was gone, the brokers rejected the change, or another topic has the name by now; the topic was left as it was.',
    fix: 'Fix what the warning says, then deploy with another `reconcileToken`.',
  },
  TopicVanished: {
    meaning: 'The topic no longer existed and was created again, empty.',
    fix: 'Find out who deleted it.',
  },
  UnderReplicated: {
    meaning: 'Not every replica of the new partitions is in sync, because the broker that the warning names is down.',
    fix: 'Bring back the broker; its replicas catch up on their own.',
  },
} as const satisfies Readonly<Record<string, CodeExplanation>>;

export type ErrorCode = keyof typeof ERROR_CODES;
export type WarningCode = keyof typeof WARNING_CODES;
