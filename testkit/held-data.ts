import fs from 'node:fs';
import path from 'node:path';

interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly DeletionPolicy?: string }>;
}

/**
 * The logical IDs of the resources that are retained when the stack is deleted, since they hold data or access to data. A
 * change here replaces data, so a person approves it by changing the stored list.
 */
export function heldData(templates: readonly string[]): Record<string, string> {
  const resources = templates.flatMap((file) =>
    Object.entries((JSON.parse(fs.readFileSync(file, 'utf8')) as Template).Resources),
  );
  const held = resources.filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'));
  const types = held.map(([id, { Type }]) => [id, Type] as const);
  return Object.fromEntries(types.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function readStored(name: string): Record<string, string> {
  const file = path.join(__dirname, '../test/templates', `${name}.logical-ids.json`);
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>;
}
