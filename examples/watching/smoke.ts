import { count, expect } from '../shared/deployed';

/** Checks that each type of cluster has its dashboard and alarms. A Serverless cluster has no critical alarm, so it is never unhealthy. */
export async function smoke(): Promise<void> {
  const wanted = { CloudWatch_Dashboard: 3, CloudWatch_CompositeAlarm: 2, Logs_MetricFilter: 3, Events_Rule: 2 };
  for (const [type, many] of Object.entries(wanted)) {
    expect(type, await count('Watching', `AWS::${type.replace('_', '::')}`), many);
  }
  const alarms = await count('Watching', 'AWS::CloudWatch::Alarm');
  expect('more than 40 alarms', alarms > 40, true);
}
