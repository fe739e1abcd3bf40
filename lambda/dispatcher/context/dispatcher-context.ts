import type { Time } from '../../../engine/time';
import type { Log, LogFields } from '../../shared/log';
import type { ControlPlane } from '../aws/control-plane';

/** Everything that a handler of the dispatcher works with. */
export interface DispatcherContext {
  readonly aws: ControlPlane;
  readonly time: Time;
  /** Nothing is started after it: an answer must still reach CloudFormation. */
  readonly deadline: number;
  readonly log: Log;
  /** Writes to the log and as a metric, since CloudFormation shows no warnings of what succeeded. */
  warn(warnings: readonly string[], fields?: LogFields): void;
  /** Sends a number to CloudWatch, in the embedded metric format. */
  measure(name: string, value: number, dimensions: Readonly<Record<string, string>>): void;
}
