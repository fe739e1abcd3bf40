import { handler } from '../../../../lambda/dispatcher';
import type { ResourceEvent } from '../../../../lambda/dispatcher/context/event';
import { logTo } from '../../../../lambda/shared/log';
import { anEvent, FakeAws } from '../../../../testkit/fake-aws';
import { propertiesOf } from '../../../../testkit/handling';
import { MemoryCluster } from '../../../../testkit/memory-cluster';
import { change, creation } from '../../../../testkit/topic-events';

const MOST_BYTES = 4096;
/** What the provider framework adds to an answer, with names of maximum length. */
const ENVELOPE = {
  Status: 'SUCCESS',
  StackId: `arn:aws:cloudformation:ap-southeast-1:000000000000:stack/${'s'.repeat(128)}/11111111-2222-3333-4444-555555555555`,
  RequestId: '11111111-2222-3333-4444-555555555555',
  LogicalResourceId: 'L'.repeat(255),
  NoEcho: false,
};
const bytes = (answer: object) => Buffer.byteLength(JSON.stringify({ ...ENVELOPE, ...answer }));

describe('An answer stays below 4096 bytes', () => {
  const LONGEST = 'x'.repeat(249);
  let cluster: MemoryCluster;
  let aws: FakeAws;
  beforeEach(() => {
    cluster = new MemoryCluster();
    aws = new FakeAws(() => cluster.connect());
  });
  const refused = async (event: Partial<ResourceEvent>) => {
    const error = await aws.send(event).catch((caught: unknown) => caught as Error);
    return { PhysicalResourceId: event.PhysicalResourceId, Reason: (error as Error).stack };
  };

  test.each(['plain', '"quoted"', '\\back\\', '\u0001\u0002', 'ünïcode 𝄞', '\ud800'])(
    'with the longest name and very many warnings of %p',
    async (word) => {
      const configs = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [word.repeat(20) + index, '1']));
      cluster.make(LONGEST, { records: 1, configs });
      const answer = await aws.send(creation({ topicName: LONGEST, configs, onExisting: 'adopt' }));
      expect(answer.Data?.Warnings).toMatch(/^ConfigUnknown/);
      expect(bytes(answer)).toBeLessThan(MOST_BYTES);
    },
  );

  test.each(['x', '"', '\\', '\u0000', '\n', '𝄞'])(
    'with a huge text of %p in an error of the brokers',
    async (word) => {
      const id = `kt1:c:${cluster.clusterId}:${cluster.make(LONGEST)}:${LONGEST}`;
      cluster.mishaps.push({ request: 'CreatePartitions', error: 'POLICY_VIOLATION', detail: word.repeat(100_000) });
      const spec = { topicName: LONGEST };
      const told = await refused(change(id, spec, { ...spec, partitionCount: 4 }));
      expect(told.Reason).toMatch(/^PolicyViolation: .*Nothing was changed\. To fix: request less/s);
      expect(bytes({ ...told, Status: 'FAILED' })).toBeLessThan(MOST_BYTES);
    },
  );

  test.each(['x', '"', '\u0000'])('with a huge text of %p in an error that nobody foresaw', async (word) => {
    Object.assign(aws, { bootstrapBrokers: () => Promise.reject(new TypeError(word.repeat(100_000))) });
    const told = await refused(creation());
    expect(told.Reason).toMatch(/^Unexpected: TypeError: .*To fix: check the handler log/s);
    expect(bytes(told)).toBeLessThan(MOST_BYTES);
  });

  test('with every property wrong at once', async () => {
    const wrong = Object.fromEntries(
      Object.keys(propertiesOf()).map((key) => [key, { nested: ['"'.repeat(10_000)] }] as const),
    );
    const unknown = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`Unknown"${index}`, 'x']));
    const told = await refused({ ResourceProperties: { ...wrong, ...unknown } });
    expect(told.Reason).toMatch(/^(InvalidProperty|UnknownProperty): /);
    expect(bytes(told)).toBeLessThan(MOST_BYTES);
  });
});

describe('No log line of the dispatcher', () => {
  const SIGNED =
    'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/x?X-Amz-Credential=AKIAXYZ%2F2026&X-Amz-Signature=5ec2e7';
  const logged = async (properties: Record<string, unknown>) => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const event = { ...anEvent(), RequestType: 'Delete', PhysicalResourceId: 'Shop-Orders-1ABC', ResponseURL: SIGNED };
    try {
      const sent = { ...event, ResourceProperties: { ...propertiesOf(), ...properties } } as ResourceEvent;
      await handler(sent, { getRemainingTimeInMillis: () => 60_000 });
      return write.mock.calls.map(([line]) => String(line)).join('');
    } finally {
      write.mockRestore();
    }
  };

  test.each([
    ['in the event', {}],
    ['inside the properties', { Configs: { ResponseURL: SIGNED } }],
    ['under another name', { Nonce: SIGNED }],
    ['deep inside', { Configs: { a: [{ b: { c: `see ${SIGNED} for more` } }] } }],
  ])('has the ResponseURL, though it is %s', async (_, properties) => {
    const log = await logged(properties);
    expect(log).toContain('"RequestType":"Delete"');
    expect(log).not.toContain('5ec2e7');
    expect(log).not.toContain('AKIAXYZ');
  });

  test.each(['Password', 'password', 'SecretString', 'privateKey', 'AccessToken'])(
    'has what stands under %s inside the properties',
    async (key) => {
      expect(await logged({ Configs: { deep: { [key]: 'wonderland' } } })).not.toContain('wonderland');
    },
  );

  test('lacks what helps: the names and the ServiceToken', async () => {
    const log = await logged({ ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:entry' });
    expect(log).toContain('function:entry');
    expect(log).toContain('"TopicName":"orders"');
  });
});

describe('An event that CloudFormation never sends', () => {
  test.each([
    { RequestType: 'Plan' },
    { ResourceType: 7 },
    { PhysicalResourceId: { toString: 1 } },
    { ResourceProperties: null },
    { ResourceProperties: 'text' },
  ])('is refused as InvalidEvent: %j', async (wrong) => {
    const aws = new FakeAws(() => new MemoryCluster().connect());
    const [name] = Object.keys(wrong);
    await expect(aws.send(wrong as never)).rejects.toThrow(new RegExp(`^InvalidEvent: .*'${name}'`));
    expect(aws.calls).toEqual([]);
  });
});

describe('logTo', () => {
  test('writes one line of JSON an event, also for 64-bit numbers', () => {
    const lines: string[] = [];
    logTo((line) => lines.push(line))('counted', { records: 9007199254740993n, text: 'a\nb' });
    expect(lines).toEqual(['{"message":"counted","records":"9007199254740993","text":"a\\nb"}\n']);
  });
});
