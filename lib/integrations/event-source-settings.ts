import type { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { renderedProperties } from '../internal/rendered';
import { known, refuseWhenWritten } from '../internal/validation';
import { type Finding, finding } from '../model/finding';
import { eventSourceFindings } from '../model/rules/event-sources';
import { renderedEventSourceFindings } from '../model/rules/rendered-event-source';
import { emptyGroupsFindings } from '../network/security-group-rules';
import type { ITopic } from '../topics/topic-options';
import type { TopicEventSourceProps } from './event-source-props';

/** What is wrong with the settings of an event source, for the function that reads. */
export function settingFindings(target: lambda.IFunction, topic: ITopic, props: TopicEventSourceProps): Finding[] {
  const { clusterSecurityGroups } = props;
  const values = {
    topicName: topic.topicName,
    consumerGroup: props.consumerGroup,
    batchSize: props.batchSize,
    filterCount: props.filters?.length,
    startingPosition: props.startingPosition as string | undefined,
    startingPositionTimestamp: props.startingPositionTimestamp,
    retryAttempts: props.retryAttempts,
    maxRecordAgeSeconds: seconds(props.maxRecordAge),
    timeoutSeconds: timeoutOf(target),
  };
  return [
    ...emptyGroupsFindings({ clusterSecurityGroups }),
    ...eventSourceFindings(known(values), namesOfSet(props)),
    ...deadLetterFindings(topic, props),
  ];
}

/** Checks the mapping once more as it is written to the template, since escape hatches may have changed it. */
export function judgeRenderedMapping(
  mapping: lambda.EventSourceMapping,
  target: lambda.IFunction,
  reported: readonly Finding[],
): void {
  const findings = () => {
    const rendered = known(renderedProperties(mapping.node.defaultChild as lambda.CfnEventSourceMapping));
    return renderedEventSourceFindings(rendered, timeoutOf(target));
  };
  refuseWhenWritten(mapping, findings, reported);
}

const timeoutOf = (target: lambda.IFunction) => seconds((target as lambda.Function).timeout);

const seconds = (duration?: Duration) => (duration?.isUnresolved() ? undefined : duration?.toSeconds());

/** The properties that are set, whatever their value. */
const namesOfSet = (props: TopicEventSourceProps): string[] =>
  Object.entries(props)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name]) => name);

function deadLetterFindings(topic: ITopic, { deadLetterTopic, onFailure }: TopicEventSourceProps): Finding[] {
  if (!deadLetterTopic) return [];
  const found: Finding[] = [];
  if (onFailure)
    found.push(
      finding(
        'DeadLettersTwice',
        "'deadLetterTopic' and 'onFailure' cannot be set together, since an event source mapping has one destination; remove one of them",
      ),
    );
  if (deadLetterTopic.topicName === topic.topicName || deadLetterTopic.cluster !== topic.cluster)
    found.push(
      finding(
        'DeadLetterTopicPlace',
        `'deadLetterTopic' must be another topic of the same cluster, got '${deadLetterTopic.topicName}'`,
      ),
    );
  return found;
}
