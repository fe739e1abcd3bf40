import { expect, invoke } from '../shared/deployed';

/** Checks that published orders are read back. */
export async function smoke(): Promise<void> {
  expect('published', await invoke('Orders', 'Producer', { count: 20 }), { published: 20 });
  const { consumed } = await invoke<{ consumed: number }>('Orders', 'Consumer', { count: 20 });
  expect('consumed', consumed, 20);
}
