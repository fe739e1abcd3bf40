/** A parsed type of Avro. */
export interface AvroType {
  readonly kind: string;
  /** Of a record, enum or fixed, with its namespace. */
  readonly fullName?: string;
  /** Of an array or a map. */
  readonly items?: AvroType;
  /** Of a union. */
  readonly branches?: readonly AvroType[];
  /** Of a record, once they are parsed: it can contain itself. */
  fields?: ReadonlyMap<string, AvroField>;
}

export interface AvroField {
  readonly type: AvroType;
  readonly default: unknown;
}

export type AvroTypes = Map<string, AvroType>;
