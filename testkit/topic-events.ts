import type { ResourceEvent } from '../lambda/dispatcher/context/event';
import type { TopicSpec } from '../lib/model/wire/topic';
import { propertiesOf } from './handling';

type TopicEvent = Partial<ResourceEvent> & Pick<ResourceEvent, 'ResourceProperties'>;

/** An event of CloudFormation for a topic, with defaults for everything that a test does not set. */
export const creation = (spec: Partial<TopicSpec> = {}): TopicEvent => ({
  RequestType: 'Create',
  ResourceProperties: propertiesOf(spec),
});

export const change = (
  PhysicalResourceId: string,
  before: Partial<TopicSpec>,
  after: Partial<TopicSpec>,
): TopicEvent => ({
  RequestType: 'Update',
  PhysicalResourceId,
  OldResourceProperties: propertiesOf(before),
  ResourceProperties: propertiesOf(after),
});

export const removal = (PhysicalResourceId: string | undefined, spec: Partial<TopicSpec> = {}): TopicEvent => ({
  RequestType: 'Delete',
  PhysicalResourceId,
  ResourceProperties: propertiesOf(spec),
});
