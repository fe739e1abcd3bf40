import type { Explanations } from './explanation';

/** The rules of clusters, brokers, storage, versions and server properties. */
export const CLUSTERS = {
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
  ConfigurationTwice: {
    meaning: '`configuration` and `serverProperties` are set together.',
    fix: 'Move the properties into the `Configuration`.',
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
  NumberOfZones: {
    meaning:
      'The subnets are not in two or three Availability Zones; Express brokers require three, Standard brokers in us-west-1 two.',
    fix: 'Select other subnets with `vpcSubnets`.',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html',
  },
  RebalancingOfStandard: {
    meaning: 'An escape hatch sets rebalancing, which only Express brokers have.',
    fix: 'Remove the override, or use an `ExpressCluster`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/intelligent-rebalancing.html',
  },
  ServerlessConfiguration: {
    meaning: '`clusterKind` of a `Configuration` is SERVERLESS, but Serverless clusters do not support configurations.',
    fix: 'Remove the configuration.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/serverless-config.html',
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
} satisfies Explanations;
