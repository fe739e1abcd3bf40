import { Producer, stringSerializers } from '@platformatic/kafka';
import type { MSKEvent } from 'aws-lambda';
import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';

/** KAFKA_BROKERS comes from the client configuration of the cluster. */
const producer = new Producer({
  clientId: process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'pricing',
  bootstrapBrokers: process.env.KAFKA_BROKERS?.split(',') ?? [],
  tls: {},
  sasl: {
    mechanism: 'OAUTHBEARER' as const,
    token: async () => (await generateAuthToken({ region: process.env.AWS_REGION ?? '' })).token,
  },
  idempotent: true,
  serializers: stringSerializers,
});

/** Writes an invoice for each order. An order that cannot be read fails the batch, which ends in the dead-letter topic. */
export async function handler(event: MSKEvent): Promise<void> {
  const invoices = Object.values(event.records)
    .flat()
    .map(({ key, value }) => ({
      topic: process.env.TOPIC ?? '',
      key: Buffer.from(key, 'base64').toString(),
      value: JSON.stringify(invoice(Buffer.from(value, 'base64').toString())),
    }));
  if (invoices.length > 0) await producer.send({ messages: invoices });
}

function invoice(text: string): { order: number; cents: number } {
  const { amount, order } = JSON.parse(text) as { order: number; amount: number };
  if (!Number.isFinite(amount)) throw new Error(`order ${order} has no amount`);
  return { order, cents: Math.round(amount * 119) };
}
