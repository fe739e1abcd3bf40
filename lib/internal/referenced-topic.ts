import { Fn } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import { finding } from '../model/finding';
import { pendingArn } from './pending-arn';
import { isPendingValue, isToken, refused } from './validation';

/** Which topic on which cluster a reference stands for. */
export interface ReferencedTopic {
  readonly topicName: string;
  readonly clusterArn: string;
  /** The cluster's construct, where the reference carries it. */
  readonly cluster?: msk.IClusterRef;
}

/** Topics of this library are found by shape, since two copies of this package may be loaded. */
export function referencedTopicOf(topic: msk.ITopicRef): ReferencedTopic {
  const { cluster, topicName } = topic as { cluster?: msk.IClusterRef; topicName?: string };
  if (cluster && topicName !== undefined) return { cluster, clusterArn: cluster.clusterRef.clusterArn, topicName };
  if (msk.CfnTopic.isCfnTopic(topic)) return { clusterArn: topic.clusterArn, topicName: topic.topicName };
  const { topicArn } = topic.topicRef;
  if (isPendingValue(topicArn)) return { clusterArn: pendingArn(topic), topicName: topicArn };
  return isToken(topicArn) ? topicInArn(topicArn) : topicInKnownArn(topic, topicArn);
}

function topicInKnownArn(topic: msk.ITopicRef, topicArn: string): ReferencedTopic {
  const [, prefix, cluster, topicName] = /^(arn:[^/]*):topic\/([^/]+\/[^/]+)\/([^/]+)$/.exec(topicArn) ?? [];
  if (topicName) return { clusterArn: `${prefix}:cluster/${cluster}`, topicName };
  const shape = 'arn:PARTITION:kafka:REGION:ACCOUNT:topic/CLUSTER/UUID/NAME';
  throw refused(topic, finding('TopicArnForm', `'topicRef.topicArn' must be like ${shape}, got '${topicArn}'`));
}

function topicInArn(topicArn: string): ReferencedTopic {
  const prefix = Fn.select(0, Fn.split(':topic/', topicArn));
  const [clusterName, uuid, topicName] = [1, 2, 3].map((index) => Fn.select(index, Fn.split('/', topicArn)));
  return { clusterArn: `${prefix}:cluster/${clusterName}/${uuid}`, topicName };
}
