import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';
import { Kafka, logLevel } from 'kafkajs';
import type { WorkerCall } from '../../engine/calls';

/**
 * What one would write on kafkajs, with nothing that the worker does beyond it: no look before the write, no plan, and one
 * broker asked in place of all. It gets no pauses that kafkajs would make by itself.
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
    return false; // not known to this broker yet
  }
}
