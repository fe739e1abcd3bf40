import { count, expect, invoke } from '../shared/deployed';

/** Checks that invoices are published and alarms exist. */
export async function smoke(): Promise<void> {
  expect('published', await invoke('ExistingCluster', 'Invoicing', { count: 20 }), { published: 20 });
  const alarms = await count('ExistingCluster', 'AWS::CloudWatch::Alarm');
  expect('at least ten alarms', alarms >= 10, true);
}
