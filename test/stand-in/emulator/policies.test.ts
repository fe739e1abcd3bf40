import { CfnDeletionPolicy, RemovalPolicy, type App, type CfnResource } from 'aws-cdk-lib';
import { Script } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';
import { aScripted, someThings, type Properties } from './support/things';

jest.setTimeout(TEST_LIMIT_MS);

const FAILED = { Status: 'FAILED', Reason: 'no' } as const;

describe('deletion policies', () => {
  let stage: Stage;
  let script: Script;

  beforeAll(async () => {
    [stage, script] = await Promise.all([Stage.start(), Script.start()]);
  });

  beforeEach(() => script.begin());

  afterEach(() => stage.destroy(kept({}, RemovalPolicy.DESTROY)));

  afterAll(async () => {
    await Promise.all([stage?.stop(), script?.stop()]);
  });

  const kept =
    (made: Record<string, Properties>, policy: RemovalPolicy, failing = false) =>
    (app: App) => {
      const scripted = aScripted(stage.stack(app, 'Kept'), script);
      const things = someThings(scripted, made);
      things.forEach((thing) => thing.applyRemovalPolicy(policy));
      if (failing) someThings(scripted, { Failing: {} })[0].node.addDependency(...things);
    };
  const failing = ({ LogicalResourceId, RequestType }: { LogicalResourceId: string; RequestType: string }) =>
    LogicalResourceId === 'Failing' && RequestType === 'Create' ? FAILED : undefined;
  const eventsOfA = () => script.lines().filter((line) => line.includes(' A'));

  test.each<[string, RemovalPolicy, string[]]>([
    ['DESTROY', RemovalPolicy.DESTROY, ['Create A', 'Delete A A']],
    ['RETAIN', RemovalPolicy.RETAIN, ['Create A']],
    ['RETAIN_ON_UPDATE_OR_DELETE', RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, ['Create A']],
  ])('%s decides about the end of the stack', async (_case, policy, events) => {
    await stage.deploy(kept({ A: {} }, policy));
    await stage.destroy(kept({ A: {} }, policy));

    expect(eventsOfA()).toEqual(events);
  });

  test.each<[string, RemovalPolicy, string[]]>([
    ['DESTROY', RemovalPolicy.DESTROY, ['Create A', 'Delete A A']],
    ['RETAIN', RemovalPolicy.RETAIN, ['Create A']],
    ['RETAIN_ON_UPDATE_OR_DELETE', RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, ['Create A', 'Delete A A']],
  ])('%s decides about a creation that fails', async (_case, policy, events) => {
    script.begin(failing);
    await stage.refused(kept({ A: {} }, policy, true));

    expect(eventsOfA()).toEqual(events);
  });

  test.each<[string, RemovalPolicy, string[]]>([
    ['DESTROY', RemovalPolicy.DESTROY, ['Create A', 'Delete A A']],
    ['RETAIN_ON_UPDATE_OR_DELETE', RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, ['Create A', 'Delete A A']],
    ['RETAIN', RemovalPolicy.RETAIN, ['Create A']],
  ])('%s decides about what a failed update has made', async (_case, policy, events) => {
    await stage.deploy(kept({ Other: {} }, RemovalPolicy.DESTROY));
    script.begin(failing);
    await stage.refused(kept({ Other: {}, A: {} }, policy, true));

    expect(eventsOfA()).toEqual(events);
  });

  test.each<[string, RemovalPolicy, string[]]>([
    ['DESTROY', RemovalPolicy.DESTROY, ['Update A a1', 'Delete A a1']],
    ['RETAIN', RemovalPolicy.RETAIN, ['Update A a1']],
  ])('%s decides about what is replaced', async (_case, policy, events) => {
    await stage.deploy(kept({ A: { Name: 'a1' } }, policy));
    script.begin();
    await stage.deploy(kept({ A: { Name: 'a2' } }, policy));

    expect(eventsOfA()).toEqual(events);
  });

  test('are those of the template that was deployed, when a resource leaves it', async () => {
    await stage.deploy(kept({ A: {}, B: {} }, RemovalPolicy.RETAIN));
    await stage.deploy(kept({ A: {}, B: {} }, RemovalPolicy.DESTROY));
    await stage.deploy(kept({ B: {} }, RemovalPolicy.RETAIN));

    expect(eventsOfA()).toEqual(['Create A', 'Delete A A']);
  });

  test('may differ for replacement and deletion', async () => {
    const replaced = (Name: string) => (app: App) => {
      const [a] = someThings(aScripted(stage.stack(app, 'Kept'), script), { A: { Name } });
      const resource = a.node.defaultChild as CfnResource;
      resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
      resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    };
    await stage.deploy(replaced('a1'));
    await stage.deploy(replaced('a2'));
    await stage.destroy(replaced('a2'));

    expect(script.lines()).toEqual(['Create A', 'Update A a1', 'Delete A a2']);
  });
});
