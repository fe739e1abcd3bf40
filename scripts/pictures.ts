// Draws dashboards as they are synthesized, for the documentation: titles and layout are real, the series are synthetic.
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { init } from 'echarts';
import { WatchingStack } from '../examples/watching/watching-stack';

interface Widget {
  readonly type: 'metric' | 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly yAxis?: { readonly left?: { readonly label?: string } };
  };
}

/** Name of a picture, and prefix of the logical ID of its dashboard. */
const DASHBOARDS = {
  standard: 'StandardDashboard',
  express: 'ExpressDashboard',
  serverless: 'ServerlessDashboard',
} as const;
export const PICTURES = Object.keys(DASHBOARDS) as (keyof typeof DASHBOARDS)[];

const CELL = 50;
/** Space between two widgets. */
const GAP = 6;
const MINUTES = 180;
const NOTE = 'Layout and titles of the real dashboard; the series are synthetic.';

/** The dashboards of the example, by their logical IDs. */
function dashboards() {
  const stack = new WatchingStack(new App({ analyticsReporting: false }), 'Watching', { env: { region: 'eu-west-1' } });
  return Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
}

function widgetsOf(name: keyof typeof DASHBOARDS): Widget[] {
  const [, dashboard] = dashboards().find(([id]) => id.startsWith(DASHBOARDS[name]))!;
  const { DashboardBody } = dashboard.Properties as { DashboardBody: string | { 'Fn::Join': [string, unknown[]] } };
  const text = typeof DashboardBody === 'string' ? DashboardBody : DashboardBody['Fn::Join'][1].map(part).join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

const part = (one: unknown) => (typeof one === 'string' ? one : 'eu-west-1');

/** A number that depends only on the text, so pictures are the same on every machine. */
const seedOf = (text: string) => [...text].reduce((seed, letter) => (seed * 31 + letter.charCodeAt(0)) % 9973, 7);

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  '"Broker ID"': ['1', '2', '3'],
  '"Client Authentication"': ['IAM', 'SASL_SCRAM'],
  Topic: ['orders', 'payments', 'clicks'],
  '"Consumer Group"': ['billing', 'audit'],
};

/** The lines that a metric of a widget is drawn as. */
function linesOf(metric: readonly unknown[]): string[] {
  const last = metric.at(-1) as { expression?: string; label?: string };
  const by = /GROUP BY ("[^"]+"|\w+)/.exec(last.expression ?? '');
  if (by) return [...GROUPS[by[1]]];
  return [last.label ?? String(metric[1])];
}

/** Hidden metrics are inputs of expressions and are not drawn. */
const isDrawn = (metric: readonly unknown[]) => (metric.at(-1) as { visible?: boolean }).visible !== false;

/** Typical values of a healthy cluster, by the unit of the axis. */
function levelOf(title: string, line: string, unit: string): number {
  const named = `${title} ${line}`;
  if (/Offline|UnderMinIsr|UnderReplicated|Throttle|Errors|Conversions/.test(line)) return 0;
  if (/ActiveController|(Queue|Local|Send)Time/.test(line)) return 1;
  if (/CpuIdle/.test(named)) return 75;
  if (/CreationRate/.test(named)) return 12;
  const usual = { '%': 55, '0 to 1': 0.8, ms: 4, seconds: 12, 'bytes a second': 4e6, bytes: 3e9, 'a second': 900 };
  return (usual as Record<string, number>)[unit] ?? 120 + (seedOf(title) % 200);
}

function pointsOf(title: string, line: string, unit: string): [number, number][] {
  const seed = seedOf(title + line);
  const level = levelOf(title, line, unit) * (level01(line) ? 1 : 0.8 + ((seed * 13) % 40) / 100);
  return Array.from({ length: MINUTES / 3 }, (_, index) => {
    const wave = level01(line) ? 0 : 0.08 * Math.sin((index + seed) / 7) + 0.03 * Math.sin((index * seed) % 17);
    return [index * 3 - MINUTES, Number((level * (1 + wave)).toPrecision(4))];
  });
}

const level01 = (line: string) => line === 'ActiveControllerCount';

const short = (value: number): string => {
  if (value >= 1e9) return `${value / 1e9}G`;
  if (value >= 1e6) return `${value / 1e6}M`;
  return value >= 1e4 ? `${value / 1e3}k` : String(value);
};

const minutes = (value: number) => (value === 0 ? 'now' : `${value} min`);

/** Draws one widget as an SVG. */
function graph({ height, properties, width }: Widget): string {
  const { metrics = [], title = '', yAxis } = properties;
  const unit = yAxis?.left?.label ?? '';
  const size = { width: width * CELL - GAP, height: height * CELL - GAP };
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  const lines = metrics.filter(isDrawn).flatMap(linesOf);
  const stacked = lines.length > 1 && lines.join('').length > 24;
  chart.setOption({
    animation: false,
    title: { text: title, subtext: unit, left: 12, top: 8, textStyle: { fontSize: 14 }, itemGap: 2 },
    grid: { left: 52, right: 32, top: 62, bottom: 32 + 16 * (stacked ? lines.length : 1) },
    legend: {
      orient: stacked ? 'vertical' : 'horizontal',
      itemGap: stacked ? 4 : 20, // widths of texts are estimates
      icon: 'rect',
      bottom: 8,
      itemWidth: 14,
      itemHeight: 8,
      width: width * CELL - 40,
      textStyle: { fontSize: 10 },
    },
    xAxis: { type: 'value', min: -MINUTES, max: 0, interval: 60, axisLabel: { formatter: minutes } },
    yAxis: { type: 'value', min: 0, axisLine: { onZero: false }, splitNumber: 3, axisLabel: { formatter: short } },
    series: lines.map((name) => ({
      ...{ name, type: 'line', showSymbol: false, lineStyle: { width: 1.5 } },
      data: pointsOf(title, name, unit),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const heading = (text: string) =>
  `<text x="12" y="32" font-family="sans-serif" font-size="20" font-weight="bold">${text.replace('## ', '')}</text>`;

/** Replaces generated names, which depend on the order of synthesis, with names that depend on the position. */
const named = (svg: string, place: number) => svg.replace(/\bzr\d+-/g, `w${place}-`);

/** Draws a dashboard as one SVG. */
export function picture(name: keyof typeof DASHBOARDS): string {
  const widgets = widgetsOf(name);
  const [columns, rows] = [24, Math.max(...widgets.map(({ height, y }) => y + height))];
  const cells = widgets.map((widget, place) => {
    const { height, properties, type, width, x, y } = widget;
    const frame = `<rect width="${width * CELL - GAP}" height="${height * CELL - GAP}" rx="4" fill="#fff" stroke="#d5dbdb"/>`;
    const content = type === 'text' ? heading(properties.markdown ?? '') : frame + named(graph(widget), place);
    return `<g transform="translate(${x * CELL + 3} ${y * CELL + 33})">${content}</g>`;
  });
  const [width, height] = [columns * CELL, rows * CELL + 36];
  const note = `<text x="12" y="22" font-family="sans-serif" font-size="13" fill="#666">${NOTE}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#f4f6f6"/>`,
    note,
    ...cells,
    '</svg>',
    '',
  ].join('\n');
}
