import fc from 'fast-check';
import { type Action, type Name, stories, storiesWithLosses } from '../../../testkit/contract/stories/actions';
import { play } from '../../../testkit/contract/stories/story';
import { memoryWorld } from '../../../testkit/contract/stories/world';
import { cases } from '../../../testkit/any-case';
import { FakeAws } from '../../../testkit/fake-aws';
import { MemoryCluster } from '../../../testkit/memory-cluster';
import { aTopic } from '../../../testkit/topics';

const aWorld = () => {
  const cluster = new MemoryCluster();
  return memoryWorld(cluster, new FakeAws(() => cluster.connect()));
};
const LENGTHS = { minLength: 1, maxLength: 12 };
const OUTCOMES = [
  'marked c',
  'marked a',
  'marked r',
  'not ours',
  'AdoptionRefused',
  'InvalidName',
  'LateCreate',
  'NotEnoughBrokers',
  'PartitionDecrease',
  'ReplaceRefused',
  'ReplicationFactorChange',
  'TopicExists',
];

describe('Any sequence of events, with duplicates, rollbacks, invented IDs and hands in between', () => {
  test.each([
    ['and every answer heard', stories(LENGTHS)],
    ['and answers lost', storiesWithLosses(LENGTHS)],
  ])(
    'loses no record that nobody asked to lose, makes nothing twice, never gets stuck, and ends as the model says, %s',
    async (_, any) => {
      await fc.assert(
        fc.asyncProperty(any, async (actions) => {
          await play(actions, aWorld());
        }),
        cases(600),
      );
    },
  );

  test('goes on when a name was taken by hand before the stack could go back to it', async () => {
    const deploy = (topicName: Name, replicationFactor: number): Action => ({
      do: 'deploy',
      spec: { ...aTopic({ replicationFactor }), topicName },
      delivery: 'once',
      ending: 'well',
      meanwhile: 0,
    });
    const trace = await play(
      [
        deploy('pay_ments', 3),
        { do: 'handDelete', name: 'pay_ments' },
        { do: 'handMake', name: 'pay.ments', partitions: 3, configs: {} },
        deploy('orders', 4), // more replicas than brokers; the rollback is blocked and leaves the topic as it is
        deploy('orders', 4),
        deploy('orders', 3),
      ],
      aWorld(),
    );
    expect(trace.map((line) => line.split(';')[0])).toEqual([
      'deploy: marked c',
      'handDelete: done',
      'handMake: made',
      'deploy: NotEnoughBrokers',
      'deploy: NotEnoughBrokers',
      'deploy: marked c',
    ]);
  });

  test('is told in every way that there is, so that the property above says something', async () => {
    const heard = new Set<string>();
    for (const actions of fc.sample(stories(LENGTHS), { numRuns: 500, seed: 1 })) {
      const trace = await play(actions, aWorld());
      trace.forEach((line) => heard.add(/^\w+: ([^;]*);/.exec(line)?.[1] ?? ''));
    }
    expect(OUTCOMES.filter((outcome) => !heard.has(outcome))).toEqual([]);
  });
});
