import fc from 'fast-check';
import { answerOf, UserError } from '../../../engine/refusal';
import { handler as dispatcher } from '../../../lambda/dispatcher';
import { readAnswer } from '../../../lambda/dispatcher/aws/worker-answer';
import { readCall } from '../../../lambda/worker/read-call';
import { cases } from '../../../testkit/any-case';
import { aCall } from '../../../testkit/handling';
import { CALL_FIELDS, oddCalls, oddEvents } from '../../../testkit/odd-events';

const RUNS = 500;
const TIME = { getRemainingTimeInMillis: () => 60_000 };

beforeEach(() => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

describe('The dispatcher', () => {
  const refusal = (event: unknown) => dispatcher(event, TIME).then(String, (error: unknown) => error);

  test.each([null, undefined, 7, 'text', [], {}, { RequestType: 'Create' }])('refuses %j', async (event) => {
    expect(await refusal(event)).toMatchObject({ code: 'InvalidEvent' });
  });

  test('refuses whatever is no event of CloudFormation', async () => {
    await fc.assert(
      fc.asyncProperty(oddEvents, async (event) => {
        const error = await refusal(event);
        expect(error).toBeInstanceOf(UserError);
        expect((error as UserError).message).toMatch(/^InvalidEvent: .*'\w+'.* Nothing was changed\. To fix: /);
      }),
      cases(RUNS),
    );
  });
});

describe('The worker', () => {
  const worker = (call: unknown) => answerOf(() => Promise.resolve(readCall(call)));

  test.each(CALL_FIELDS)('refuses a call without %s', async (name) => {
    const { [name as 'stack']: _, ...rest } = aCall();
    expect(await worker(rest)).toMatchObject({
      refusal: { code: 'InvalidEvent', message: expect.stringContaining(`'${name}'`) },
    });
  });

  test('refuses whatever is no call of the dispatcher, and ends', async () => {
    await fc.assert(
      fc.asyncProperty(oddCalls, async (call) => {
        expect(await worker(call)).toMatchObject({ refusal: { code: 'InvalidEvent' } });
      }),
      cases(RUNS),
    );
  });
});

describe('An answer of the worker', () => {
  test.each(['', 'null', '7', '[]', '{}', '{', '{"refusal":{}}', '{"refusal":{"code":1}}', '{"physicalId":"a"}'])(
    'is not known: %s',
    (payload) => expect(readAnswer(payload)).toBeUndefined(),
  );

  test('is cut to what CloudFormation takes', () => {
    const refusal = { code: 'Unexpected', message: 'x'.repeat(50_000) };
    const answer = readAnswer(JSON.stringify({ refusal })) as { refusal: { message: string } };
    expect(Buffer.byteLength(answer.refusal.message)).toBeLessThanOrEqual(1000);
  });
});
