import type { Finding } from '../finding';
import { type EventSourceSettings, eventSourceFindings } from './event-sources';
import { numberAt, type Rendered, textAt, valueAt } from './template-values';

/** The props of an event source, by the properties of its mapping that they set. */
const PROPS: Readonly<Record<string, string>> = {
  ProvisionedPollerConfig: 'provisionedPollers',
  LoggingConfig: 'logLevel',
  'AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig': 'schemaRegistry',
  MaximumRetryAttempts: 'retryAttempts',
  MaximumRecordAgeInSeconds: 'maxRecordAge',
  BisectBatchOnFunctionError: 'bisectBatchOnError',
  FunctionResponseTypes: 'reportBatchItemFailures',
  MetricsConfig: 'metricsConfig',
  FilterCriteria: 'filters',
  KmsKeyArn: 'filterEncryption',
  StartingPositionTimestamp: 'startingPositionTimestamp',
};

/** The findings of an event source as its mapping is written to the template. */
export function renderedEventSourceFindings(rendered: Rendered, timeoutSeconds?: number): Finding[] {
  const isSet = (path: string) => ![undefined, false].includes(valueAt(rendered, path) as undefined);
  const set = Object.keys(PROPS)
    .filter(isSet)
    .map((path) => PROPS[path]);
  return eventSourceFindings({ ...settingsOf(rendered), timeoutSeconds }, set);
}

function settingsOf(rendered: Rendered): Partial<EventSourceSettings> {
  const [topic] = [valueAt(rendered, 'Topics')].flat();
  const filters = valueAt(rendered, 'FilterCriteria.Filters');
  return {
    topicName: typeof topic === 'string' ? topic : undefined,
    consumerGroup: textAt(rendered, 'AmazonManagedKafkaEventSourceConfig.ConsumerGroupId'),
    batchSize: numberAt(rendered, 'BatchSize'),
    filterCount: Array.isArray(filters) ? filters.length : undefined,
    startingPosition: textAt(rendered, 'StartingPosition'),
    startingPositionTimestamp: numberAt(rendered, 'StartingPositionTimestamp'),
    retryAttempts: numberAt(rendered, 'MaximumRetryAttempts'),
    maxRecordAgeSeconds: numberAt(rendered, 'MaximumRecordAgeInSeconds'),
  };
}
