import { type LogFields, logTo } from '../shared/log';
import { REAL_TIME } from '../shared/time';
import type { StackDirection } from '../shared/worker-call';
import { AwsControlPlane } from './aws-control-plane';
import type { ControlPlane } from './control-plane';
import type { ResourceAnswer, ResourceEvent } from './event';
import { route } from './route';
import { stackDirection } from './stack-direction';
import type { Surroundings } from './surroundings';

/** What must be left for the answer to reach the provider framework. */
const RESERVE_MS = 30_000;

const log = logTo((line) => process.stdout.write(line));

export async function handler(
  event: ResourceEvent,
  context: { getRemainingTimeInMillis(): number },
): Promise<ResourceAnswer> {
  const remaining = context.getRemainingTimeInMillis();
  const deadline = REAL_TIME.now() + Math.max(remaining - RESERVE_MS, remaining / 2);
  const { LogicalResourceId, PhysicalResourceId, RequestId, RequestType, ResourceProperties, ResourceType } = event;
  log('event', { RequestType, ResourceType, LogicalResourceId, PhysicalResourceId, RequestId, ResourceProperties });
  const answer = await route(event, surroundings(new AwsControlPlane(REAL_TIME, deadline), deadline));
  log('answer', { LogicalResourceId, answer });
  return answer;
}

function surroundings(aws: ControlPlane, deadline: number): Surroundings {
  return { aws, deadline, log, time: REAL_TIME, warn, stackDirection: direction.bind(undefined, aws) };
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

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function warn(warnings: readonly string[], fields: LogFields = {}): void {
  const CloudWatchMetrics = [
    { Namespace: 'cdk-msk', Dimensions: [[]], Metrics: [{ Name: 'TopicWarnings', Unit: 'Count' }] },
  ];
  const metric = { _aws: { Timestamp: REAL_TIME.now(), CloudWatchMetrics }, TopicWarnings: warnings.length };
  log('warnings', { warnings, ...fields, ...metric });
}
