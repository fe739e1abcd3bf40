import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_KAFKA } from '../local/stand-in';
import { type Figures, ROWS } from './rows';

export const PAGE = path.join(__dirname, '../docs/benchmarks.md');

const judge = (figure: number, limit: number) => (figure <= limit ? 'ok' : 'over');
const shown = (figure: number) => String(Number(figure.toFixed(3)));

/** One line per figure: `name measured limit ok|over`. */
export function report(figures: Figures): string {
  return ROWS.map(({ limit, name }) => {
    const [measured, most] = [shown(figures[name]), shown(limit)].map((text) => text.padStart(7));
    return `${name.padEnd(20)}${measured} ${most} ${judge(figures[name], limit)}`;
  }).join('\n');
}

export const isOver = (figures: Figures) => ROWS.some(({ limit, name }) => figures[name] > limit);

/** The text between the two marks of the page. */
export function table(figures: Figures): string {
  const rows = ROWS.map(({ limit, name, unit, what }) => {
    const [measured, most] = [figures[name], limit].map((value) => `${shown(value)} ${unit}`.trim());
    return `| \`${name}\` | ${what} | ${measured} | ${most} | ${judge(figures[name], limit)} |`;
  });
  return [
    '| figure | what | measured | at most | |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `Measured on ${os.availableParallelism()} cores with Node.js ${process.versions.node} and Apache Kafka ${DEFAULT_KAFKA}.`,
  ].join('\n');
}

export function writePage(figures: Figures): void {
  const page = fs.readFileSync(PAGE, 'utf8');
  const marked = /(<!-- figures -->\n)[^]*(<!-- end -->)/;
  fs.writeFileSync(
    PAGE,
    page.replace(marked, (_, begin: string, end: string) => `${begin}${table(figures)}\n${end}`),
  );
}
