import type { Log, LogFields } from '../log';
import type { Time } from '../../engine/time';
import type { StackDirection } from '../../engine/calls';
import type { ControlPlane } from './aws/control-plane';

/** All that a handler of the dispatcher works with. */
export interface Surroundings {
  readonly aws: ControlPlane;
  readonly time: Time;
  /** Nothing is begun after it; an answer must still reach CloudFormation. */
  readonly deadline: number;
  readonly log: Log;
  /** To the log and as a metric, since CloudFormation shows no warning of what succeeded. */
  warn(warnings: readonly string[], fields?: LogFields): void;
  /** A number for CloudWatch, by the embedded metric format. */
  measure(name: string, value: number, dimensions: Readonly<Record<string, string>>): void;
  stackDirection(stackId: string, request: 'Update' | 'Delete'): Promise<StackDirection>;
}
