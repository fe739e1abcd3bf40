import type { StackDirection } from '../../../engine/calls';
import type { DispatcherContext } from './dispatcher-context';
import type { ResourceEvent } from './event';

/** Where the stack of an event is going. Only a deployment that goes forward creates anything. */
export async function directionOf(
  { RequestType, StackId }: ResourceEvent,
  context: DispatcherContext,
): Promise<StackDirection> {
  return RequestType === 'Create' ? 'forward' : context.stackDirection(StackId, RequestType);
}
