import { Refusal } from '../shared/refusal';
import { TOPIC_RESOURCE_TYPE } from '../../lib/private/topic-wire';
import { handleBootstrapBrokers } from './bootstrap-brokers';
import type { ResourceAnswer, ResourceEvent } from './event';
import type { Surroundings } from './surroundings';
import { handleTopic } from './topic';

/** Which handler a resource has. */
export async function route(event: ResourceEvent, around: Surroundings): Promise<ResourceAnswer> {
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
