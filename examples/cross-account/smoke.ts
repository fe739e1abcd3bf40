import { count, expect, invoke } from '../shared/deployed';

/** Checks that the partner reads what the owner has published. It needs credentials that can access both stacks. */
export async function smoke(): Promise<void> {
  expect('policies of the cluster', await count('Owner', 'AWS::MSK::ClusterPolicy'), 1);
  expect('published', await invoke('Owner', 'Shipping', { count: 20 }), { published: 20 });
  const { consumed } = await invoke<{ consumed: number }>('Partner', 'Tracking', { count: 20 });
  expect('consumed', consumed, 20);
}
