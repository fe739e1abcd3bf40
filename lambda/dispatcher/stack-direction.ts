import type { StackDirection } from '../shared/worker-call';

/**
 * Where a stack is going, by its status. A rollback's Update looks exactly like a user's, but for this.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export function stackDirection(status: string | undefined): StackDirection {
  if (status === undefined) return 'unknown';
  if (status.includes('ROLLBACK')) return 'rollingBack';
  return /^(CREATE|UPDATE|DELETE|IMPORT|REVIEW)_/.test(status) ? 'forward' : 'unknown';
}
