/** Text, or a number or boolean as text, since CloudFormation delivers all three as text. */
export const scalar = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const arn = (value: unknown): string | undefined => {
  const delivered = scalar(value) ?? '';
  return /^arn:[\w-]+:[\w-]+:\S{1,400}$/.test(delivered) ? delivered : undefined;
};

export const integer = (value: unknown): number | undefined =>
  /^-?\d{1,15}$/.test(scalar(value) ?? '') ? Number(value) : undefined;

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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).map(([key, entry]) => [key, scalar(entry)] as const);
  const isText = (entry: readonly [string, string | undefined]): entry is [string, string] => entry[1] !== undefined;
  return entries.every(isText) ? Object.fromEntries(entries) : undefined;
}
