import fc from 'fast-check';
import { stories } from '../contract/stories/actions';
import { play } from '../contract/stories/story';
import { memoryWorld } from '../contract/stories/world';
import { FakeAws } from '../support/fake-aws';
import { MemoryCluster } from '../support/memory-cluster';

const aWorld = () => {
  const cluster = new MemoryCluster();
  return memoryWorld(cluster, new FakeAws(() => cluster.connect()));
};

describe('Any sequence of events, with duplicates, rollbacks, invented IDs and hands in between', () => {
  test('loses no record that nobody asked to lose, makes nothing twice, never gets stuck, and ends as the model says', async () => {
    await fc.assert(
      fc.asyncProperty(stories({ minLength: 1, maxLength: 12 }), async (actions) => {
        await play(actions, aWorld());
      }),
      { numRuns: 1500 },
    );
  });
});
