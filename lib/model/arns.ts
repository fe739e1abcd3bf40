/** The resources of MSK's data plane whose ARNs are derived from the ARN of their cluster. */
export type ClusterPart = 'topic' | 'group' | 'transactional-id';

/**
 * ARN of a topic, consumer group or transactional ID, from the known ARN of its cluster.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
export function knownPartArn(clusterArn: string, part: ClusterPart, name: string): string {
  return `${clusterArn.replace(':cluster/', `:${part}/`)}/${name}`;
}

/** The name of a cluster, taken from its known ARN. */
export const knownClusterName = (clusterArn: string): string => clusterArn.split('/')[1];
