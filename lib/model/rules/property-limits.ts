import { MOST_BROKERS } from '../fact-lookups';
import facts from '../facts/limits.json';
import { type Finding, finding } from '../finding';
import { TIME_LIMITS } from '../time-limits';

/** What a property of a type that fits must be in addition. Rules about single constructs have the rest. */
interface Limit {
  readonly pattern?: RegExp;
  /** The most characters of a text. */
  readonly longest?: number;
  /** The least and the most of a whole number, or of the seconds of a duration. */
  readonly range?: readonly [number, number];
  /** What the pattern allows, in words. */
  readonly expects?: string;
}

const PLAIN: Limit = { pattern: /^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u, longest: 255, expects: 'text in one line' };
/** A rule of grants refuses the empty text. */
const GROUP: Limit = { ...PLAIN, pattern: /^([^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*)?$/u };
const PATH: Limit = { pattern: /^[^\p{Cc}]*$/u, longest: 1024, expects: 'text in one line' };
const NAME: Limit = { pattern: /^[\w.,-]+$/, longest: 128, expects: "letters, digits, '.', ',', '_' and '-'" };
const BROKERS: Limit = {
  pattern: /^[\w.-]+:\d{1,5}(,[\w.-]+:\d{1,5})*$/,
  expects: 'addresses of the form host:port,host:port',
};
const CLUSTER_NAME: Limit = {
  pattern: /^[!-~]+$/,
  longest: facts.clusterName.maxLength,
  expects: 'characters of ASCII without blanks',
};
const STATISTIC =
  /^(sample ?count|n|average|avg|sum|min(imum)?|max(imum)?|iqm|(p|tm|tc|ts|wm)\d{1,3}(\.\d+)?|(tm|tc|ts|wm|pr)\(.*\))$/i;

/** By the name of the property or parameter, with the name of its struct or method where others of the name differ. */
const LIMITS: Readonly<Record<string, Limit>> = {
  applicationId: GROUP,
  'BrokerInstanceType.of.name': NAME,
  'BrokerLogAlarmsProps.clusterName': CLUSTER_NAME,
  'ClientConfiguration.iam.bootstrapBrokers': BROKERS,
  'ClientConfiguration.plaintext.bootstrapBrokers': BROKERS,
  'ClientConfiguration.scram.bootstrapBrokers': BROKERS,
  'ClientConfiguration.tls.bootstrapBrokers': BROKERS,
  'ClusterAlarmsProps.clusterName': CLUSTER_NAME,
  'ClusterAttributes.brokers': { range: [1, MOST_BROKERS] },
  'ClusterAttributes.zones': { range: [1, MOST_BROKERS] },
  'ClusterDashboardProps.clusterName': CLUSTER_NAME,
  'ClusterLookupOptions.clusterName': CLUSTER_NAME,
  'ClusterMetricOptions.brokerId': { pattern: /^\d{1,9}$/, expects: "the number of a broker, such as '1'" },
  'ClusterMetricOptions.partition': { pattern: /^\d{1,9}$/, expects: "the number of a partition, such as '0'" },
  'ClusterMetricOptions.topicName': {
    pattern: new RegExp(facts.topicName.pattern),
    longest: facts.topicName.maxLength,
    expects: "letters, digits, '.', '_' and '-'",
  },
  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
  'ClusterMetricOptions.statistic': {
    pattern: STATISTIC,
    expects: "a statistic of CloudWatch, such as 'Maximum' or 'p99'",
  },
  'ClusterMetrics.fromClusterName.clusterName': CLUSTER_NAME,
  configurationArn: {
    pattern: /^arn:[\w-]+:kafka:[\w-]+:\d{12}:configuration\/.+$/,
    expects: 'an ARN of the form arn:PARTITION:kafka:REGION:ACCOUNT:configuration/NAME/UUID',
  },
  configurationName: {
    pattern: new RegExp(facts.configurationName.pattern),
    expects: "letters, digits and '-', with a letter or digit first",
  },
  configurationRevision: { range: [1, Number.MAX_SAFE_INTEGER] },
  'ConsumerLagAlarmsProps.clusterName': CLUSTER_NAME,
  'ConsumerLagAlarmsProps.maxTimeLag': { range: [1, Number.MAX_SAFE_INTEGER] },
  consumerGroup: GROUP,
  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
  dashboardName: { pattern: /^[\w-]+$/, longest: 255, expects: "letters, digits, '-' and '_'" },
  errorPrefix: PATH,
  'ExpressBrokerSize.of.name': NAME,
  /** @see https://docs.aws.amazon.com/glue/latest/webapi/API_ConnectionInput.html */
  'GlueConnectionProps.description': { longest: 2048 },
  /** @see https://docs.aws.amazon.com/managed-flink/latest/apiv2/API_PropertyGroup.html */
  groupId: { pattern: /^[\w.-]+$/, longest: 50, expects: "letters, digits, '_', '.' and '-'" },
  'KafkaVersion.of.version': NAME,
  'MonitoredClusterProps.clusterName': CLUSTER_NAME,
  'MonitoringLevel.of.name': NAME,
  'MskEndpointService.of.name': NAME,
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
  objectKey: { ...PATH, pattern: /^[^\p{Cc}]+$/u },
  permissionGracePeriod: { range: [0, TIME_LIMITS.workerMinutes * 60] },
  'FirehoseDeliveryProps.prefix': PATH,
  reconcileToken: { longest: 1024 },
  'BootstrapBrokers.refreshOn.text': { longest: 1024 },
  'S3BrokerLogs.prefix': PATH,
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-schema.html */
  'TopicSchemaProps.description': { longest: 1000 },
  transactionalId: GROUP,
  transactionalIdPrefix: PLAIN,
};

interface Handed {
  /** The struct or method that the property or parameter belongs to. */
  readonly owner: string;
  readonly key: string;
  /** How the caller knows the property. */
  readonly property: string;
}

/** Judges a text, number or duration that is known, and of the type that its property has. */
export function limitFindings({ key, owner, property }: Handed, value: unknown): Finding[] {
  const limit = LIMITS[`${owner}.${key}`] ?? LIMITS[key];
  if (limit === undefined) return [];
  if (typeof value === 'string') return textFindings(property, limit, value);
  if (limit.range === undefined) return [];
  const seconds = typeof value === 'number' ? value : (value as Lasting).toSeconds({ integral: false });
  return rangeFindings(property, limit.range, { value: seconds, unit: typeof value === 'number' ? '' : ' seconds' });
}

/** A duration of the CDK. */
interface Lasting {
  toSeconds(options: { readonly integral: boolean }): number;
}

function textFindings(property: string, { expects, longest = Infinity, pattern }: Limit, text: string): Finding[] {
  const problem = (expected: string, got: string) => [
    finding('PropertyText', `'${property}' must ${expected}, got ${got}`),
  ];
  if (text.length > longest) return problem(`not exceed ${longest.toLocaleString('en')} characters`, `${text.length}`);
  if (pattern === undefined || pattern.test(text)) return [];
  return problem(`be ${expects}`, JSON.stringify(text.slice(0, 60)));
}

function rangeFindings(
  property: string,
  [least, most]: readonly [number, number],
  { unit, value }: { value: number; unit: string },
): Finding[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most.toLocaleString('en')}`;
  const message = `'${property}' must be a whole number${unit && ' of seconds'} ${range}, got ${value}${unit}`;
  return [finding('PropertyRange', message)];
}
