import type { StackDirection } from '../../engine/calls';

/** When CloudFormation deletes what was removed from a stack; a Delete at any other time is a late copy. */
const DELETES = ['DELETE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'];

/**
 * Where a stack is going, by its status: the only difference between the Update of a rollback and that of a user.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export function stackDirection(status: string | undefined, request: 'Update' | 'Delete' = 'Update'): StackDirection {
  if (status === undefined) return 'unknown';
  if (status.includes('ROLLBACK')) return 'rollingBack';
  if (request === 'Delete') return DELETES.includes(status) ? 'forward' : 'unknown';
  return /^(CREATE|UPDATE|DELETE|IMPORT|REVIEW)_/.test(status) ? 'forward' : 'unknown';
}
