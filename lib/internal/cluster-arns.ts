import { Fn } from 'aws-cdk-lib';
import { type ClusterPart, knownPartArn } from '../model/arns';
import { isToken } from './validation';

/**
 * ARN of a topic, consumer group or transactional ID. Made by splitting the cluster's ARN, so partition, account and
 * the cluster's UUID are right whatever it is, also before the cluster exists.
 */
export function partArn(clusterArn: string, part: ClusterPart, name: string): string {
  if (!isToken(clusterArn)) return knownPartArn(clusterArn, part, name);
  // not Fn.join over Fn.split: tools that read policies expect a list of parts
  const [before, after] = [0, 1].map((index) => Fn.select(index, Fn.split(':cluster/', clusterArn)));
  return `${before}:${part}/${after}/${name}`;
}

/** The name of a cluster, which its ARN carries. */
export function clusterNameOf(clusterArn: string): string {
  return Fn.select(1, Fn.split('/', clusterArn));
}
