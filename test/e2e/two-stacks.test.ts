import { Deployment } from './support/deployment';
import type { Scenario } from './support/scenario';

const TWO: Scenario = { ownStack: true, topics: { orders: { destroy: true }, audit: {} } };

let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.start();
});

afterAll(() => deployment?.stop());

describe.each(['strong', 'weak'])('A topic in another stack than its cluster, with %s references', (references) => {
  beforeAll(() => deployment.useContext({ '@aws-cdk/core:defaultCrossStackReferences': references }));

  test('is deployed after it', async () => {
    await deployment.deploy(TWO);
    expect((await (await deployment.inspector()).topics()).map(({ name }) => name)).toEqual(['audit', 'orders']);
  });

  test('changes while the cluster stays as it is', async () => {
    await deployment.deploy({ ...TWO, topics: { ...TWO.topics, orders: { destroy: true, partitionCount: 4 } } });
    expect(await deployment.topic('orders')).toMatchObject({ partitions: 4 });
  });

  test('is gone, or stays, when its stack goes before the cluster does', async () => {
    await deployment.destroy('App');
    expect(await deployment.topic('orders')).toBeUndefined();
    expect(await deployment.topic('audit')).toBeDefined();
    await deployment.destroy();
    expect(deployment.standIn.clusters).toEqual([]);
  });
});
