import { expect, invoke } from '../shared/deployed';

/** Checks that one team reads what the other has published. */
export async function smoke(): Promise<void> {
  expect('published', await invoke('Checkout', 'Checkout', { count: 20 }), { published: 20 });
  const { consumed } = await invoke<{ consumed: number }>('Billing', 'Billing', { count: 20 });
  expect('consumed', consumed, 20);
}
