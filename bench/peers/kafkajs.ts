import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';
import { Kafka, logLevel } from 'kafkajs';
import type { WorkerCall } from '../../engine/calls';

/**
 * The same job with kafkajs, without what the worker does in addition: it does not look before it writes, makes no plan, and
 * asks one broker instead of all. Pauses that kafkajs would make by itself are turned off.
 */
export async function handler({ bootstrapBrokers, properties }: WorkerCall): Promise<object> {
  const kafka = new Kafka({
    brokers: bootstrapBrokers.split(','),
    ssl: true,
    sasl: { mechanism: 'oauthbearer', oauthBearerProvider: token },
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  const topic = String(properties.TopicName);
  await admin.connect();
  const numPartitions = Number(properties.PartitionCount);
  const replicationFactor = Number(properties.ReplicationFactor);
  await admin.createTopics({ topics: [{ topic, numPartitions, replicationFactor }], waitForLeaders: false });
  while (!(await isLed(admin, topic))) await new Promise((resolve) => setTimeout(resolve, 5));
  await admin.disconnect();
  return { topic };
}

async function token(): Promise<{ value: string }> {
  const { token: value } = await generateAuthToken({ region: process.env.AWS_REGION ?? '' });
  return { value };
}

async function isLed(admin: ReturnType<Kafka['admin']>, topic: string): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0].partitions.every(({ leader }) => leader >= 0);
  } catch {
    return false; // this broker does not know the topic yet
  }
}
