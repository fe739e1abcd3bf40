import { ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import { GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation';
import { GetMetricStatisticsCommand, ListMetricsCommand, type Metric } from '@aws-sdk/client-cloudwatch';
import { type Cluster, GetBootstrapBrokersCommand, ListClustersV2Command } from '@aws-sdk/client-kafka';
import type { Account } from './account';
import { type Check, confirmed, refuted, unclear, type Verdict } from './check';

/** Checks that change nothing. They see metrics of the last two weeks. */
export const READS: readonly Check[] = [
  {
    fact: 'lookupByName',
    how: 'lists the clusters with Cloud Control',
    run: listHasNames,
  },
  {
    fact: 'clusterImport',
    how: 'asks CloudFormation for the identifiers of the types in a template',
    run: canBeImported,
  },
  {
    fact: 'lagDimensions',
    how: 'lists the dimensions of MaxOffsetLag',
    run: (account) => haveDimension(account, ['MaxOffsetLag'], 'Cluster Name'),
  },
  {
    fact: 'partitionLagDimensions',
    how: 'lists the dimensions of OffsetLag, which requires the monitoring level PER_TOPIC_PER_PARTITION',
    run: (account) => haveDimension(account, ['OffsetLag'], 'Cluster Name'),
  },
  {
    fact: 'kraftControllers',
    how: 'reads the maximum of ActiveControllerCount of each KRaft cluster over the last hour',
    run: controllersAreOne,
  },
  {
    fact: 'fileDescriptorsLevel',
    how: 'lists both metrics and compares them with the monitoring level of the clusters that send them',
    run: comePerBroker,
  },
  {
    fact: 'multiVpcPorts',
    how: 'reads the ports in the bootstrap brokers for multi-VPC connectivity',
    run: portsAreInRange,
  },
];

async function listHasNames({ cloudControl }: Account): Promise<Verdict> {
  const { ResourceDescriptions = [] } = await cloudControl.send(
    new ListResourcesCommand({ TypeName: 'AWS::MSK::Cluster' }),
  );
  if (ResourceDescriptions.length === 0) return unclear('no provisioned cluster');
  const known = ResourceDescriptions.map(({ Properties = '{}' }) => Object.keys(JSON.parse(Properties) as object));
  const lacking = known.find((keys) => !keys.includes('ClusterName'));
  return lacking ? refuted(`one has only ${lacking.join(', ')}`) : confirmed(`${known.length} clusters have it`);
}

/** What docs/moving.md imports, by what. */
const IMPORTED: Readonly<Record<string, string>> = {
  'AWS::MSK::Cluster': 'Arn',
  'AWS::MSK::Configuration': 'Arn',
  'AWS::EC2::SecurityGroup': 'Id',
  'AWS::Logs::LogGroup': 'LogGroupName',
};

async function canBeImported({ cloudFormation }: Account): Promise<Verdict> {
  const resources = Object.keys(IMPORTED).map((Type, index) => [`It${index}`, { Type, DeletionPolicy: 'Retain' }]);
  const TemplateBody = JSON.stringify({ Resources: Object.fromEntries(resources) as object });
  const { ResourceIdentifierSummaries = [] } = await cloudFormation.send(
    new GetTemplateSummaryCommand({ TemplateBody }),
  );
  const found: Record<string, string | undefined> = Object.fromEntries(
    ResourceIdentifierSummaries.map((one) => [one.ResourceType!, one.ResourceIdentifiers?.join()]),
  );
  const seen = Object.keys(IMPORTED).map((type) => `${type} by ${found[type] ?? 'nothing'}`);
  const isAsSaid = Object.entries(IMPORTED).every(([type, identifier]) => found[type] === identifier);
  return isAsSaid ? confirmed(seen.join(', ')) : refuted(seen.join(', '));
}

async function seriesOf({ cloudWatch }: Account, names: readonly string[]): Promise<Metric[]> {
  const lists = await Promise.all(
    names.map((MetricName) => cloudWatch.send(new ListMetricsCommand({ Namespace: 'AWS/Kafka', MetricName }))),
  );
  return lists.flatMap(({ Metrics = [] }) => Metrics);
}

async function haveDimension(account: Account, names: readonly string[], wanted: string): Promise<Verdict> {
  const series = await seriesOf(account, names);
  if (series.length === 0)
    return unclear(`no series of ${names.join(', ')}; a consumer group that commits offsets is required`);
  const lacking = series.find(({ Dimensions = [] }) => !Dimensions.some(({ Name }) => Name === wanted));
  if (!lacking) return confirmed(`${series.length} series have it`);
  return refuted(`one has ${lacking.Dimensions?.map(({ Name }) => Name).join(', ')}`);
}

async function clustersOf(account: Pick<Account, 'kafka'>, NextToken?: string): Promise<Cluster[]> {
  const page = await account.kafka.send(new ListClustersV2Command({ NextToken }));
  const rest = page.NextToken ? await clustersOf(account, page.NextToken) : [];
  return [...(page.ClusterInfoList ?? []), ...rest];
}

const versionOf = ({ Provisioned }: Cluster) => Provisioned?.CurrentBrokerSoftwareInfo?.KafkaVersion ?? '';

async function controllersAreOne(account: Account): Promise<Verdict> {
  const kraft = (await clustersOf(account)).filter((cluster) => versionOf(cluster).includes('.kraft'));
  if (kraft.length === 0) return unclear('no cluster with KRaft');
  const maxima = await Promise.all(kraft.map((cluster) => maximumOf(account, cluster)));
  const seen = kraft.map(({ ClusterName }, index) => `${ClusterName}: ${maxima[index] ?? 'no data'}`).join(', ');
  if (maxima.every((maximum) => maximum === undefined)) return unclear(seen);
  return maxima.every((maximum) => maximum === undefined || maximum === 1) ? confirmed(seen) : refuted(seen);
}

async function maximumOf({ cloudWatch }: Account, { ClusterName }: Cluster): Promise<number | undefined> {
  const EndTime = new Date();
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Kafka',
      MetricName: 'ActiveControllerCount',
      Dimensions: [{ Name: 'Cluster Name', Value: ClusterName }],
      StartTime: new Date(EndTime.getTime() - 3_600_000),
      EndTime,
      Period: 3600,
      Statistics: ['Maximum'],
    }),
  );
  return Datapoints[0]?.Maximum;
}

async function comePerBroker(account: Account): Promise<Verdict> {
  const series = await seriesOf(account, ['KafkaFileDescriptorsUsagePercent', 'KafkaMemoryMappedFilesUsagePercent']);
  const senders = new Set(
    series.map(({ Dimensions }) => Dimensions?.find(({ Name }) => Name === 'Cluster Name')?.Value),
  );
  const clusters = (await clustersOf(account)).filter(({ Provisioned }) => Provisioned);
  const levelOf = ({ Provisioned }: Cluster) => Provisioned?.EnhancedMonitoring ?? 'DEFAULT';
  const sending = clusters.filter(({ ClusterName }) => senders.has(ClusterName));
  const free = sending.find((cluster) => levelOf(cluster) === 'DEFAULT');
  if (free) return refuted(`${free.ClusterName} sends them at DEFAULT`);
  if (sending.length > 0) return confirmed(`sent by ${sending.map(({ ClusterName }) => ClusterName).join(', ')}`);
  const asked = clusters.find((cluster) => levelOf(cluster) !== 'DEFAULT');
  return asked ? refuted(`${asked.ClusterName} has ${levelOf(asked)} and sends neither`) : unclear('no such cluster');
}

async function portsAreInRange(account: Account): Promise<Verdict> {
  const clusters = (await clustersOf(account)).filter(({ Provisioned }) => Provisioned);
  const lists = await Promise.all(
    clusters.map(({ ClusterArn }) => account.kafka.send(new GetBootstrapBrokersCommand({ ClusterArn }))),
  );
  const entries = lists.flatMap((list) => Object.entries(list).filter(([key]) => key.includes('VpcConnectivity')));
  const ports = entries.flatMap(([, list]) => [...String(list).matchAll(/:(\d+)/g)].map(([, port]) => Number(port)));
  if (ports.length === 0) return unclear('no cluster with multi-VPC connectivity');
  const [least, most] = [Math.min(...ports), Math.max(...ports)];
  const seen = `ports ${least} to ${most}`;
  return least >= 14_001 && most <= 14_100 ? confirmed(seen) : refuted(seen);
}
