import fc from 'fast-check';
import { stories, storiesWithLosses } from '../contract/stories/actions';
import { play } from '../contract/stories/story';
import { memoryWorld } from '../contract/stories/world';
import { FakeAws } from '../support/fake-aws';
import { MemoryCluster } from '../support/memory-cluster';

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
        { numRuns: 600 },
      );
    },
  );

  test('is told in every way that there is, so that the property above says something', async () => {
    const heard = new Set<string>();
    for (const actions of fc.sample(stories(LENGTHS), { numRuns: 500, seed: 1 })) {
      const trace = await play(actions, aWorld());
      trace.forEach((line) => heard.add(/^\w+: ([^;]*);/.exec(line)?.[1] ?? ''));
    }
    expect(OUTCOMES.filter((outcome) => !heard.has(outcome))).toEqual([]);
  });
});
