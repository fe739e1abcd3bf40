import fs from 'node:fs';
import path from 'node:path';
import type { Bootstrap } from '../../../local/kafka/broker-set';
import { prepareArtifacts } from '../../../local/kafka/artifacts';
import { startControlServer, type ControlServer } from '../../../local/kafka/control-server';
import { Inspector } from '../../../local/kafka/inspector';
import { BrokerPool, type LeasedSet } from '../../../local/kafka/pool';
import { CACHE_ROOT, eventually, removeFolder, runs, scratchFolder, TEST_LIMIT_MS } from './support/scratch';

jest.setTimeout(TEST_LIMIT_MS);

const arnOf = (name: string) =>
  `arn:aws:kafka:us-east-1:111122223333:cluster/${name}/11111111-2222-3333-4444-555555555555-1`;
const SHAPE = { kafkaVersion: '3.9.x.kraft', brokers: 1 };

describe('BrokerPool', () => {
  const folder = scratchFolder();
  const sharedDir = path.join(folder, 'shared');
  const dir = path.join(folder, 'sets');
  let pool: BrokerPool;
  let server: ControlServer;

  beforeAll(async () => {
    pool = BrokerPool.start({ dir, sharedDir, cacheRoot: CACHE_ROOT, spareShape: SHAPE });
    server = await startControlServer(pool);
  });

  afterAll(async () => {
    await server?.close();
    await pool?.stop();
    removeFolder(folder);
  });

  async function call(method: string, where: string, body?: object): Promise<{ status: number; answer: unknown }> {
    const answer = await fetch(`${server.url}${where}`, { method, body: body && JSON.stringify(body) });
    return { status: answer.status, answer: await answer.json() };
  }

  async function lease(name: string, shape: object = {}): Promise<Bootstrap> {
    const { answer, status } = await call('POST', '/sets', { clusterArn: arnOf(name), ...SHAPE, ...shape });
    expect({ status, answer }).toMatchObject({ status: 200 });
    return (answer as { bootstrap: Bootstrap }).bootstrap;
  }

  const setPath = (name: string) => `/sets/${encodeURIComponent(arnOf(name))}`;
  const end = (name: string) => call('DELETE', setPath(name));
  const folders = () => (fs.existsSync(dir) ? fs.readdirSync(dir) : []);

  async function setOf(name: string): Promise<LeasedSet | undefined> {
    const sets = (await call('GET', '/sets')).answer as LeasedSet[];
    return sets.find(({ clusterArn }) => clusterArn === arnOf(name));
  }

  async function inspectorOf(bootstrap: Bootstrap): Promise<Inspector> {
    const artifacts = await prepareArtifacts({ cacheRoot: CACHE_ROOT, kafkaVersion: '3.9.2' });
    return Inspector.start({ artifacts, bootstrap: bootstrap.tls, certificatesDir: path.join(sharedDir, 'ca') });
  }

  test('makes the spare be the first cluster of its shape', async () => {
    await eventually(() => folders().length === 1);
    const [spare] = folders();
    const { saslIam } = await lease('first', { serverProperties: { 'zookeeper.session.timeout.ms': 18000 } });

    const set = await setOf('first');
    expect(set).toMatchObject({ dir: path.join(dir, spare), kafkaVersion: '3.9.2', bootstrap: { saslIam } });
    expect(fs.readFileSync(path.join(dir, spare, 'cluster-arn'), 'utf8')).toBe(arnOf('first'));
    expect(folders()).toEqual([spare]);
  });

  test('gives each cluster brokers of its own', async () => {
    const second = await lease('second', { serverProperties: { 'num.partitions': 5 } });
    const inspectors = await Promise.all([(await setOf('first'))?.bootstrap as Bootstrap, second].map(inspectorOf));
    await Promise.all(inspectors.map((inspector) => inspector.createTopic('orders')));
    const partitions = async (inspector?: Inspector) => (await inspector?.topic('orders'))?.partitions;
    await eventually(async () => (await partitions(inspectors[0])) === 1 && (await partitions(inspectors[1])) === 5);

    await inspectors[1]?.createTopic('only-here');
    await eventually(async () => (await inspectors[1]?.topic('only-here')) !== undefined);
    expect(await inspectors[0]?.topic('only-here')).toBeUndefined();
    const listed = await call('GET', `${setPath('second')}/topics`);
    expect(listed.answer).toMatchObject([{ name: 'only-here' }, { name: 'orders', partitions: 5 }]);
    await Promise.all(inspectors.map((inspector) => inspector.stop()));
  });

  test('does to a node what it is told', async () => {
    const node = async () => (await setOf('second'))?.nodes.find(({ id }) => id === 1);
    const tell = (command: string) => call('POST', `${setPath('second')}/nodes/1`, { do: command });

    expect(await tell('freeze')).toMatchObject({ status: 200 });
    expect(await node()).toMatchObject({ alive: true, frozen: true });
    expect(await tell('thaw')).toMatchObject({ status: 200 });
    expect(await tell('stop')).toMatchObject({ status: 200 });
    expect(await node()).toMatchObject({ alive: false });
    expect(await tell('restart')).toMatchObject({ status: 200 });
    expect(await node()).toMatchObject({ alive: true, frozen: false });
    expect(await tell('kill')).toMatchObject({ status: 200 });
    expect(await node()).toMatchObject({ alive: false });
  });

  test('counts the requests of a cluster', async () => {
    const { answer } = await call('GET', `${setPath('first')}/requests`);

    expect(answer).toMatchObject({ CreateTopics: 1 });
  });

  test('ends the brokers of a deleted cluster and starts none in their place', async () => {
    const { dir: gone, nodes } = (await setOf('second')) as LeasedSet;

    expect(await end('second')).toMatchObject({ status: 200 });
    expect(nodes.filter(({ pid }) => pid && runs(pid))).toEqual([]);
    expect(fs.existsSync(gone)).toBe(false);
    expect(await setOf('second')).toBeUndefined();
    expect(folders()).toHaveLength(1);
    await lease('third');
    expect(folders()).toHaveLength(2);
  });

  test('leaves no record of a cluster whose brokers cannot start', async () => {
    const body = { clusterArn: arnOf('broken'), ...SHAPE, serverProperties: { 'num.partitions': 'many' } };
    const { answer, status } = await call('POST', '/sets', body);

    expect(status).toBe(500);
    expect((answer as { error: string }).error).toContain('num.partitions');
    expect(await setOf('broken')).toBeUndefined();
    expect(await end('broken')).toMatchObject({ status: 404 });
  });

  test.each([
    ['a cluster that has brokers', 409, 'POST /sets', { clusterArn: arnOf('first'), ...SHAPE }],
    ['what is no cluster ARN', 400, 'POST /sets', { clusterArn: 'events', ...SHAPE }],
    ['no brokers', 400, 'POST /sets', { clusterArn: arnOf('new'), ...SHAPE, brokers: 0 }],
    ['an unknown version', 400, 'POST /sets', { clusterArn: arnOf('new'), ...SHAPE, kafkaVersion: '2.8.1' }],
    ['an unknown command', 400, `POST ${setPath('first')}/nodes/1`, { do: 'melt' }],
    ['an unknown node', 404, `POST ${setPath('first')}/nodes/9`, { do: 'kill' }],
    ['a cluster without brokers', 404, `DELETE ${setPath('nowhere')}`, undefined],
    ['an unknown path', 404, 'GET /clusters', undefined],
  ])('refuses %s', async (_case, status, request, body) => {
    const [method, where] = request.split(' ');
    const refusal = await call(method, where, body);

    expect(refusal).toEqual({ status, answer: { error: expect.any(String) as string } });
  });

  test('takes another Kafka version by the name that MSK gives it', async () => {
    await lease('newer', { kafkaVersion: '4.2.x.kraft' });

    expect(await setOf('newer')).toMatchObject({ kafkaVersion: '4.2.2' });
  });

  test('leaves no process and no folder when it stops', async () => {
    const sets = (await call('GET', '/sets')).answer as LeasedSet[];
    const pids = sets.flatMap(({ nodes }) => nodes.map(({ pid }) => pid as number));
    await pool.stop();

    expect(pids.filter(runs)).toEqual([]);
    expect(folders()).toEqual([]);
    expect(await call('POST', '/sets', { clusterArn: arnOf('late'), ...SHAPE })).toMatchObject({ status: 503 });
  });
});
