import { iamOptions, kafka } from '../../stand-in/brokers/support/iam-client';
import type { GrantedClient } from './granted-client';

const { stringDeserializers: deserializers, stringSerializers: serializers, MessagesStreamModes } = kafka;

async function connection(client: GrantedClient) {
  const { set } = client.real;
  const bootstrapBrokers = set.bootstrap.saslIam.split(',');
  return { clientId: 'js', bootstrapBrokers, retries: 3, ...iamOptions(set, await client.token()) };
}

const messages = (topic: string) => [{ topic, key: 'k', value: 'v' }];

/** Writes as an idempotent producer. */
export async function produce(client: GrantedClient, topic: string): Promise<void> {
  const producer = new kafka.Producer({ ...(await connection(client)), idempotent: true, serializers });
  try {
    await producer.send({ messages: messages(topic) });
  } finally {
    await producer.close();
  }
}

/** Reads one record as a member of a group, and commits its offset. */
export async function consume(client: GrantedClient, topic: string, groupId: string): Promise<void> {
  const consumer = new kafka.Consumer({ ...(await connection(client)), groupId, deserializers });
  try {
    const stream = await consumer.consume({ topics: [topic], mode: MessagesStreamModes.EARLIEST, autocommit: false });
    for await (const message of stream) {
      await message.commit();
      break;
    }
    await stream.close();
  } finally {
    await consumer.close(true);
  }
}

/** Reads the configs of a topic. */
export async function describe(client: GrantedClient, topic: string): Promise<void> {
  const admin = new kafka.Admin(await connection(client));
  try {
    const resource = { resourceType: kafka.ConfigResourceTypes.TOPIC, resourceName: topic };
    await admin.describeConfigs({ resources: [resource] });
  } finally {
    await admin.close();
  }
}

/** Whether the brokers refused; any other failure fails the test. */
export async function isRefused(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return false;
  } catch (error) {
    if (codesOf(error).some((code) => code.endsWith('_AUTHORIZATION_FAILED'))) return true;
    throw error;
  }
}

function codesOf(error: unknown): string[] {
  const { apiId, cause, errors = [] } = error as { apiId?: string; cause?: unknown; errors?: unknown[] };
  return [apiId ?? '', ...errors.flatMap(codesOf), ...(cause === undefined ? [] : codesOf(cause))];
}
