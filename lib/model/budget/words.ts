import { KIND_NAMES } from '../fact-lookups';
import type { Row, Shape } from './limits';

/** A number for a person: four digits, and all digits before the point. */
export const numberText = (value: number): string =>
  Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)));

/** An amount of a row, such as `12.5 MB/s`. */
export const amountText = ({ unit }: Row, value?: number): string =>
  value === undefined ? 'unknown' : `${numberText(value)} ${unit}`.trim();

/** A cluster, such as `3 x kafka.m7g.large with 100 GiB each`. */
export function shapeText({ brokers, instanceType, kind, volumeGiB }: Shape): string {
  if (kind === 'serverless') return 'a Serverless cluster';
  const name = instanceType ?? KIND_NAMES[kind];
  const volume = kind === 'standard' && volumeGiB !== undefined ? ` with ${numberText(volumeGiB)} GiB each` : '';
  return `${brokers ?? '?'} x ${name}${volume}`;
}
