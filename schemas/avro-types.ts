/** A parsed type of Avro. */
export interface AvroType {
  readonly kind: string;
  /** What the value stands for, such as `timestamp-millis`. */
  readonly logical?: string;
  /** Of a record, enum or fixed, with its namespace. */
  readonly fullName?: string;
  /** Of a record, enum or fixed: its earlier names, with their namespaces. */
  readonly aliases?: readonly string[];
  /** Of an array or a map. */
  readonly items?: AvroType;
  /** Of a union. */
  readonly branches?: readonly AvroType[];
  /** Of an enum. */
  readonly symbols?: readonly string[];
  /** Of an enum: what stands for a symbol that it does not have. */
  readonly symbolDefault?: string;
  /** Of a fixed, in bytes. */
  readonly size?: number;
  /** Of a record, once they are parsed: it can contain itself. */
  fields?: ReadonlyMap<string, AvroField>;
}

export interface AvroField {
  readonly type: AvroType;
  readonly default: unknown;
  readonly aliases: readonly string[];
}

export type AvroTypes = Map<string, AvroType>;
