/**
 * As a template spells it, for a property that the L1 does not know yet.
 */
export function spelled(property: object): Record<string, unknown> {
  const entries = Object.entries(property).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]: [string, unknown]) => [
      key[0].toUpperCase() + key.slice(1),
      typeof value === 'object' && value !== null ? spelled(value) : value,
    ]),
  );
}
