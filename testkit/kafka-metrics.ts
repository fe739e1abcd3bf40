/** The JMX value of a Kafka node that MSK sends to CloudWatch under another name. */
export interface KafkaMetric {
  readonly node: 'broker' | 'controller';
  /** Keys of the JMX bean's name, which can have others, too. */
  readonly bean: Readonly<Record<string, string>>;
  readonly domain: string;
  readonly attribute: string;
  /** The unit in Kafka's documentation, in the terms of this library. */
  readonly unit: string;
  /** What the meter says it counts. */
  readonly counts?: string;
}

type Row = readonly [name: string, metric: KafkaMetric];

const gauge = (name: string, node: KafkaMetric['node'], [domain, type]: readonly [string, string]): Row => [
  name,
  { node, domain, bean: { type, name }, attribute: 'Value', unit: 'count' },
];
const CONTROLLER = ['kafka.controller', 'KafkaController'] as const;
const REPLICAS = ['kafka.server', 'ReplicaManager'] as const;

const meter = (name: string, counts: string, unit: string): Row => [
  name,
  {
    ...{ node: 'broker', domain: 'kafka.server', bean: { type: 'BrokerTopicMetrics', name } },
    ...{ attribute: 'OneMinuteRate', counts, unit },
  },
];

const REQUESTS = ['Produce', 'FetchConsumer', 'FetchFollower'];
const TIMES = ['RequestQueueTimeMs', 'LocalTimeMs', 'ResponseQueueTimeMs', 'ResponseSendTimeMs', 'TotalTimeMs'];
const request = (metric: string, name: string, ofRequest: string, unit: string): Row => [
  metric,
  {
    ...{ node: 'broker', domain: 'kafka.network', bean: { type: 'RequestMetrics', name, request: ofRequest } },
    ...{ attribute: 'Mean', unit },
  },
];

const ofType = (metric: string, type: string, attribute: string, unit: string): Row => [
  metric,
  { node: 'broker', domain: 'kafka.server', bean: { type }, attribute, unit },
];
const quota = (type: string): Row[] => [
  ofType(`${type}ThrottleQueueSize`, type, 'queue-size', 'count'),
  ofType(`${type}ThrottleTime`, type, 'throttle-time', 'ms'),
  ofType(`${type}ThrottleByteRate`, type, 'byte-rate', 'bytes a second'),
];

/** @see https://kafka.apache.org/39/documentation.html#monitoring */
export const KAFKA_METRICS: ReadonlyMap<string, KafkaMetric> = new Map<string, KafkaMetric>([
  ...['ActiveControllerCount', 'GlobalPartitionCount', 'GlobalTopicCount', 'OfflinePartitionsCount'].map((name) =>
    gauge(name, 'controller', CONTROLLER),
  ),
  ...['LeaderCount', 'PartitionCount', 'UnderMinIsrPartitionCount', 'UnderReplicatedPartitions'].map((name) =>
    gauge(name, 'broker', REPLICAS),
  ),
  ...['BytesInPerSec', 'BytesOutPerSec', 'ReplicationBytesInPerSec', 'ReplicationBytesOutPerSec'].map((name) =>
    meter(name, 'bytes', 'bytes a second'),
  ),
  meter('MessagesInPerSec', 'messages', 'a second'),
  ...['FetchMessageConversionsPerSec', 'ProduceMessageConversionsPerSec'].map((name) =>
    meter(name, 'requests', 'a second'),
  ),
  ...REQUESTS.flatMap((one) => TIMES.map((time) => request(`${one}${time}Mean`, time, one, 'ms'))),
  request('ProduceMessageConversionsTimeMsMean', 'MessageConversionsTimeMs', 'Produce', 'ms'),
  request('RequestBytesMean', 'RequestBytes', 'Produce', 'bytes'),
  ...['Produce', 'Fetch'].flatMap(quota),
  ofType('RequestThrottleQueueSize', 'Request', 'queue-size', 'count'),
  ofType('ConnectionCount', 'socket-server-metrics', 'connection-count', 'count'),
  ofType('ConnectionCreationRate', 'socket-server-metrics', 'connection-creation-rate', 'a second'),
  ofType('ConnectionCloseRate', 'socket-server-metrics', 'connection-close-rate', 'a second'),
  [
    'NetworkProcessorAvgIdlePercent',
    {
      ...{ node: 'broker', domain: 'kafka.network', attribute: 'Value', unit: '0 to 1' },
      bean: { type: 'SocketServer', name: 'NetworkProcessorAvgIdlePercent' },
    },
  ],
  [
    'RequestHandlerAvgIdlePercent',
    {
      ...{ node: 'broker', domain: 'kafka.server', attribute: 'OneMinuteRate', counts: 'percent', unit: '0 to 1' },
      bean: { type: 'KafkaRequestHandlerPool', name: 'RequestHandlerAvgIdlePercent' },
    },
  ],
]);

/** Why a metric of MSK has no counterpart in Kafka. */
export const NOT_KAFKAS: readonly (readonly [reason: string, names: RegExp])[] = [
  [
    'of the machine',
    /^(Burst|CPUCredit|Cpu|Kafka\w+Disk|Memory|Network[RT]x|Root|Swap|Tcp|Traffic|Volume|Bw|Conn\w+Allow|Pps|Link)/,
  ],
  ['of the JVM', /^HeapMemoryAfterGC$/],
  ['of MSK itself', /^(ClientConnectionCount|IAM\w+|StorageUsed|UserPartitionExists)$/],
  ['reckoned by MSK from the offsets of groups', /(OffsetLag|TimeLag|TimeLagMax)$/],
  ['of ZooKeeper', /^ZooKeeper/],
  ['of tiered storage, which these brokers have not', /^Remote/],
  ['there only once a quota on time holds requests back', /^RequestThrottleTime$/],
  ['a share of time in Kafka, milliseconds in MSK', /^(RequestTime|RequestExemptFromThrottleTime)$/],
];

type Beans = Readonly<Record<string, Readonly<Record<string, number | string>>>>;

/** The attributes of all beans of a metric, whatever other keys their names have. */
export function beansOf({ attribute, bean, domain }: KafkaMetric, beans: Beans) {
  return Object.entries(beans).flatMap(([objectName, attributes]) => {
    const keys = objectName.slice(domain.length + 1).split(',');
    const isIt =
      objectName.startsWith(`${domain}:`) &&
      Object.entries(bean).every((pair) => keys.includes(pair.join('='))) &&
      !keys.some((key) => key.startsWith('topic=')); // the same metric for a single topic
    return isIt && attribute in attributes ? [attributes] : [];
  });
}
