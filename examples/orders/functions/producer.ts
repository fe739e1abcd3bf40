import { Producer, stringSerializers } from '@platformatic/kafka';
import { connection, topic } from './kafka-client';

/** Publishes the given number of orders: { "count": 1000 } */
export async function handler({ count = 1 }: { count?: number }): Promise<{ published: number }> {
  const producer = new Producer({ ...connection, idempotent: true, serializers: stringSerializers });
  const orders = Array.from({ length: count }, (_, index) => ({
    topic,
    key: `customer-${index % 50}`,
    value: JSON.stringify({ order: index, amount: 100 + (index % 900) }),
  }));
  try {
    await producer.send({ messages: orders });
    return { published: count };
  } finally {
    await producer.close();
  }
}
