import type { TopicRequest, TopicSpec } from '../lib/model/wire/topic';

export const CLUSTER_ARN = 'arn:aws:kafka:us-east-1:000000000000:cluster/events/11111111-2222-3333-4444-555555555555-1';

/** A declared topic with defaults for everything that a test does not set. */
export const aTopic = (spec: Partial<TopicSpec> = {}): TopicSpec => ({
  topicName: 'orders',
  partitionCount: 3,
  replicationFactor: 3,
  configs: {},
  onExisting: 'fail',
  configDrift: 'declared',
  onPartitionDecrease: 'fail',
  onUnreachable: 'fail',
  onReplace: 'retain',
  allowDataLoss: false,
  permissionGraceSeconds: 0,
  nonce: undefined,
  ...spec,
});

export const aRequest = (spec: Partial<TopicSpec> = {}): TopicRequest => ({
  spec: aTopic(spec),
  place: {
    clusterArn: CLUSTER_ARN,
    worker: 'arn:aws:lambda:us-east-1:000000000000:function:worker',
    authentication: 'iam',
    secret: undefined,
    clusterKind: 'standard',
  },
});
