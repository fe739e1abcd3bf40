import { knownPartArn } from '../../lib/model/arns';

/** What `Fn::GetAtt` returns for a topic. */
export function topicAttributes(
  clusterArn: string,
  {
    name,
    partitionCount,
    topicId,
  }: { readonly name: string; readonly partitionCount: number; readonly topicId: string },
): Record<string, string> {
  return {
    TopicName: name,
    TopicArn: knownPartArn(clusterArn, 'topic', name),
    TopicId: topicId,
    PartitionCount: String(partitionCount),
  };
}
