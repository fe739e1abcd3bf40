import path from 'node:path';
import type { WorkerAnswer, WorkerCall } from '../../engine/calls';
import { parseIdentity } from '../../engine/topics/identity';
import limits from '../../lib/model/facts/limits.json';
import { topicFindings } from '../../lib/model/rules/topics';
import { prepareArtifacts } from '../../local/kafka/artifacts';
import type { WireRequestName } from '../../testkit/faults/kafka-proxy';
import { Stage } from '../../testkit/faults/stage';
import { EVENT_KINDS, WRITES } from '../../testkit/faults/topic-events';
import { aCall, propertiesOf, success } from '../../testkit/handling';
import { ROOT } from '../../testkit/native';
import { aRealCluster, type RealCluster } from '../../testkit/real-cluster';
import { aWorker } from '../../testkit/real-worker';

/** The latest patches of other release lines that MSK offers. The other tests run on 3.9. */
const VERSIONS = ['3.7.2', '4.1.2', '4.2.2'];

describe.each(VERSIONS)('Brokers of Kafka %s', (kafkaVersion) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set({ kafkaVersion });
  });

  afterAll(() => stage?.stop());

  test.each(EVENT_KINDS)('%s a topic once, though the event comes twice', async (kind) => {
    const event = await stage.anEventOn(kind, `on-${kind}`);
    const answers = await stage.deliver(event, 'twice in a row');
    answers.forEach(success);
    expect(await stage.settleUp(event, answers)).toEqual([]);
    expect(await stage.ledger.findings(event.topicName)).toEqual([]);
  });

  test('grow a topic once, though the answer was lost', async () => {
    const event = await stage.anEventOn('grow', 'lost');
    stage.proxy.lose('CreatePartitions', 'loseAnswer');
    const answers = await stage.deliver(event);
    expect(stage.proxy.lost).toHaveLength(1);
    expect(await stage.settleUp(event, answers)).toEqual([]);
    expect(await stage.ledger.findings('lost')).toEqual([]);
  });

  test.each([
    ['min.cleanable.dirty.ratio', '1'],
    ['min.cleanable.dirty.ratio', '0.0001'],
    ['cleanup.policy', 'compact,compact'],
  ])('are not asked to write %s=%s again', async (key, value) => {
    const properties = propertiesOf({ topicName: `same-${value.replace(',', '-')}`, configs: { [key]: value } });
    const send = async (call: Partial<WorkerCall>) =>
      success(await stage.workers.invoke({ bootstrapBrokers: stage.proxy.bootstrap, properties, ...call }));
    await send({});
    const requests: WireRequestName[] = [];
    stage.proxy.judge = ({ request }) => {
      requests.push(request);
      return 'pass';
    };
    const { physicalId } = await send({}); // recognized: the topic is empty and as declared
    const { warnings } = await send({ requestType: 'Update', physicalId, oldProperties: properties });
    expect(parseIdentity(physicalId)?.mark).toBe('r');
    expect(warnings).toEqual([]);
    expect(requests.filter((request) => Object.values(WRITES).includes(request))).toEqual([]);
  });

  test('delete the topic of the ID, and not another one of its name', async () => {
    const event = await stage.anEventOn('delete', 'made-again');
    const { inspector, set } = stage.real;
    await inspector.deleteTopic('made-again');
    await set.settled();
    await inspector.createTopic('made-again');
    await set.settled();
    success((await stage.deliver(event))[0]);
    await set.settled();
    expect(await inspector.topic('made-again')).toBeDefined();
  });
});

describe.each(VERSIONS)('A broker of Kafka %s', (kafkaVersion) => {
  let real: RealCluster;

  // a cluster of its own, since the partitions that the broker adds all the same keep it busy for a minute
  beforeAll(async () => {
    real = await aRealCluster({ brokers: 1, kafkaVersion });
  });

  afterAll(() => real?.stop());

  test('refuses to add more partitions at once than the facts say', async () => {
    await real.inspector.createTopic('small', { partitions: 1 });
    const tooMany = 1 + limits.kafkaRequest.records + 1;
    await expect(real.inspector.createPartitions('small', tooMany)).rejects.toThrow(/UNKNOWN_SERVER_ERROR/);
  });
});

describe('Brokers upgraded to Kafka 4.1', () => {
  let real: RealCluster;

  beforeEach(async () => {
    real = await aRealCluster({ brokers: 1 });
  });

  afterEach(() => real?.stop());

  const upgrade = async () =>
    real.set.upgrade(await prepareArtifacts({ cacheRoot: path.join(ROOT, '.cache'), kafkaVersion: '4.1.2' }));

  test('change the configs of a topic that has one that they do not know any more', async () => {
    const removed = { 'message.timestamp.difference.max.ms': '1000' };
    await real.inspector.createTopic('old', { partitions: 1, configs: { ...removed, 'flush.ms': '9' } });
    await upgrade();
    const worker = aWorker(real);
    real.closing(() => worker.stop());
    const spec = { topicName: 'old', partitionCount: 1, replicationFactor: 1, configs: { 'retention.ms': '5000' } };
    const properties = propertiesOf({ ...spec, onExisting: 'adopt' });
    const call = aCall({ bootstrapBrokers: real.set.bootstrap.saslIam, properties });
    const { warnings } = success(await worker.invoke<WorkerAnswer>(call));
    expect(warnings).toEqual([expect.stringMatching(/^StaleConfigReset: 'message.timestamp.difference.max.ms'/)]);
    const { configs } = (await real.inspector.topic('old')) ?? {};
    expect(configs).toEqual({ 'retention.ms': '5000', 'flush.ms': '9' });
  });

  test('do not start while a topic has segments that are too small for them, which a rule warns of', async () => {
    const configs = { 'segment.bytes': '1048575' };
    expect(topicFindings({ configs }).map(({ id }) => id)).toEqual(['ConfigBlocksUpgrade']);
    await real.inspector.createTopic('small', { partitions: 1, configs });
    await expect(upgrade()).rejects.toThrow(/segment.bytes: Value must be at least 1048576/);
  });
});
