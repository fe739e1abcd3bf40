import type { WorkerCall } from '../../../../engine/calls';
import { handlerOf } from '../../../../lambda/worker/handle';
import { aCall, FakeTime, refusal, success } from '../../../../testkit/handling';
import { always, MemoryCluster, type Mishap } from '../../../../testkit/memory-cluster';
import { CLUSTER_ARN } from '../../../../testkit/topics';
import { labelKind } from './label-kind';
import { MemoryLabels } from './label-port';

const WRITE = 'IncrementalAlterConfigs';
let cluster: MemoryCluster;
let memory: MemoryLabels;
beforeEach(() => {
  cluster = new MemoryCluster();
  memory = new MemoryLabels(cluster);
});

const propertiesOf = (more: Record<string, string> = {}) => ({
  Key: 'color',
  Value: 'red',
  ClusterArn: CLUSTER_ARN,
  ...more,
});
function send(call: Partial<WorkerCall> = {}) {
  const time = new FakeTime();
  const pool = { take: () => memory.connect(), giveBack: () => Promise.resolve() };
  const sent = aCall({ resourceType: labelKind.resourceType, properties: propertiesOf(), ...call });
  return handlerOf(labelKind)(sent, pool, { time, deadline: time.now() + 660_000 });
}
const fail = (...mishaps: Mishap[]) => cluster.mishaps.push(...mishaps);
const physicalId = () => `kl1:${cluster.clusterId}:color`;

describe('The worker, for a second kind of resource', () => {
  test('creates, changes and deletes it, and answers with its ID and attributes', async () => {
    const created = success(await send());
    expect(created).toEqual({ physicalId: physicalId(), attributes: { Key: 'color', Value: 'red' }, warnings: [] });
    const properties = propertiesOf({ Value: 'blue' });
    success(await send({ requestType: 'Update', physicalId: created.physicalId, properties }));
    expect(memory.labels.get('color')).toBe('blue');
    const deleted = success(await send({ requestType: 'Delete', physicalId: created.physicalId }));
    expect(deleted).toEqual({ physicalId: physicalId(), warnings: [] });
    expect(memory.labels.size).toBe(0);
  });

  test('refuses what the kind refuses before any broker is asked, and passes on its warnings', async () => {
    expect(refusal(await send({ properties: propertiesOf({ Key: 'two words' }) })).code).toBe('InvalidProperty');
    expect(cluster.requests).toEqual([]);
    expect(success(await send({ properties: propertiesOf({ Value: '' }) })).warnings).toEqual([
      'LabelEmpty: the label has no value',
    ]);
  });

  test('tries again after a failure that passes', async () => {
    fail({ request: WRITE, error: 'NOT_CONTROLLER' }, { request: 'DescribeConfigs', error: 'NO_ANSWER' });
    success(await send());
    expect(memory.labels.get('color')).toBe('red');
  });

  test('observes again after a lost answer, and writes once', async () => {
    memory.labels.set('color', 'blue');
    fail({ request: WRITE, error: 'NO_ANSWER', uncertain: true, carriedOut: true });
    success(await send({ requestType: 'Update', physicalId: physicalId() }));
    expect(cluster.writes).toEqual([WRITE]);
  });

  test('reports an outcome that stays unknown, with what was changed', async () => {
    memory.labels.set('color', 'blue');
    fail(...always({ request: WRITE, error: 'NO_ANSWER', uncertain: true }));
    expect(refusal(await send({ requestType: 'Update', physicalId: physicalId() }))).toEqual({
      code: 'OutcomeUnknown',
      message: expect.stringMatching(/^OutcomeUnknown: label 'color': the brokers did not confirm.*Changed: unknown/),
    });
  });

  test('waits for a permission during the grace period', async () => {
    fail(...always({ request: WRITE, error: 'CLUSTER_AUTHORIZATION_FAILED' }).slice(0, 20));
    success(await send({ properties: propertiesOf({ PermissionGracePeriod: '120' }) }));
  });

  test.each([
    [{ kind: 'iam' }, `role does not allow kafka-cluster:AlterTopicDynamicConfiguration on ${CLUSTER_ARN}`],
    [
      { kind: 'scram', username: 'alice', password: 'x' },
      "'alice' lacks the ACL operation AlterConfigs on the cluster",
    ],
  ] as const)('then reports a denial to %j in the terms of the kind', async (credentials, words) => {
    fail(...always({ request: WRITE, error: 'CLUSTER_AUTHORIZATION_FAILED' }));
    const { code, message } = refusal(await send({ credentials }));
    expect([code, message]).toEqual(['NotAuthorized', expect.stringContaining(words)]);
    expect(message).toMatch(/^NotAuthorized: label 'color': /);
  });

  test('reports brokers that do not answer', async () => {
    fail(...always({ request: 'Metadata', error: 'NO_ANSWER', detail: 'b-1:9098: ETIMEDOUT' }));
    const { code, message } = refusal(await send());
    expect([code, message]).toEqual(['Unreachable', expect.stringMatching(/^Unreachable: label 'color': .*ETIMEDOUT/)]);
  });

  test('warns when not every broker shows the result', async () => {
    memory.slowBroker = 3;
    expect(success(await send()).warnings).toEqual([expect.stringMatching(/^SlowBrokers/)]);
  });

  test('takes back what a Create made before it failed, and reports in the words of the kind', async () => {
    fail({ request: WRITE, error: 'INVALID_CONFIG', detail: 'no such color' });
    expect(refusal(await send()).message).toBe(
      "InvalidConfig: label 'color': IncrementalAlterConfigs: INVALID_CONFIG: no such color. Nothing was changed. " +
        'To fix: choose another value for the label.',
    );
    expect(memory.labels.size).toBe(0);
    expect(cluster.writes).toEqual(['CreateTopics', WRITE, 'DeleteTopics']);
  });

  test('keeps trying where the kind knows that a failure may pass, then reports the reason of the broker', async () => {
    fail({ request: WRITE, error: 'INVALID_CONFIG', detail: 'busy' });
    success(await send());
    fail(...always({ request: WRITE, error: 'INVALID_CONFIG', detail: 'busy' }));
    const properties = propertiesOf({ Value: 'blue' });
    const answer = await send({ requestType: 'Update', physicalId: physicalId(), properties });
    expect(refusal(answer).code).toBe('InvalidConfig');
  });

  test('refuses to delete what has no ID of the kind', async () => {
    expect(refusal(await send({ requestType: 'Delete', physicalId: 'kt1:c:cluster:topic:color' })).code).toBe(
      'NotOurs',
    );
    expect(cluster.requests).toEqual([]);
  });
});
