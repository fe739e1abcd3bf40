import { CfnParameter } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import { anApp, aServerlessCluster, aStack, ENVIRONMENT, Match } from '../../../testkit/stacks';

type Place = ReturnType<typeof aServerlessCluster>;

/** What a Serverless cluster is warned of. */
function warningsOf({ stack }: Place): string[] {
  const found = Annotations.fromStack(stack).findWarning(
    '/Stack/Serverless/Resource',
    Match.stringLikeRegexp('cdk-msk:ServerlessPartition'),
  );
  return found.map(({ entry }) => entry.data as string);
}

function warnings(partitionCounts: number[], options: msk.TopicOptions = {}): string[] {
  const place = aServerlessCluster();
  partitionCounts.forEach((partitionCount, index) =>
    place.cluster.addTopic(`topic-${index}`, { partitionCount, ...options }),
  );
  return warningsOf(place);
}

const times = (count: number, partitionCount: number) => Array.from({ length: count }, () => partitionCount);
const compacted = { configs: { cleanupPolicy: msk.CleanupPolicy.COMPACT } };
const lanes = (maxConcurrentTopics: number) => ({ backend: msk.TopicBackend.dataPlane({ maxConcurrentTopics }) });

describe('All topics of a Serverless cluster', () => {
  test('may have as many partitions as its quotas', () => {
    expect(warnings(times(48, 50))).toEqual([]);
    expect(warnings(times(2, 60), compacted)).toEqual([]);
  });

  test('are warned of when they have more', () => {
    expect(warnings([...times(48, 50), 1])).toEqual([
      expect.stringMatching(/without compaction .* 2401 partitions.*quota is 2400;.*ServerlessPartitionsQuota\]$/),
    ]);
    expect(warnings([...times(2, 60), 1], compacted)).toEqual([
      expect.stringMatching(/with compaction .* 121 partitions.*quota is 120;.*ServerlessPartitionsQuota\]$/),
    ]);
  });

  test('are not counted where only the deployment knows their partitions', () => {
    const place = aServerlessCluster();
    const partitionCount = new CfnParameter(place.stack, 'Count', { type: 'Number' }).valueAsNumber;
    times(48, 50).forEach((count, index) => place.cluster.addTopic(`topic-${index}`, { partitionCount: count }));
    place.cluster.addTopic('unknown', { partitionCount });
    expect(warningsOf(place)).toEqual([]);
  });
});

describe('The pace at which a Serverless cluster creates partitions', () => {
  test('suffices for 300 topics of three partitions, since ten are deployed at a time', () => {
    expect(warnings(times(300, 3))).toEqual([]);
  });

  test('suffices for as many partitions at a time as are created while a function waits', () => {
    expect(warnings(times(10, 50))).toEqual([]);
    expect(warnings(times(100, 5), lanes(100))).toEqual([]);
  });

  test('is too slow for more of them, and the warning says how many topics fit', () => {
    expect(warnings([...times(10, 50), 51])).toEqual([
      expect.stringMatching(/up to 501 partitions.*'maxConcurrentTopics'.* to 9 or less.*ServerlessPartitionPace\]$/),
    ]);
    expect(warnings([...times(10, 50), 51], lanes(9))).toEqual([]);
  });

  test('is too slow for a topic that has more than it creates in five minutes', () => {
    expect(warnings([250])).toEqual([]);
    expect(warnings([251])).toEqual([
      expect.stringMatching(/'Stack\/Serverless\/Topics\/topic-0' has 251 partitions.*begin with 250 or fewer/),
    ]);
  });

  test('is judged for each stack, since stacks are deployed one after the other', () => {
    const app = anApp();
    const place = aServerlessCluster({}, aStack({ app, env: ENVIRONMENT }));
    const other = aStack({ app, id: 'Other', env: ENVIRONMENT });
    times(6, 50).forEach((partitionCount, index) => {
      place.cluster.addTopic(`topic-${index}`, { partitionCount });
      new msk.Topic(other, `other-${index}`, { cluster: place.cluster, partitionCount });
    });
    expect(warningsOf(place)).toEqual([]);
  });
});
