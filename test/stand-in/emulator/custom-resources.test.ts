import type { App } from 'aws-cdk-lib';
import { aScripted, someThings, type Properties } from './support/things';
import { Script, signal } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

describe('custom resources', () => {
  let stage: Stage;
  let script: Script;

  beforeAll(async () => {
    [stage, script] = await Promise.all([Stage.start(), Script.start()]);
  });

  afterEach(() => stage.destroy(inOrder({})));

  afterAll(async () => {
    await Promise.all([stage?.stop(), script?.stop()]);
  });

  const inOrder = (made: Record<string, Properties>) => (app: App) => {
    someThings(aScripted(stage.stack(app, 'Things'), script), made, { inOrder: true });
  };

  test('are created in the order of their dependencies and deleted in the reverse one', async () => {
    script.begin();
    await stage.deploy(inOrder({ A: {}, B: {} }));
    await stage.destroy(inOrder({}));

    expect(script.lines()).toEqual(['Create A', 'Create B', 'Delete B B', 'Delete A A']);
  });

  test('get no event when nothing about them changes', async () => {
    await stage.deploy(inOrder({ A: {}, B: {} }));
    script.begin();
    await stage.deploy(inOrder({ A: {}, B: { Size: 1 } }));
    await stage.deploy(inOrder({ A: {}, B: { Size: 1 } }));

    expect(script.lines()).toEqual(['Update B B']);
  });

  test('get numbers and booleans as text, in old properties too', async () => {
    script.begin();
    await stage.deploy(inOrder({ A: { Size: 3, Deep: { On: true, List: [1, 'two'] } } }));
    await stage.deploy(inOrder({ A: { Size: 9 } }));

    const asText = { Size: '3', Deep: { On: 'true', List: ['1', 'two'] } };
    expect(script.events).toMatchObject([
      { ResourceProperties: asText },
      { ResourceProperties: { Size: '9' }, OldResourceProperties: asText },
    ]);
  });

  test('are replaced when an update answers with another physical ID', async () => {
    await stage.deploy(inOrder({ A: { Name: 'a1' }, B: {} }));
    script.begin();
    await stage.deploy(inOrder({ A: { Name: 'a2' }, B: { Size: 1 } }));

    expect(script.lines()).toEqual(['Update A a1', 'Update B B', 'Delete A a1']);
    expect(script.events[2]).toMatchObject({ ResourceProperties: { Name: 'a1' } });
  });

  test('that leave the template go after all updates, dependents first', async () => {
    await stage.deploy(inOrder({ A: {}, B: {}, C: {} }));
    script.begin();
    await stage.deploy(inOrder({ C: { Size: 1 } }));

    expect(script.lines()).toEqual(['Update C C', 'Delete B B', 'Delete A A']);
  });

  test('of one stack run at the same time unless they depend on each other', async () => {
    let arrived = 0;
    const all = signal();
    script.begin(({ RequestType }) => {
      if (RequestType !== 'Create') return undefined;
      if (++arrived === 5) all.give();
      return all.given.then(() => ({ PhysicalResourceId: 'x' }));
    });
    const siblings = { A: {}, B: {}, C: {}, D: {}, E: {} };

    await stage.deploy((app) => void someThings(aScripted(stage.stack(app, 'Things'), script), siblings));

    expect(arrived).toBe(5);
  });

  test('cannot get another service token', async () => {
    const served = (by: string) => (app: App) => {
      const stack = stage.stack(app, 'Things');
      const functions = { one: aScripted(stack, script, 'One'), two: aScripted(stack, script, 'Two') };
      someThings(functions[by as keyof typeof functions], { A: {} });
    };
    await stage.deploy(served('one'));

    expect(await stage.refused(served('two'))).toContain('Modifying service token is not allowed.');
  });

  test.each([
    ['too long an answer', { Data: { Long: 'x'.repeat(4096) } }, 'Response object is too long.'],
    ['no physical ID', { PhysicalResourceId: '' }, 'Invalid PhysicalResourceId'],
    ['an answer to another request', { RequestId: 'other' }, 'RequestId does not match'],
    ['no answer in time', { silent: true }, 'did not receive a response from your Custom Resource'],
  ])('refuses %s', async (_case, answer, reason) => {
    script.begin(({ RequestType }) => (RequestType === 'Create' ? { PhysicalResourceId: 'a', ...answer } : undefined));

    expect(await stage.refused(inOrder({ A: { ServiceTimeout: 2 } }))).toContain(reason);
  });

  test('refuse a reference to an attribute that the answer does not have', async () => {
    script.begin(({ LogicalResourceId }) => ({ PhysicalResourceId: LogicalResourceId, Data: { Here: 'yes' } }));
    const asking = (attribute: string) => (app: App) => {
      const scripted = aScripted(stage.stack(app, 'Things'), script);
      const [a] = someThings(scripted, { A: {} });
      someThings(scripted, { B: { Of: a.getAtt(attribute) } });
    };

    expect(await stage.refused(asking('Gone'))).toContain("Vendor response doesn't contain Gone attribute in object A");
    await stage.destroy(asking('Here'));
    await stage.deploy(asking('Here'));
    expect(script.events.at(-1)).toMatchObject({ LogicalResourceId: 'B', ResourceProperties: { Of: 'yes' } });
  });
});
