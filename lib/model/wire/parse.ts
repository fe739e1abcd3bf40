/** Text, or a number or boolean as text, since CloudFormation delivers all three as text. */
export const scalar = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The ARN of a resource of a service. */
export const arnOf =
  (service: string) =>
  (value: unknown): string | undefined => {
    const delivered = scalar(value) ?? '';
    return new RegExp(`^arn:[\\w-]+:${service}:\\S{1,400}$`).test(delivered) ? delivered : undefined;
  };

export const integer = (value: unknown): number | undefined =>
  /^-?\d{1,15}$/.test(scalar(value) ?? '') ? Number(value) : undefined;

/** A number of seconds, from 0 to a day. */
export const seconds = (value: unknown): number | undefined => {
  const whole = integer(value);
  return whole !== undefined && whole >= 0 && whole <= 86_400 ? whole : undefined;
};

/** A map, whatever its values. */
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const boolean = (value: unknown): boolean | undefined => {
  const delivered = scalar(value);
  return delivered === 'true' || delivered === 'false' ? delivered === 'true' : undefined;
};

export const oneOf =
  <T extends string>(allowed: readonly T[]) =>
  (value: unknown): T | undefined =>
    allowed.find((one) => one === value);

/** A map whose values are text. */
export function texts(value: unknown): Record<string, string> | undefined {
  if (!isMap(value)) return undefined;
  const entries = Object.entries(value).map(([key, entry]) => [key, scalar(entry)] as const);
  const isText = (entry: readonly [string, string | undefined]): entry is [string, string] => entry[1] !== undefined;
  return entries.every(isText) ? Object.fromEntries(entries) : undefined;
}
