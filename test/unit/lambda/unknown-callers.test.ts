import fc from 'fast-check';
import { answerOf, UserError } from '../../../engine/refusal';
import { handler as dispatcher } from '../../../lambda/dispatcher';
import { readAnswer } from '../../../lambda/dispatcher/aws/worker-answer';
import { readCall } from '../../../lambda/worker/read-call';
import { cases } from '../../../testkit/any-case';
import { aCall } from '../../../testkit/handling';
import { creation } from '../../../testkit/topic-events';

const RUNS = 500;
const TIME = { getRemainingTimeInMillis: () => 60_000 };

beforeEach(() => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

/** Anything that JSON can carry, and what JavaScript trips over. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(undefined, NaN, Infinity, -1, [null], { toString: 1, valueOf: 1 }, { toString: null }),
);

/** What is sent normally, with at least one field broken so that it cannot be carried out. */
const broken = (sent: object, names: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...names), anything)
    .map(([name, value]) => ({ ...sent, [name]: value === undefined ? undefined : { odd: value } }));

const ENVELOPE = {
  ResourceType: 'Custom::KafkaTopic',
  LogicalResourceId: 'Orders',
  RequestId: 'request',
  StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Shop/1',
};
const EVENT = { ...creation(), ...ENVELOPE };

describe('The dispatcher', () => {
  const refusal = (event: unknown) => dispatcher(event, TIME).then(String, (error: unknown) => error);

  test.each([null, undefined, 7, 'text', [], {}, { RequestType: 'Create' }])('refuses %j', async (event) => {
    expect(await refusal(event)).toMatchObject({ code: 'InvalidEvent' });
  });

  test('refuses whatever is no event of CloudFormation', async () => {
    const events = fc.oneof(anything, broken(EVENT, ['RequestType', ...Object.keys(ENVELOPE)]));
    await fc.assert(
      fc.asyncProperty(events, async (event) => {
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
  const FIELDS = ['bootstrapBrokers', 'credentials', 'patienceMs', 'budgetMs', 'resourceType', 'requestType'];

  test.each(FIELDS)('refuses a call without %s', async (name) => {
    const { [name as 'stack']: _, ...rest } = aCall();
    expect(await worker(rest)).toMatchObject({
      refusal: { code: 'InvalidEvent', message: expect.stringContaining(`'${name}'`) },
    });
  });

  test('refuses whatever is no call of the dispatcher, and ends', async () => {
    const calls = fc.oneof(anything, broken(aCall(), [...FIELDS, 'stack']));
    await fc.assert(
      fc.asyncProperty(calls, async (call) => {
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
