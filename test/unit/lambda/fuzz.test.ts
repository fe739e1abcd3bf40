import fc from 'fast-check';
import type { ResourceEvent } from '../../../lambda/dispatcher/context/event';
import { UserError } from '../../../engine/refusal';
import { parseIdentity } from '../../../engine/topics/identity';
import type { WorkerCall } from '../../../engine/calls';
import { cases } from '../../../testkit/any-case';
import { FakeAws } from '../../../testkit/fake-aws';
import { aCall, handling, propertiesOf } from '../../../testkit/handling';
import { MemoryCluster } from '../../../testkit/memory-cluster';
import { CLUSTER_ARN } from '../../../testkit/topics';

const RUNS = 400;
const MOST_BYTES = 4096;
/** What the provider framework adds: the status, and names and IDs of stack, request and resource. */
const ENVELOPE_BYTES = 700;
const KNOWN = Object.keys(propertiesOf());

/** Anything that JSON can carry, with the names that trip up JavaScript. */
const odd = fc.constantFrom<unknown>(
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  '\u0000',
  '9'.repeat(400),
  '"'.repeat(3000),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  odd,
  fc.constantFrom(1e21, -0, true, null, [], {}, { toString: 1, valueOf: 1 }, { toString: null }),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const key = fc.oneof(fc.constantFrom(...KNOWN), fc.string({ maxLength: 80 }), odd.map(String));

/** Valid properties with some of them broken, or no properties at all. */
const properties: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 1, arbitrary: value },
  {
    weight: 6,
    arbitrary: fc
      .array(fc.tuple(key, value), { maxLength: 3 })
      .map((broken) => ({ ...propertiesOf(), ...Object.fromEntries(broken) })),
  },
);
/** CloudFormation accepts no ID above 1 KiB, so it never sends one. */
const physicalId = fc.oneof(
  fc.constant(undefined),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('Shop-Orders-1QXABC', 'kt1:c:cluster:topic:orders', 'kt1:a:::', `kt1:c:x:y:${'z'.repeat(1000)}`),
);
const request = fc.constantFrom('Create', 'Update', 'Delete');
const event = fc.record({
  RequestType: fc.oneof({ weight: 9, arbitrary: request }, { weight: 1, arbitrary: value }),
  ResourceType: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('Custom::KafkaTopic', 'Custom::KafkaBootstrapBrokers') },
    { weight: 1, arbitrary: value },
  ),
  PhysicalResourceId: physicalId,
  ResourceProperties: properties,
  OldResourceProperties: fc.oneof(fc.constant(undefined), properties),
});

const bytes = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer)) + ENVELOPE_BYTES;

/** A topic of the same name that holds records, which no event may change. */
function aLedger() {
  const cluster = new MemoryCluster();
  cluster.make('orders', { partitionCount: 4, records: 7, configs: { 'retention.ms': '1' } });
  return { cluster, before: cluster.state };
}

describe('Any event at all', () => {
  test('ends in an answer or a refusal with a code, below 4096 bytes, and changes no topic of anybody else', async () => {
    await fc.assert(
      fc.asyncProperty(event, async (sent) => {
        const { before, cluster } = aLedger();
        const aws = new FakeAws(() => cluster.connect());
        Object.assign(aws, {
          bootstrapBrokers: (arn: string) => Promise.resolve(arn === CLUSTER_ARN ? aws.brokers : undefined),
        });
        const { PhysicalResourceId: id, OldResourceProperties, ...rest } = sent;
        const outcome = await aws
          .send({ ...rest, PhysicalResourceId: id, OldResourceProperties } as Partial<ResourceEvent>)
          .catch((error: unknown) => {
            if (!(error instanceof UserError)) throw error;
            expect(error.code).not.toBe('Unexpected');
            return { PhysicalResourceId: id, Reason: error.stack };
          });
        expect(bytes(outcome)).toBeLessThan(MOST_BYTES);
        const others = [...cluster.topics.values()].filter(({ name }) => name !== 'orders');
        others.forEach(({ name }) => cluster.topics.delete(name));
        if (!isAdoption(sent)) expect(cluster.state).toBe(before);
      }),
      cases(RUNS),
    );
  });

  test('asks the worker for nothing that it could not refuse', async () => {
    await fc.assert(
      fc.asyncProperty(request, physicalId, properties, properties, async (requestType, id, sent, oldProperties) => {
        const { before, cluster } = aLedger();
        const call = { requestType, physicalId: id, properties: sent, oldProperties } as Partial<WorkerCall>;
        const answer = await handling(aCall(call), () => cluster.connect());
        if ('refusal' in answer) expect(answer.refusal.message).toMatch(/^\w+: .* To fix: /s);
        else expect(parseIdentity(answer.physicalId)).toBeDefined();
        const others = [...cluster.topics.values()].filter(({ name }) => name !== 'orders');
        others.forEach(({ name }) => cluster.topics.delete(name));
        if (!isAdoption({ ResourceProperties: sent })) expect(cluster.state).toBe(before);
      }),
      cases(RUNS),
    );
  });
});

/** Whether the event explicitly adopts an existing topic. */
const isAdoption = ({ ResourceProperties }: { ResourceProperties: unknown }) =>
  (ResourceProperties as { OnExisting?: unknown } | null)?.OnExisting === 'adopt';
