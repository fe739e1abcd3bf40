import { Refusal, UserError } from '../../engine/refusal';
import { BOOTSTRAP_BROKERS_RESOURCE_TYPE } from '../../lib/model/wire/bootstrap-brokers';
import { TOPIC_RESOURCE_TYPE } from '../../lib/model/wire/topic';
import { handleBrokerResource } from './broker-resource';
import type { DispatcherContext } from './context/dispatcher-context';
import { readEvent, type ResourceAnswer, type ResourceEvent } from './context/event';
import { handleBootstrapBrokers } from './resources/bootstrap-brokers';
import { topic } from './resources/topic';

type Handler = (event: ResourceEvent, context: DispatcherContext) => Promise<ResourceAnswer>;

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  [TOPIC_RESOURCE_TYPE, (event, context) => handleBrokerResource(topic, event, context)],
  [BOOTSTRAP_BROKERS_RESOURCE_TYPE, handleBootstrapBrokers],
]);

/** Answers an event, or throws a message for a person: CloudFormation shows it, and accepts no more than 4096 bytes. */
export async function route(sent: unknown, context: DispatcherContext): Promise<ResourceAnswer> {
  try {
    const event = readEvent(sent);
    return await handlerOf(event)(event, context);
  } catch (error) {
    if (error instanceof UserError) throw error;
    context.log('unexpected', { reason: error instanceof Error ? error.stack : String(error) });
    throw new Refusal('Unexpected', String(error), {
      changed: 'unknown, it may still be carried out',
      fix: 'check the handler log, then deploy again (retrying is safe)',
    });
  }
}

function handlerOf({ ResourceType }: ResourceEvent): Handler {
  const handler = HANDLERS.get(ResourceType);
  if (handler) return handler;
  throw new Refusal('UnknownResourceType', `'${ResourceType}' is not a resource type of this provider`, {
    fix: 'use the constructs of cdk-msk',
  });
}
