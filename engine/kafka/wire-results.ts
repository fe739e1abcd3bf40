import { protocolErrorsCodesById } from '@platformatic/kafka';
import { type ItemResult, KafkaFailure } from './kafka-failure';
import type { RequestName } from './requests';

/** An item of an answer, as all of Kafka's answers have it. */
export interface WireItem {
  readonly errorCode: number;
  readonly errorMessage?: string | null;
}

/** The answer to a request, item by item. */
export interface WireAnswer<Item extends WireItem> {
  readonly request: RequestName;
  readonly items: readonly Item[];
  /** What an item is about, in the words of the request. */
  readonly keyOf: (item: Item) => string;
  readonly throttleMs?: number;
}

/** One result for each key that was asked for, in this order; brokers answer in any order. */
export function toResults<Item extends WireItem, T>(
  keys: readonly string[],
  { items, keyOf, request, throttleMs }: WireAnswer<Item>,
  read: (item: Item) => T,
): ItemResult<T>[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  return keys.map((key) => {
    const item = byKey.get(key);
    if (!item) return new KafkaFailure(request, 'UNKNOWN_SERVER_ERROR', `the broker did not answer for ${key}`);
    return item.errorCode === 0 ? read(item) : toFailure(request, item, throttleMs);
  });
}

export function toFailure(request: RequestName, { errorCode, errorMessage }: WireItem, throttleMs = 0): KafkaFailure {
  return new KafkaFailure(request, errorName(errorCode) ?? '', errorMessage ?? '', { throttleMs });
}

export const errorName = (code: number): string | undefined =>
  code === 0 ? undefined : (protocolErrorsCodesById[code] ?? `ERROR_${code}`);
