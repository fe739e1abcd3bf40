import type { Explanations } from './explanation';

/** The rules of metrics, alarms, events, Prometheus and drift reports. */
export const MONITORING = {
  AlarmOfOtherKind: {
    meaning: '`thresholds` or `perBroker` refers to alarms that this type of cluster does not have.',
    fix: 'Remove the threshold, or `perBroker`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices-cw-alarms.html',
  },
  AlarmUnknown: {
    meaning: '`thresholds` or `without` contains something that is not the ID of an alarm.',
    fix: 'Use an ID of the [alarm reference](alarms.md).',
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
  EventActionUnfit: {
    meaning: '`actions` of `ClusterEvents` contains an alarm action that cannot handle events.',
    fix: 'Use `SnsAction` or `SsmAction`, or pass an EventBridge target in `targets`.',
  },
  EventsUntold: {
    meaning: '`ClusterEvents` has neither `actions` nor `targets`.',
    fix: 'Set at least one of the two.',
  },
  GroupWithoutLag: {
    meaning: "MSK sends no lag for consumer groups whose name contains `:`, `'` or characters that are not ASCII.",
    fix: 'Rename the consumer group.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html',
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
  OffsetLagRange: {
    meaning: '`maxOffsetLag` is negative.',
    fix: 'Set 0 or more.',
  },
  OpenMonitoringOff: {
    meaning: '`allowPrometheus` or `prometheusScrape` is used, but `openMonitoring` is not set.',
    fix: 'Set `openMonitoring`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/open-monitoring.html',
  },
  PerBrokerRange: {
    meaning: '`perBroker` is not a whole number of 0 or more, or is a token.',
    fix: 'Set a number that is known at synthesis.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  },
  PrometheusScrapeRange: {
    meaning: '`intervalSeconds` of a Prometheus configuration is not a whole number in its range.',
    fix: 'Set a whole number in the range that the message names.',
    source: 'https://prometheus.io/docs/prometheus/latest/configuration/configuration/',
  },
  WatchedClusterUnclear: {
    meaning: 'Metrics, alarms or a dashboard were created without a cluster.',
    fix: 'Set `cluster` or `clusterName`.',
  },
} satisfies Explanations;
