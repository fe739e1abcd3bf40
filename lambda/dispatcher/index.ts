import { deadlineOf, type RemainingTime } from '../../engine/limits';
import { REAL_TIME } from '../../engine/time';
import { isDriftEvent } from '../../lib/model/wire/drift';
import { type LogFields, logTo } from '../shared/log';
import { AwsControlPlane } from './aws/aws-control-plane';
import type { ControlPlane } from './aws/control-plane';
import type { DispatcherContext } from './context/dispatcher-context';
import type { ResourceAnswer, ResourceEvent } from './context/event';
import { reportTopicDrift } from './resources/topic-drift';
import { route } from './route';

const log = logTo((line) => process.stdout.write(line));

/** Handles an event from CloudFormation through the provider framework, or from the schedule that reports drift. */
export async function handler(event: unknown, invocation: RemainingTime): Promise<ResourceAnswer | void> {
  const deadline = deadlineOf(invocation, REAL_TIME);
  const context = contextOf(new AwsControlPlane(REAL_TIME, deadline), deadline);
  return isDriftEvent(event) ? reportTopicDrift(event, context) : answerCloudFormation(event, context);
}

async function answerCloudFormation(event: unknown, context: DispatcherContext): Promise<ResourceAnswer> {
  const { LogicalResourceId, PhysicalResourceId, RequestId, RequestType, ResourceProperties, ResourceType } = Object(
    event,
  ) as Partial<ResourceEvent>;
  log('event', { RequestType, ResourceType, LogicalResourceId, PhysicalResourceId, RequestId, ResourceProperties });
  const answer = await route(event, context);
  log('answer', { LogicalResourceId, answer });
  return answer;
}

function contextOf(aws: ControlPlane, deadline: number): DispatcherContext {
  return { aws, deadline, log, measure, time: REAL_TIME, warn };
}

function warn(warnings: readonly string[], fields: LogFields = {}): void {
  log('warnings', { warnings, ...fields, ...metric('TopicWarnings', warnings.length, {}) });
}

function measure(name: string, value: number, dimensions: Readonly<Record<string, string>>): void {
  log('metric', metric(name, value, dimensions));
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function metric(name: string, value: number, dimensions: Readonly<Record<string, string>>): LogFields {
  const CloudWatchMetrics = [
    { Namespace: 'cdk-msk', Dimensions: [Object.keys(dimensions)], Metrics: [{ Name: name, Unit: 'Count' }] },
  ];
  return { _aws: { Timestamp: REAL_TIME.now(), CloudWatchMetrics }, ...dimensions, [name]: value };
}
