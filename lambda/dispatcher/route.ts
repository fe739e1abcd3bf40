import { Refusal, UserError } from '../../engine/refusal';
import { TOPIC_RESOURCE_TYPE } from '../../lib/model/wire/topic';
import { handleBootstrapBrokers } from './resources/bootstrap-brokers';
import { readEvent, type ResourceAnswer, type ResourceEvent } from './event';
import type { Surroundings } from './surroundings';
import { handleTopic } from './resources/topic';

/** Answers an event, or throws what a person can read: CloudFormation shows it, and takes no more than 4096 bytes. */
export async function route(event: ResourceEvent, around: Surroundings): Promise<ResourceAnswer> {
  try {
    return await handlerOf(readEvent(event), around);
  } catch (error) {
    if (error instanceof UserError) throw error;
    around.log('unexpected', { reason: error instanceof Error ? error.stack : String(error) });
    throw new Refusal('Unexpected', String(error), {
      changed: 'unknown, it may still be carried out',
      todo: 'see the log of the handlers, then deploy again; that is safe',
    });
  }
}

/** Which handler a resource has. */
async function handlerOf(event: ResourceEvent, around: Surroundings): Promise<ResourceAnswer> {
  switch (event.ResourceType) {
    case TOPIC_RESOURCE_TYPE:
      return handleTopic(event, around);
    case 'Custom::KafkaBootstrapBrokers':
      return handleBootstrapBrokers(event, around);
    default:
      throw new Refusal('UnknownResourceType', `'${event.ResourceType}' is not a resource of this provider`, {
        todo: 'use the constructs of cdk-msk',
      });
  }
}
