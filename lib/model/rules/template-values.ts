/** The properties of a resource by CloudFormation's names. What is an expression there is not known. */
export type Rendered = Readonly<Record<string, unknown>>;

/** The value at a path such as `BrokerNodeGroupInfo.InstanceType`. */
export function valueAt(properties: Rendered, path: string): unknown {
  const into = (value: unknown, name: string) => (value as Rendered | undefined)?.[name];
  return path.split('.').reduce<unknown>(into, properties);
}

export function textAt(properties: Rendered, path: string): string | undefined {
  const value = valueAt(properties, path);
  return typeof value === 'string' ? value : undefined;
}

/** CloudFormation takes numbers as text too. */
export function numberAt(properties: Rendered, path: string): number | undefined {
  const value = valueAt(properties, path);
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** CloudFormation takes truth values as text too. What is not set is off. */
export function isOnAt(properties: Rendered, path: string): boolean | undefined {
  const value = valueAt(properties, path);
  if (value === undefined || value === false || value === 'false') return false;
  return value === true || value === 'true' ? true : undefined;
}
