/** @jest-environment ./test/stand-in/brokers/support/environment.ts */
import { pbkdf2Sync } from 'node:crypto';
import fs from 'node:fs';
import type { Acl, Connection, ConnectionOptions } from '@platformatic/kafka';
import type { BrokerSet } from '../../../local/kafka/broker-set';
import type { Listener } from '../../../local/kafka/server-properties';
import { createTopic, errorOf, kafka } from './support/iam-client';
import { removeFolder, scratchFolder, startSet, TEST_LIMIT_MS } from './support/scratch';

jest.setTimeout(TEST_LIMIT_MS);

const SCRAM_SHA_512 = 2;

describe('A listener', () => {
  const folder = scratchFolder();
  const open: Connection[] = [];
  let set: BrokerSet;

  beforeAll(async () => {
    set = await startSet(folder);
  });

  afterAll(async () => {
    await Promise.all(open.map((connection) => connection.close()));
    await set?.stop();
    removeFolder(folder);
  });

  async function connect(listener: Listener, options: ConnectionOptions = {}): Promise<Connection> {
    const connection = new kafka.Connection('test', options);
    connection.on('error', () => undefined);
    const port = set.nodes.find(({ id }) => id === 1)?.ports[listener] as number;
    open.push(connection);
    await connection.connect('127.0.0.1', port);
    return connection;
  }

  function tls(client?: 'admin' | 'app') {
    const pem = client && fs.readFileSync(set.certificates[client]);
    return { tls: { ca: fs.readFileSync(set.certificates.ca), ...(pem && { cert: pem, key: pem }) } };
  }

  /** Once a resource has an ACL, only the principals in its ACLs may access it. */
  const allowOnly = (principal: string, resourceType: Acl['resourceType'], resourceName: string): Acl => ({
    ...{ resourceType, resourceName, resourcePatternType: kafka.ResourcePatternTypes.LITERAL },
    ...{ principal, host: '*', operation: kafka.AclOperations.CREATE, permissionType: kafka.AclPermissionTypes.ALLOW },
  });

  test('takes plaintext', async () => {
    expect(await createTopic(await connect('CLIENT'), 'by-plaintext')).toBeUndefined();
  });

  test('takes TLS without a client certificate', async () => {
    expect(await createTopic(await connect('CLIENT_SECURE', tls()), 'by-tls')).toBeUndefined();
  });

  test('refuses TLS to who does not know the authority', async () => {
    await expect(connect('CLIENT_SECURE', { tls: {} })).rejects.toThrow();
  });

  test('takes a SCRAM user with the right password only', async () => {
    const salt = Buffer.alloc(16, 7);
    const saltedPassword = pbkdf2Sync('right', salt, 4096, 64, 'sha512');
    const user = { name: 'alice', mechanism: SCRAM_SHA_512, iterations: 4096, salt, saltedPassword };
    const admin = await connect('CLIENT_SECURE', tls('admin'));
    await kafka.alterUserScramCredentialsV0.api.async(admin, [], [user]);
    await set.settled();
    const as = (password: string) =>
      connect('CLIENT_SASL_SCRAM', { ...tls(), sasl: { mechanism: 'SCRAM-SHA-512', username: 'alice', password } });

    expect(await createTopic(await as('right'), 'by-scram')).toBeUndefined();
    await expect(as('wrong')).rejects.toThrow();
  });

  test('knows a client certificate, which Kafka ACLs judge unless it is the super user', async () => {
    const [app, admin] = [await connect('CLIENT_SECURE', tls('app')), await connect('CLIENT_SECURE', tls('admin'))];
    const { CLUSTER, TOPIC } = kafka.ResourceTypes;
    const others = [
      allowOnly('User:CN=other', CLUSTER, 'kafka-cluster'),
      allowOnly('User:CN=other', TOPIC, 'not-for-app'),
    ];
    const acls = [...others, allowOnly('User:CN=app', TOPIC, 'for-app')];
    expect(await errorOf(kafka.createAclsV3.api.async(admin, acls))).toBeUndefined();
    await set.settled();

    expect(await createTopic(app, 'not-for-app')).toBe('TOPIC_AUTHORIZATION_FAILED');
    expect(await createTopic(app, 'for-app')).toBeUndefined();
    expect(await createTopic(admin, 'not-for-app')).toBeUndefined();
  });
});
