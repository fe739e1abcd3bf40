import type { StackDirection } from '../../engine/calls';

/** When CloudFormation deletes what a person took out of a stack; a Delete that comes at another time is a late copy. */
const DELETES = ['DELETE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'];

/**
 * Where a stack is going, by its status. A rollback's Update looks exactly like a user's, but for this.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export function stackDirection(status: string | undefined, request: 'Update' | 'Delete' = 'Update'): StackDirection {
  if (status === undefined) return 'unknown';
  if (status.includes('ROLLBACK')) return 'rollingBack';
  if (request === 'Delete') return DELETES.includes(status) ? 'forward' : 'unknown';
  return /^(CREATE|UPDATE|DELETE|IMPORT|REVIEW)_/.test(status) ? 'forward' : 'unknown';
}
