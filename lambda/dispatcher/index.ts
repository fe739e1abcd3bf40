import { type LogFields, logTo } from '../log';
import { REAL_TIME } from '../../engine/time';
import type { StackDirection } from '../../engine/calls';
import { AwsControlPlane } from './aws/aws-control-plane';
import type { ControlPlane } from './aws/control-plane';
import type { ResourceAnswer, ResourceEvent } from './event';
import { route } from './route';
import { stackDirection } from './stack-direction';
import { type DriftEvent, reportTopicDrift } from './resources/topic-drift';
import type { Surroundings } from './surroundings';

/** What must be left for the answer to reach the provider framework. */
const RESERVE_MS = 30_000;

const log = logTo((line) => process.stdout.write(line));

/** An event of CloudFormation through the provider framework, or of the schedule that reports drift. */
export async function handler(
  event: ResourceEvent | DriftEvent,
  context: { getRemainingTimeInMillis(): number },
): Promise<ResourceAnswer | void> {
  const remaining = context.getRemainingTimeInMillis();
  const deadline = REAL_TIME.now() + Math.max(remaining - RESERVE_MS, remaining / 2);
  const around = surroundings(new AwsControlPlane(REAL_TIME, deadline), deadline);
  return 'Report' in event ? reportTopicDrift(event, around) : answerCloudFormation(event, around);
}

async function answerCloudFormation(event: ResourceEvent, around: Surroundings): Promise<ResourceAnswer> {
  const { LogicalResourceId, PhysicalResourceId, RequestId, RequestType, ResourceProperties, ResourceType } = event;
  log('event', { RequestType, ResourceType, LogicalResourceId, PhysicalResourceId, RequestId, ResourceProperties });
  const answer = await route(event, around);
  log('answer', { LogicalResourceId, answer });
  return answer;
}

function surroundings(aws: ControlPlane, deadline: number): Surroundings {
  return { aws, deadline, log, measure, time: REAL_TIME, warn, stackDirection: direction.bind(undefined, aws) };
}

/** A stack whose status nobody tells counts as one that rolls back; so it is asked for more than once. */
async function direction(aws: ControlPlane, stackId: string, request: 'Update' | 'Delete'): Promise<StackDirection> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    try {
      return stackDirection(await aws.stackStatus(stackId), request);
    } catch (error) {
      log('status of the stack unknown', { attempt, reason: String(error) });
      await REAL_TIME.pause(1000 * attempt);
    }
  }
  return 'unknown';
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
