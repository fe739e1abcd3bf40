import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as msk from '../../../lib';
import facts from '../../../lib/model/facts/metrics.json';
import { aCluster, aStack, ENVIRONMENT, propertiesOf } from '../../../testkit/stacks';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { title?: string; markdown?: string; metrics?: unknown[]; yAxis?: { left: { label: string } } };
}

/** The widgets of the only dashboard, in the order of its body. */
function widgetsOf(stack: Stack): Widget[] {
  const { DashboardBody } = propertiesOf(Template.fromStack(stack), 'AWS::CloudWatch::Dashboard');
  const { 'Fn::Join': join } = DashboardBody as { 'Fn::Join': [string, unknown[]] };
  const body = join[1].map((part) => (typeof part === 'string' ? part : 'eu-west-1')).join('');
  return (JSON.parse(body) as { widgets: Widget[] }).widgets;
}

function shown(props: Partial<msk.ClusterDashboardProps> = {}): Widget[] {
  const stack = aStack();
  new msk.ClusterDashboard(stack, 'Dashboard', { clusterName: 'events', ...props });
  return widgetsOf(stack);
}

const titles = (widgets: Widget[]) =>
  widgets.flatMap(({ properties }) => properties.title ?? properties.markdown ?? []);
const { EXPRESS, SERVERLESS } = msk.ClusterKind;
const { PER_BROKER, PER_TOPIC_PER_BROKER } = msk.MonitoringLevel;

describe('ClusterDashboard', () => {
  test('shows first what a person on call needs, then brokers, topics and groups', () => {
    const all = titles(shown());
    expect(all.slice(0, 3)).toEqual(['## Cluster', 'Health', 'Traffic']);
    expect(all.filter((title) => title.startsWith('## '))).toEqual([
      '## Cluster',
      '## By broker',
      '## By topic',
      '## By consumer group',
    ]);
  });

  test('is the same for three brokers and for sixty', () => {
    const of = (brokersPerAz: number) => {
      const { cluster, stack } = aCluster(
        { brokersPerAz, clusterName: 'events', alarms: false },
        aStack({ env: ENVIRONMENT }),
      );
      new msk.ClusterDashboard(stack, 'Dashboard', { cluster });
      return JSON.stringify(propertiesOf(Template.fromStack(stack), 'AWS::CloudWatch::Dashboard'));
    };
    expect(of(20)).toBe(of(1));
  });

  test('draws a line for each broker by one query', () => {
    const disk = shown().find(({ properties }) => properties.title === 'KafkaDataLogsDiskUsed')!;
    expect(JSON.stringify(disk.properties.metrics)).toContain(
      `WHERE \\"Cluster Name\\" = 'events' GROUP BY \\"Broker ID\\" ORDER BY MAX() DESC LIMIT 100`,
    );
  });

  test('leaves out what Express brokers do not send', () => {
    const all = titles(shown({ kind: EXPRESS }));
    expect(all).toContain('Storage');
    expect(all).not.toContain('Fullest disk');
    expect(all).not.toContain('Fullest heap');
  });

  test('shows traffic and lag of Serverless, and no broker', () => {
    const all = titles(shown({ kind: SERVERLESS }));
    expect(all).toEqual(expect.arrayContaining(['Traffic', '## By topic', '## By consumer group']));
    expect(all).not.toContain('## By broker');
    expect(all).not.toContain('Health');
  });

  test('has more at a higher monitoring level', () => {
    expect(titles(shown())).not.toContain('Throttling');
    expect(titles(shown({ monitoringLevel: PER_BROKER }))).toContain('Throttling');
    const records = (level: msk.MonitoringLevel) =>
      titles(shown({ monitoringLevel: level })).filter((title) => title === 'MessagesInPerSec');
    expect([records(PER_BROKER).length, records(PER_TOPIC_PER_BROKER).length]).toEqual([0, 1]);
  });

  test('shows where requests wait, what is held back, and connections by authentication', () => {
    const body = JSON.stringify(shown({ monitoringLevel: PER_BROKER }));
    for (const part of ['RequestQueue', 'Local', 'ResponseQueue', 'ResponseSend', 'Total']) {
      expect(body).toContain(`Produce${part}TimeMsMean`);
      expect(body).toContain(`FetchConsumer${part}TimeMsMean`);
    }
    for (const one of ['Produce', 'Fetch', 'Request']) expect(body).toContain(`${one}ThrottleTime`);
    expect(body).toMatch(/SUM\(ClientConnectionCount\)[^']+'events' GROUP BY \\+"Client Authentication/);
  });

  test('can be part of a dashboard of the user', () => {
    const stack = aStack();
    const dashboard = new cloudwatch.Dashboard(stack, 'Mine');
    dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'Mine' }));
    dashboard.addWidgets(...msk.ClusterDashboard.rows(stack, { clusterName: 'events' }));
    expect(titles(widgetsOf(stack)).slice(0, 2)).toEqual(['Mine', '## Cluster']);
  });

  test('takes the name that is given', () => {
    const stack = aStack();
    new msk.ClusterDashboard(stack, 'Dashboard', { clusterName: 'events', dashboardName: 'on-call' });
    expect(propertiesOf(Template.fromStack(stack), 'AWS::CloudWatch::Dashboard')).toMatchObject({
      DashboardName: 'on-call',
    });
  });
});

describe.each([
  ['standard', undefined],
  ['express', EXPRESS],
  ['serverless', SERVERLESS],
] as const)('The dashboard of a cluster of kind %s', (name, kind) => {
  const widgets = shown({ kind, monitoringLevel: PER_TOPIC_PER_BROKER });

  test('asks only for metrics that it sends', () => {
    const asked = JSON.stringify(widgets).matchAll(/SELECT \w+\((\w+)\)|"AWS\/Kafka","(\w+)"/g);
    const names = [...asked].map(([, inQuery, direct]) => inQuery ?? direct);
    expect(names.length).toBeGreaterThan(5);
    for (const one of names) expect(JSON.stringify(facts[name])).toContain(`"${one}"`);
  });

  test('has no widget upon another, and none outside', () => {
    const cells = widgets.flatMap(({ height, width, x, y }) =>
      Array.from({ length: height * width }, (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...widgets.map(({ width, x }) => x + width))).toBe(24);
  });
});
