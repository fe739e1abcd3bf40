import { type ItemResult, KafkaFailure } from './kafka-failure';
import type { TopicContents } from './topic-port';

/** The first or the next offset of one partition. */
export interface TopicOffset {
  readonly topicName: string;
  readonly end: 'earliest' | 'latest';
  readonly offset: ItemResult<bigint>;
}

/** What a topic holds, by the offsets of all its partitions. */
export function sumOffsets(topicName: string, all: readonly TopicOffset[]): ItemResult<TopicContents> {
  const sums = { earliest: 0n, latest: 0n };
  for (const { end, offset } of all.filter((one) => one.topicName === topicName)) {
    if (offset instanceof KafkaFailure) return offset;
    sums[end] += offset;
  }
  return { records: sums.latest - sums.earliest, everWritten: sums.latest > 0n };
}
