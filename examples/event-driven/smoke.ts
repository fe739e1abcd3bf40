import { expect, invoke, output } from '../shared/deployed';

/** A batch as Lambda's pollers hand it over. */
const batch = (...orders: object[]) => ({
  eventSource: 'aws:kafka',
  records: {
    'orders-0': orders.map((order, offset) => ({
      topic: 'orders',
      partition: 0,
      offset,
      key: Buffer.from(String(offset)).toString('base64'),
      value: Buffer.from(JSON.stringify(order)).toString('base64'),
    })),
  },
});

/** An invoice is written, which the brokers have confirmed when the function ends; an order without an amount fails. */
export async function smoke(): Promise<void> {
  await output('EventDriven', 'ClusterArn');
  expect('priced', await invoke('EventDriven', 'Pricing', batch({ order: 1, amount: 100 })), null);
  const failed = await invoke('EventDriven', 'Pricing', batch({ order: 2 })).catch((error: Error) => error.message);
  expect('an order without an amount fails', /order 2 has no amount/.test(String(failed)), true);
}
