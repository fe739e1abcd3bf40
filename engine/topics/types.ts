import type { ClusterPort } from '../kafka/cluster-port';
import type { TopicPort } from '../kafka/topic-port';
import type { ResourceTypes } from '../resource';
import type { TopicIdentity } from './identity';
import type { TopicJob } from './job';
import type { Observed } from './observed';
import type { TopicPlan } from './plan';

export interface TopicPorts {
  readonly cluster: ClusterPort;
  readonly topics: TopicPort;
}

export interface TopicTypes extends ResourceTypes {
  readonly ports: TopicPorts;
  readonly identity: TopicIdentity;
  readonly job: TopicJob;
  readonly seen: Observed;
  readonly plan: TopicPlan;
  /** The ID of a topic. */
  readonly created: string;
}
