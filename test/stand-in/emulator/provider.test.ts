import { CfnOutput, CustomResource, Duration, type App } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as cr from 'aws-cdk-lib/custom-resources';
import { Script, type ResourceEvent } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

/** Throws if the script answers FAILED, and returns any other answer to the framework. */
const CODE = `
const ask = async (event) => {
  const answer = await (await fetch(process.env.SCRIPT, { method: 'POST', body: JSON.stringify(event) })).json();
  if (answer.Status === 'FAILED') throw new Error(answer.Reason);
  return answer;
};
exports.onEvent = ask;
exports.isComplete = async (event) => {
  const { silent, ...answer } = await ask({ ...event, RequestType: 'Is ' + event.RequestType + ' complete' });
  return { IsComplete: !silent };
};`;

describe("the CDK's provider framework", () => {
  let stage: Stage;
  let script: Script;

  beforeAll(async () => {
    [stage, script] = await Promise.all([Stage.start(), Script.start()]);
  });

  afterEach(async () => {
    script.begin();
    await stage.destroy(provided({}));
  });

  afterAll(async () => {
    await Promise.all([stage?.stop(), script?.stop()]);
  });

  const provided =
    (properties: object, { waits = false } = {}) =>
    (app: App) => {
      const stack = stage.stack(app, 'Provided');
      const handler = (name: string) =>
        new lambda.Function(stack, name, {
          runtime: lambda.Runtime.NODEJS_24_X,
          handler: `index.${name}`,
          code: lambda.Code.fromInline(CODE),
          environment: { SCRIPT: script.url },
          timeout: Duration.seconds(30),
        });
      const waiting = {
        isCompleteHandler: handler('isComplete'),
        queryInterval: Duration.seconds(1),
        totalTimeout: Duration.seconds(3),
      };
      const provider = new cr.Provider(stack, 'Provider', {
        onEventHandler: handler('onEvent'),
        ...(waits ? waiting : {}),
      });
      const { serviceToken } = provider;
      const thing = new CustomResource(stack, 'A', {
        serviceToken,
        resourceType: 'Custom::Thing',
        properties: { ...properties },
      });
      new CfnOutput(stack, 'Out', { value: thing.getAttString('Here') });
    };
  const answered = (event: ResourceEvent) =>
    event.RequestType === 'Delete' ? undefined : { PhysicalResourceId: 'a', Data: { Here: 'yes' } };

  test('answers with attributes', async () => {
    script.begin(answered);
    await stage.deploy(provided({}));

    expect(await stage.outputs('Provided')).toEqual({ Out: 'yes' });
  });

  test('hides the Delete after a Create that failed', async () => {
    script.begin(() => ({ Status: 'FAILED', Reason: 'no luck' }));

    expect(await stage.refused(provided({}))).toContain('no luck');
    expect(script.lines()).toEqual(['Create A']);
  });

  test('waits until it is complete', async () => {
    let asked = 0;
    script.begin((event) => (event.RequestType.startsWith('Is') ? { silent: ++asked < 2, Data: {} } : answered(event)));
    await stage.deploy(provided({}, { waits: true }));

    expect(script.lines()).toEqual(['Create A', 'Is Create complete A a', 'Is Create complete A a']);
  });

  test('fails what is never complete, and deletes it by its ID', async () => {
    script.begin((event) => (event.RequestType.includes('Create complete') ? { silent: true } : answered(event)));

    expect(await stage.refused(provided({}, { waits: true }))).toContain('Operation timed out');
    expect(script.lines()).toContain('Delete A a');
  });
});
