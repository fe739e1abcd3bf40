import { GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka';

const kafka = new KafkaClient({});

/** Requests the bootstrap brokers from MSK, as a handler of topics does. */
export async function handler({ PhysicalResourceId, RequestType, ResourceProperties: { Fail, TopicName } }) {
  if (Fail === RequestType) throw new Error(`${TopicName} was told to fail`);
  const ClusterArn = process.env.CLUSTER_ARN;
  const { BootstrapBrokerStringSaslIam: Brokers } = await kafka.send(new GetBootstrapBrokersCommand({ ClusterArn }));
  return { PhysicalResourceId: PhysicalResourceId ?? TopicName, Data: { Brokers } };
}
