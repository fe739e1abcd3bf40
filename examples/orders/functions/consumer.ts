import { Consumer, MessagesStreamModes, stringDeserializers } from '@platformatic/kafka';
import { connection, topic } from './kafka-client';

/** Reads the given number of orders: { "count": 1000 } */
export async function handler({ count = 1 }: { count?: number }): Promise<{ consumed: number; total: number }> {
  const consumer = new Consumer({
    ...connection,
    groupId: process.env.CONSUMER_GROUP ?? '',
    deserializers: stringDeserializers,
  });
  const stream = await consumer.consume({
    topics: [topic],
    mode: MessagesStreamModes.COMMITTED,
    fallbackMode: 'earliest',
  });
  let [consumed, total] = [0, 0];
  try {
    for await (const message of stream) {
      total += (JSON.parse(message.value) as { amount: number }).amount;
      if (++consumed === count) {
        await message.commit();
        break;
      }
    }
    return { consumed, total };
  } finally {
    await stream.close();
    await consumer.close();
  }
}
