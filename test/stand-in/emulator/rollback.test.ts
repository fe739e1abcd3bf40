import {
  CloudFormationClient,
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  RollbackStackCommand,
  waitUntilStackDeleteComplete,
  waitUntilStackRollbackComplete,
} from '@aws-sdk/client-cloudformation';
import type { App } from 'aws-cdk-lib';
import { eventually } from '../brokers/support/scratch';
import { Script, signal, type ResourceEvent } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';
import { aScripted, someThings, type Properties } from './support/things';

jest.setTimeout(TEST_LIMIT_MS);

const FAILED = { Status: 'FAILED', Reason: 'as the script says' } as const;

describe('an operation that fails', () => {
  let stage: Stage;
  let script: Script;
  let cloudFormation: CloudFormationClient;

  beforeAll(async () => {
    [stage, script] = await Promise.all([Stage.start(), Script.start()]);
    cloudFormation = new CloudFormationClient({});
  });

  afterEach(async () => {
    script.begin();
    await stage.destroy(inOrder({}));
  });

  afterAll(async () => {
    await Promise.all([stage?.stop(), script?.stop()]);
  });

  const things = (made: Record<string, Properties>, options?: { inOrder: boolean }) => (app: App) => {
    someThings(aScripted(stage.stack(app, 'Things'), script), made, options);
  };
  const inOrder = (made: Record<string, Properties>) => things(made, { inOrder: true });

  /** Fails the events of this type for this resource. All others succeed. */
  const failAt = (kind: string, logicalId: string) => (event: ResourceEvent) =>
    event.RequestType === kind && event.LogicalResourceId === logicalId ? FAILED : undefined;

  async function statusOf(stackId: string): Promise<string | undefined> {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackId }));
    return Stacks?.[0].StackStatus;
  }

  test('at creation deletes what it has made, and what failed by an invented ID', async () => {
    script.begin(failAt('Create', 'B'));
    const told = await stage.refused(inOrder({ A: {}, B: {} }));

    expect(told).toContain('as the script says');
    expect(script.lines()).toEqual([
      'Create A',
      'Create B',
      expect.stringMatching(/^Delete B Things-B-\w{12}$/),
      'Delete A A',
    ]);
    expect((await stage.describe('Things')).StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  test('at creation deletes by the ID that the failure told', async () => {
    script.begin((event) =>
      event.RequestType === 'Create' ? { ...FAILED, PhysicalResourceId: 'half-made' } : undefined,
    );
    await stage.refused(things({ A: {} }));

    expect(script.lines()).toEqual(['Create A', 'Delete A half-made']);
  });

  test('does not wait for a Create that still runs', async () => {
    const began = signal();
    const deleted = signal();
    script.begin(({ LogicalResourceId, RequestType }) => {
      if (RequestType === 'Delete') return void deleted.give();
      if (LogicalResourceId === 'Failing') return began.given.then(() => ({ ...FAILED, PhysicalResourceId: 'f' }));
      began.give();
      return deleted.given.then(() => ({ PhysicalResourceId: 'too-late' }));
    });
    await stage.refused(things({ Slow: {}, Failing: {} }));

    expect(script.lines().filter((line) => line.includes('Slow'))).toEqual([
      'Create Slow',
      expect.stringMatching(/^Delete Slow Things-Slow-\w{12}$/),
    ]);
  });

  test('at update tells everyone touched the old properties, then deletes what is new', async () => {
    script.begin();
    await stage.deploy(inOrder({ A: { Name: 'a1' }, B: { Size: 1 }, Still: {} }));
    script.begin((event) => (event.ResourceProperties.Size === '2' ? FAILED : undefined));
    await stage.refused(inOrder({ New: {}, A: { Name: 'a2' }, B: { Size: 2 }, Still: {} }));

    expect(script.lines()).toEqual([
      'Create New',
      'Update A a1',
      'Update B B',
      'Update A a2',
      'Update B B',
      'Delete A a2',
      'Delete New New',
    ]);
    expect(script.events.slice(3, 5)).toMatchObject([
      { ResourceProperties: { Name: 'a1' }, OldResourceProperties: { Name: 'a2' } },
      { ResourceProperties: { Size: '1' }, OldResourceProperties: { Size: '2' } },
    ]);
    script.begin();
    await stage.deploy(inOrder({ A: { Name: 'a1' }, B: { Size: 1 }, Still: {} }));
    expect(script.lines()).toEqual([]);
  });

  test('shows at each event where the stack is going', async () => {
    const seen: string[] = [];
    const watch = async (event: ResourceEvent) => {
      seen.push(`${event.RequestType} ${await statusOf(event.StackId)}`);
      if (event.ResourceProperties.Size === '2') return FAILED;
      return { PhysicalResourceId: event.ResourceProperties.Name as string };
    };
    script.begin(watch);
    await stage.deploy(inOrder({ A: { Name: 'a1' }, B: { Name: 'b', Size: 1 } }));
    await stage.deploy(inOrder({ A: { Name: 'a2' }, B: { Name: 'b', Size: 1 } }));
    await stage.refused(inOrder({ A: { Name: 'a3' }, B: { Name: 'b', Size: 2 } }));

    expect(seen).toEqual([
      ...['Create CREATE_IN_PROGRESS', 'Create CREATE_IN_PROGRESS'],
      ...['Update UPDATE_IN_PROGRESS', 'Delete UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
      ...['Update UPDATE_IN_PROGRESS', 'Update UPDATE_IN_PROGRESS'],
      ...['Update UPDATE_ROLLBACK_IN_PROGRESS', 'Update UPDATE_ROLLBACK_IN_PROGRESS'],
      'Delete UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    ]);
    expect((await stage.describe('Things')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('shows physical IDs while it runs', async () => {
    script.begin();
    await stage.deploy(inOrder({ A: { Name: 'a1' }, B: {} }));
    let listed: unknown[] = [];
    script.begin(async (event) => {
      if (event.LogicalResourceId !== 'New' || event.RequestType === 'Delete')
        return { PhysicalResourceId: event.ResourceProperties.Name as string };
      const answer = await cloudFormation.send(new ListStackResourcesCommand({ StackName: event.StackId }));
      listed = answer.StackResourceSummaries!.filter(({ ResourceType }) => ResourceType === 'Custom::Thing');
      return FAILED;
    });
    await stage.refused(inOrder({ A: { Name: 'a2' }, New: {} }));

    expect(listed).toMatchObject([
      { LogicalResourceId: 'A', PhysicalResourceId: 'a2', ResourceStatus: 'UPDATE_COMPLETE' },
      { LogicalResourceId: 'B', PhysicalResourceId: 'B', ResourceStatus: 'CREATE_COMPLETE' },
      { LogicalResourceId: 'New', ResourceStatus: 'CREATE_IN_PROGRESS' },
    ]);
  });

  test('to roll back can be continued', async () => {
    script.begin();
    await stage.deploy(inOrder({ A: { Size: 1 }, B: { Size: 1 } }));
    script.begin(failAt('Update', 'B'));
    await stage.refused(inOrder({ A: { Size: 2 }, B: { Size: 2 } }));
    expect((await stage.describe('Things')).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');

    script.begin();
    await cloudFormation.send(new ContinueUpdateRollbackCommand({ StackName: 'Things' }));
    await waitUntilStackRollbackComplete(
      { client: cloudFormation, maxWaitTime: 30, minDelay: 1 },
      { StackName: 'Things' },
    );

    expect(script.lines()).toEqual(['Update B B']);
  });

  test('to roll back can be continued without what cannot be rolled back', async () => {
    script.begin();
    await stage.deploy(inOrder({ A: { Size: 1 }, B: { Size: 1 } }));
    script.begin(failAt('Update', 'B'));
    await stage.refused(inOrder({ A: { Size: 2 }, B: { Size: 2 } }));
    const wrong = new ContinueUpdateRollbackCommand({ StackName: 'Things', ResourcesToSkip: ['A'] });
    await expect(cloudFormation.send(wrong)).rejects.toThrow('[A] did not fail to roll back');
    await stage.rollBack(inOrder({}), ['B']);
    expect((await stage.describe('Things')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');

    const seen: unknown[] = [];
    script.begin(({ LogicalResourceId, OldResourceProperties }) => {
      seen.push([LogicalResourceId, OldResourceProperties?.Size]);
      return undefined;
    });
    await stage.deploy(inOrder({ A: { Size: 1 }, B: { Size: 3 } }));
    expect(seen).toEqual([['B', '1']]);
  });

  test('may be left as it is, and gone on with', async () => {
    script.begin(failAt('Create', 'B'));
    await expect(stage.deploy(inOrder({ A: {}, B: {} }), { rollback: false })).rejects.toThrow('as the script says');
    expect((await stage.describe('Things')).StackStatus).toBe('CREATE_FAILED');

    script.begin();
    await stage.deploy(inOrder({ A: {}, B: {} }), { rollback: false });
    expect(script.lines()).toEqual([expect.stringMatching(/^Delete B Things-B-/), 'Create B']);
    expect((await stage.describe('Things')).StackStatus).toBe('UPDATE_COMPLETE');
  });

  test('may be left as it is, and rolled back later', async () => {
    script.begin();
    await stage.deploy(inOrder({ A: { Size: 1 }, B: { Size: 1 } }));
    script.begin(failAt('Update', 'B'));
    await expect(stage.deploy(inOrder({ A: { Size: 2 }, B: { Size: 2 } }), { rollback: false })).rejects.toThrow();
    expect((await stage.describe('Things')).StackStatus).toBe('UPDATE_FAILED');

    script.begin();
    await cloudFormation.send(new RollbackStackCommand({ StackName: 'Things' }));
    await eventually(async () => (await statusOf('Things')) === 'UPDATE_ROLLBACK_COMPLETE');
    expect(script.lines()).toEqual(['Update A A', 'Update B B']);
  });

  test('to delete keeps what is needed, and is tried again', async () => {
    script.begin(failAt('Delete', 'A'));
    await stage.deploy(inOrder({ A: {}, B: {} }));
    await stage.destroy(inOrder({})).catch(() => undefined);
    expect((await stage.describe('Things')).StackStatus).toBe('DELETE_FAILED');
    expect(await stage.refused(inOrder({ A: {} }))).toContain('DELETE_FAILED');

    script.begin();
    await stage.destroy(inOrder({}));
    expect(script.lines()).toEqual(['Delete A A']);
  });

  test('to delete can give a resource up', async () => {
    script.begin(failAt('Delete', 'A'));
    await stage.deploy(inOrder({ A: {} }));
    const { StackId } = await stage.describe('Things');
    await stage.destroy(inOrder({})).catch(() => undefined);
    await cloudFormation.send(new DeleteStackCommand({ StackName: 'Things', RetainResources: ['A'] }));
    await waitUntilStackDeleteComplete(
      { client: cloudFormation, maxWaitTime: 30, minDelay: 1 },
      { StackName: StackId },
    );

    expect(script.lines()).toEqual(['Create A', 'Delete A A']);
  });

  test('after an update deletes nothing twice', async () => {
    script.begin();
    await stage.deploy(inOrder({ A: { Name: 'a1' } }));
    script.begin(failAt('Delete', 'A'));
    await stage.deploy(inOrder({ A: { Name: 'a2' } }));
    await stage.destroy(inOrder({})).catch(() => undefined);

    expect(script.lines()).toEqual(['Update A a1', 'Delete A a1', 'Delete A a2']);
  });
});
