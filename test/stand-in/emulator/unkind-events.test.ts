import type { App } from 'aws-cdk-lib';
import { eventually } from '../brokers/support/scratch';
import { Script, signal } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';
import { aScripted, someThings, type Properties } from './support/things';

jest.setTimeout(TEST_LIMIT_MS);

describe('events of custom resources', () => {
  let stage: Stage;
  let script: Script;

  beforeAll(async () => {
    [stage, script] = await Promise.all([Stage.start(), Script.start()]);
  });

  beforeEach(() => script.begin());

  afterEach(async () => {
    await stage.emulator.setUnkind({});
    await stage.destroy(things({}));
  });

  afterAll(async () => {
    await Promise.all([stage?.stop(), script?.stop()]);
  });

  const things = (made: Record<string, Properties>) => (app: App) =>
    void someThings(aScripted(stage.stack(app, 'Things'), script), made);

  const twice = (line: string) => [line, line];

  test('can come twice at once, and the first answer counts', async () => {
    await stage.emulator.setUnkind({ events: { twice: 1 } });
    const both = signal();
    script.begin(() => {
      const PhysicalResourceId = `a${script.events.length}`;
      if (script.events.length === 2) both.give();
      return both.given.then(() => ({ PhysicalResourceId }));
    });
    await stage.deploy(things({ A: {} }));
    const [first, second] = script.events;

    expect(second).toEqual(first);
    await stage.deploy(things({ A: { Size: 2 } }));
    await eventually(() => script.events.length === 6); // the copy of the update may come after the first clean-up
    const [update] = script.lines().filter((line) => /^Update A a[12]$/.test(line));
    expect(script.lines().slice(2).sort()).toEqual([...twice(update.replace('Update', 'Delete')), ...twice(update)]);
  });

  test('can come again after the answer', async () => {
    await stage.emulator.setUnkind({ events: { again: 1 } });
    await stage.deploy(things({ A: {} }));

    await eventually(() => script.events.length === 2);
    expect(script.lines()).toEqual(['Create A', 'Create A']);
  });

  test('can be followed by a copy of an older one', async () => {
    await stage.deploy(things({ A: {} }));
    await stage.emulator.setUnkind({ events: { older: 1 } });
    await stage.deploy(things({ A: { Size: 2 } }));

    await eventually(() => script.events.length === 3);
    expect(script.lines()).toEqual(['Create A', 'Update A A', 'Create A']);
    expect(await stage.emulator.unkindTally()).toEqual({ older: { A: 1 } });
  });

  test('can be sent again by a test, and their answers change nothing', async () => {
    await stage.deploy(things({ A: { Size: 1 } }));
    await stage.deploy(things({ A: { Size: 2 } }));
    const sent = await stage.emulator.sentEvents('Things');
    script.begin(() => ({ Status: 'FAILED', PhysicalResourceId: 'other' }));
    await stage.emulator.resendEvent('Things', 0);
    await eventually(() => script.events.length === 1);
    script.begin();
    await stage.destroy(things({}));

    expect(sent.map(({ RequestType }) => RequestType)).toEqual(['Create', 'Update']);
    expect(script.lines()).toEqual(['Delete A A']);
  });

  test('are not sent to a function that is gone', async () => {
    await stage.deploy(things({ A: {} }));
    await stage.destroy(things({}));

    await expect(stage.emulator.resendEvent('Things', 0)).rejects.toThrow('Function not found');
    await expect(stage.emulator.resendEvent('Things', 9)).rejects.toThrow("'Things' had no event 9");
  });
});
