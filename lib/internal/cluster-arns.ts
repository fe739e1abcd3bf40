import { Fn } from 'aws-cdk-lib';
import { type ClusterPart, knownPartArn } from '../model/arns';
import { isToken } from './validation';

/**
 * Returns the ARN of a topic, consumer group or transactional ID. It is built by splitting the cluster's ARN, so that
 * partition, account and UUID are correct even before the cluster exists.
 */
export function partArn(clusterArn: string, part: ClusterPart, name: string): string {
  if (!isToken(clusterArn)) return knownPartArn(clusterArn, part, name);
  // Fn.join over Fn.split would be shorter, but tools that read policies expect a list of parts
  const [before, after] = [0, 1].map((index) => Fn.select(index, Fn.split(':cluster/', clusterArn)));
  return `${before}:${part}/${after}/${name}`;
}

/** The name of a cluster, taken from its ARN. */
export function clusterNameOf(clusterArn: string): string {
  return Fn.select(1, Fn.split('/', clusterArn));
}
