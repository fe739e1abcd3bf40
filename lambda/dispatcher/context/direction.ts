import type { StackDirection } from '../../../engine/calls';
import type { DispatcherContext } from './dispatcher-context';
import type { ResourceEvent } from './event';

type Request = 'Create' | 'Update' | 'Delete';

/** Where a stack goes, by its status, in the states in which CloudFormation sends an event; in no other state does it. */
const DIRECTIONS: Readonly<Record<Request, Readonly<Record<string, StackDirection>>>> = {
  Create: { CREATE_IN_PROGRESS: 'forward', UPDATE_IN_PROGRESS: 'forward' },
  Update: { UPDATE_IN_PROGRESS: 'forward', UPDATE_ROLLBACK_IN_PROGRESS: 'rollingBack' },
  Delete: {
    DELETE_IN_PROGRESS: 'forward',
    UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'forward',
    ROLLBACK_IN_PROGRESS: 'rollingBack',
    UPDATE_ROLLBACK_IN_PROGRESS: 'rollingBack',
    UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'rollingBack',
  },
};

/**
 * Where a stack is going: the only difference between the Update of a rollback and that of a user. An event that comes in
 * a state which sends no such event is `late`: a copy, or one that waited in a queue until CloudFormation had given up.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
function stackDirection(status: string | undefined, request: Request): StackDirection | 'late' {
  if (!/^(CREATE|UPDATE|DELETE|IMPORT|REVIEW|ROLLBACK)_/.test(status ?? '')) return 'unknown';
  return DIRECTIONS[request][status ?? ''] ?? 'late';
}

/** Where the stack of an event is going, and the status that says so. */
export interface StackPhase {
  readonly direction: StackDirection | 'late';
  readonly status?: string;
}

export async function phaseOf(event: ResourceEvent, { aws }: DispatcherContext): Promise<StackPhase> {
  const status = await aws.stackStatus(event.StackId);
  return { direction: stackDirection(status, event.RequestType), status };
}
