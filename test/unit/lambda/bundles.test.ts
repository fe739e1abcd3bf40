import fc from 'fast-check';
import { cases } from '../../../testkit/any-case';
import { LambdaProcess } from '../../../testkit/lambda-process';
import { oddCalls, oddEvents } from '../../../testkit/odd-events';

const RUNS = 500;

/** The built function in a process of its own, without brokers or AWS. */
const running = async (name: string, work: (bundle: LambdaProcess) => Promise<void>) => {
  const bundle = new LambdaProcess({ name, timeoutMs: 60_000 });
  try {
    await work(bundle);
  } finally {
    await bundle.stop();
  }
};

describe('The bundle of the dispatcher', () => {
  test('refuses whatever is no event of CloudFormation, and answers each', async () => {
    await running('dispatcher', async (bundle) => {
      const said = (event: unknown) => bundle.invoke(event as object).then(String, ({ message }: Error) => message);
      await fc.assert(
        fc.asyncProperty(oddEvents, async (event) => expect(await said(event)).toMatch(/^InvalidEvent: /)),
        cases(RUNS),
      );
    });
  });
});

describe('The bundle of the worker', () => {
  test('refuses whatever is no call of the dispatcher, and answers each', async () => {
    await running('worker', async (bundle) => {
      await fc.assert(
        fc.asyncProperty(oddCalls, async (call) => {
          const answer = await bundle.invoke(call as object);
          expect(answer).toMatchObject({ refusal: { code: 'InvalidEvent' } });
        }),
        cases(RUNS),
      );
    });
  });
});
