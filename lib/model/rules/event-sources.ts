import facts from '../facts/event-sources.json';
import { type Finding, finding } from '../finding';

/** The settings of an event source that have rules, as far as they are known. */
export interface EventSourceSettings {
  readonly topicName: string;
  readonly consumerGroup: string;
  readonly batchSize: number;
  readonly filterCount: number;
  readonly startingPosition: string;
  readonly startingPositionTimestamp: number;
  readonly retryAttempts: number;
  readonly maxRecordAgeSeconds: number;
  /** Of the function. */
  readonly timeoutSeconds: number;
}

type Known = Partial<EventSourceSettings>;

/**
 * What Lambda refuses, or does not do.
 *
 * @param settings the values that are known
 * @param set the names of the properties that are set
 */
export function eventSourceFindings(settings: Known, set: readonly string[]): Finding[] {
  return [
    ...nameFindings(settings),
    ...rangeFindings(settings),
    ...timestampFindings(settings, set),
    ...pollerFindings(set),
    ...filterFindings(settings),
    ...(set.includes('filterEncryption') && !set.includes('filters') ? [FILTERS_MISSING] : []),
  ];
}

function filterFindings({ filterCount }: Known): Finding[] {
  const { most, quota } = facts.filters;
  if (filterCount === undefined || filterCount <= quota) return [];
  const message = `'filters' has ${filterCount} filters, but the default quota of an event source mapping is ${quota}; request a quota increase from AWS, which gives at most ${most}`;
  return [finding('EventSourceFiltersQuota', message)];
}

/** Lambda's own forms for names, which are narrower than Kafka's. */
function nameFindings({ consumerGroup, topicName }: Known): Finding[] {
  const found: Finding[] = [];
  const { group, topic } = facts;
  if (topicName !== undefined && !new RegExp(topic.pattern).test(topicName)) {
    const message = `Lambda reads only topics whose names have at least two characters and do not begin with '.', got '${topicName}'`;
    found.push(finding('EventSourceTopicName', message));
  }
  if (consumerGroup !== undefined && !new RegExp(group.pattern).test(consumerGroup)) {
    const message =
      `'consumerGroup' must have ${group.minLength} to ${group.maxLength} letters, digits and characters of '${group.characters}', ` +
      `got '${consumerGroup.slice(0, 60)}' (${consumerGroup.length} characters)`;
    found.push(finding('EventSourceGroup', message));
  }
  return found;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly also?: number;
}

function rangeFindings({ batchSize, maxRecordAgeSeconds, retryAttempts, timeoutSeconds }: Known): Finding[] {
  const { batchSize: batch, maxRecordAgeSeconds: age, retryAttempts: retries, timeoutSeconds: timeout } = facts;
  const found: Finding[] = [];
  if (!isIn(batch, batchSize))
    found.push(
      finding('EventSourceBatchSize', `'batchSize' must be a whole number from 1 to ${batch.max}, got ${batchSize}`),
    );
  if (!isIn(retries, retryAttempts)) {
    const message = `'retryAttempts' must be a whole number from 0 to ${retries.max}, or -1 for no limit, got ${retryAttempts}`;
    found.push(finding('EventSourceRetries', message));
  }
  if (!isIn(age, maxRecordAgeSeconds)) {
    const message = `'maxRecordAge' must be a whole number of seconds from 1 minute to 7 days, got ${maxRecordAgeSeconds} seconds`;
    found.push(finding('EventSourceRecordAge', message));
  }
  if (timeoutSeconds !== undefined && timeoutSeconds > timeout.max) {
    const message = `'timeout' of a function with a Kafka event source must not exceed 14 minutes, got ${timeoutSeconds} seconds`;
    found.push(finding('EventSourceTimeout', message));
  }
  return found;
}

const isIn = ({ also, max, min }: Range, value?: number): boolean =>
  value === undefined || value === also || (Number.isInteger(value) && value >= min && value <= max);

const AT_TIMESTAMP = 'AT_TIMESTAMP';

function timestampFindings({ startingPosition, startingPositionTimestamp }: Known, set: readonly string[]): Finding[] {
  const hasTime = set.includes('startingPositionTimestamp');
  if ((startingPosition === AT_TIMESTAMP) !== hasTime) {
    const message = hasTime
      ? `'startingPositionTimestamp' is only valid with 'startingPosition' AT_TIMESTAMP, got ${startingPosition ?? 'none'}`
      : "'startingPosition' AT_TIMESTAMP needs 'startingPositionTimestamp', a Unix time in seconds";
    return [finding('EventSourceTimestamp', message)];
  }
  if (isIn(facts.startingPositionTimestamp, startingPositionTimestamp)) return [];
  const message = `'startingPositionTimestamp' must be a Unix time in whole seconds, not milliseconds, got ${startingPositionTimestamp}`;
  return [finding('EventSourceTimestamp', message)];
}

const PROVISIONED = 'provisionedPollers';

/** AWS says of some settings that they exist with provisioned pollers only, and offers others only there. */
function pollerFindings(set: readonly string[]): Finding[] {
  if (set.includes(PROVISIONED)) return [];
  const { offered, only } = facts.withProvisionedPollers;
  const [refused, doubtful] = [only, offered].map((names) => names.filter((name) => set.includes(name)));
  const found: Finding[] = [];
  if (refused.length > 0) {
    const message = `${quoted(refused)} ${are(refused)} only available with provisioned pollers; set '${PROVISIONED}', or remove ${them(refused)}`;
    found.push(finding('EventSourceNeedsProvisioned', message));
  }
  if (doubtful.length > 0) {
    const message = `AWS offers ${quoted(doubtful)} with provisioned pollers only, so the deployment may fail; set '${PROVISIONED}', or remove ${them(doubtful)}`;
    found.push(finding('EventSourceOnDemand', message));
  }
  return found;
}

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
const are = ({ length }: readonly string[]) => (length === 1 ? 'is' : 'are');
const them = ({ length }: readonly string[]) => (length === 1 ? 'it' : 'them');

const FILTERS_MISSING = finding(
  'EventSourceFilterKey',
  "'filterEncryption' encrypts 'filters', which are not set; set them, or remove the key",
);
