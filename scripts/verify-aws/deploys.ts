import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  DescribeClusterV2Command,
  UpdateBrokerStorageCommand,
} from '@aws-sdk/client-kafka';
import { type Account, deploy, outputOf, type Template } from './account';
import { type Check, confirmed, refusalOf, refuted, unclear, type Verdict } from './check';
import { aName } from './creates';

/** Checks that create topics on your cluster, or create their own cluster, and checks that only a person can do. */
export const DEPLOYS: readonly Check[] = [
  {
    fact: 'topicConfigsAsLines',
    how: "makes a topic with configs as lines of key=value, by MSK's API",
    makes: { what: 'a topic', minutes: 1, dollars: 0 },
    onCluster: true,
    run: takesLines,
  },
  {
    fact: 'topicRate',
    how: "makes thirty topics at once by MSK's API, and counts what is throttled",
    makes: { what: 'thirty topics', minutes: 3, dollars: 0 },
    onCluster: true,
    run: countsThrottled,
  },
  {
    fact: 'topicTwoChanges',
    how: 'deploys a stack with a topic, then changes partitions and configs in one update',
    makes: { what: 'a stack with a topic', minutes: 8, dollars: 0 },
    onCluster: true,
    run: refusesTwoChangesOfTopic,
  },
  {
    fact: 'severalChanges',
    how: 'deploys a cluster of three t3.small, then changes monitoring and storage in one update',
    makes: { what: 'a stack with a cluster in the default VPC', minutes: 120, dollars: 1 },
    run: refusesTwoChanges,
  },
  {
    fact: 'storageBelowReal',
    how: 'deploys a cluster of three t3.small, grows its volumes by the API as autoscaling does, then updates its stack',
    makes: { what: 'a stack with a cluster in the default VPC', minutes: 120, dollars: 1 },
    run: neverShrinks,
  },
  {
    fact: 'signedHostInChina',
    how: "by hand, with an account in China: any of AWS's IAM clients on a cluster in cn-north-1, and a deployment with a topic; brokers must let in both",
  },
  {
    fact: 'idempotentWithoutRight',
    how: 'by hand: a Java producer in the VPC with Connect, DescribeTopic and WriteData only, enable.idempotence=true; it must be refused',
  },
  {
    fact: 'stackAfterUpgrade',
    how: 'by hand: upgrade a test cluster of this library to Express brokers in place as docs/moving.md says, then deploy an ExpressCluster at its path; the stack must end in UPDATE_COMPLETE, with the same cluster',
  },
  {
    fact: 'partitionsOf24xlarge',
    how: 'by hand, about 30 $ an hour: three brokers kafka.m5.24xlarge, 5000 partitions each, then a new configuration; it must be taken',
  },
  {
    fact: 'tieredStoragePrice',
    how: 'by hand: aws pricing get-products --service-code AmazonMSK, the product with tiered storage in us-east-1',
  },
];

async function aTopic({ clusterArn, kafka, undo }: Account, configs = '{}'): Promise<void> {
  const TopicName = `${aName('topic')}-${undo.length}`;
  undo.push(() => kafka.send(new DeleteTopicCommand({ ClusterArn: clusterArn, TopicName })));
  const Configs = Buffer.from(configs).toString('base64');
  const size = { PartitionCount: 1, ReplicationFactor: 2 };
  await kafka.send(new CreateTopicCommand({ ClusterArn: clusterArn, TopicName, ...size, Configs }));
}

async function takesLines(account: Account): Promise<Verdict> {
  const refusal = await refusalOf(aTopic(account, 'retention.ms=3600000\n'));
  return refusal === undefined ? refuted('the topic was made') : confirmed(refusal);
}

async function countsThrottled(account: Account): Promise<Verdict> {
  const all = await Promise.all(Array.from({ length: 30 }, () => refusalOf(aTopic(account))));
  const refusals = all.filter((one) => one !== undefined);
  if (refusals.length === 0) return confirmed('none was refused');
  return /Throttl|TooManyRequests/.test(refusals[0])
    ? refuted(`${refusals.length}: ${refusals[0]}`)
    : unclear(refusals[0]);
}

function topicTemplate(account: Account, TopicName: string, changed: boolean): Template {
  const Configs = Buffer.from(JSON.stringify({ 'retention.ms': changed ? '7200000' : '3600000' })).toString('base64');
  const PartitionCount = changed ? 2 : 1;
  const Properties = { ClusterArn: account.clusterArn, TopicName, PartitionCount, ReplicationFactor: 2, Configs };
  return { Resources: { Topic: { Type: 'AWS::MSK::Topic', Properties } } };
}

async function refusesTwoChangesOfTopic(account: Account): Promise<Verdict> {
  const name = aName('topic');
  const trouble = await deploy(account, name, topicTemplate(account, name, false));
  if (trouble) return unclear(trouble);
  const refusal = await deploy(account, name, topicTemplate(account, name, true));
  return refusal ? confirmed(refusal) : refuted('both were changed');
}

interface ClusterShape {
  readonly subnets: readonly string[];
  readonly level?: 'DEFAULT' | 'PER_BROKER';
  readonly volumeGiB?: number;
}

function clusterTemplate(ClusterName: string, { level = 'DEFAULT', subnets, volumeGiB = 100 }: ClusterShape): Template {
  const StorageInfo = { EBSStorageInfo: { VolumeSize: volumeGiB } };
  const BrokerNodeGroupInfo = { ClientSubnets: subnets, InstanceType: 'kafka.t3.small', StorageInfo };
  const Properties = {
    ClusterName,
    KafkaVersion: '3.9.x',
    NumberOfBrokerNodes: subnets.length,
    EnhancedMonitoring: level,
    BrokerNodeGroupInfo,
  };
  return {
    Resources: { Cluster: { Type: 'AWS::MSK::Cluster', Properties } },
    Outputs: { Arn: { Value: { Ref: 'Cluster' } } },
  };
}

/** Subnets of the default VPC in three zones; MSK is not available in use1-az3. */
async function subnetsOf({ ec2 }: Account): Promise<string[]> {
  const Filters = [{ Name: 'default-for-az', Values: ['true'] }];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  const usable = Subnets.filter(({ AvailabilityZoneId }) => AvailabilityZoneId !== 'use1-az3').slice(0, 3);
  if (usable.length < 2) throw new Error('there is no default VPC with two zones');
  return usable.map(({ SubnetId }) => SubnetId!);
}

async function refusesTwoChanges(account: Account): Promise<Verdict> {
  const [name, subnets] = [aName('changes'), await subnetsOf(account)];
  const trouble = await deploy(account, name, clusterTemplate(name, { subnets }));
  if (trouble) return unclear(trouble);
  const refusal = await deploy(account, name, clusterTemplate(name, { subnets, level: 'PER_BROKER', volumeGiB: 110 }));
  return refusal ? confirmed(refusal) : refuted('both were changed');
}

async function neverShrinks(account: Account): Promise<Verdict> {
  const [name, subnets] = [aName('storage'), await subnetsOf(account)];
  const trouble = await deploy(account, name, clusterTemplate(name, { subnets }));
  if (trouble) return unclear(trouble);
  const ClusterArn = await outputOf(account, name, 'Arn');
  const { ClusterInfo } = await account.kafka.send(new DescribeClusterV2Command({ ClusterArn }));
  const TargetBrokerEBSVolumeInfo = [{ KafkaBrokerNodeId: 'All', VolumeSizeGB: 120 }];
  const CurrentVersion = ClusterInfo?.CurrentVersion;
  await account.kafka.send(new UpdateBrokerStorageCommand({ ClusterArn, CurrentVersion, TargetBrokerEBSVolumeInfo }));
  const refusal = await deploy(account, name, clusterTemplate(name, { subnets, level: 'PER_BROKER' }));
  const after = await account.kafka.send(new DescribeClusterV2Command({ ClusterArn }));
  const size = after.ClusterInfo?.Provisioned?.BrokerNodeGroupInfo?.StorageInfo?.EbsStorageInfo?.VolumeSize;
  const seen = `${refusal ?? 'the update succeeded'}; the volumes have ${size} GiB`;
  return size === 120 ? confirmed(seen) : refuted(seen);
}
