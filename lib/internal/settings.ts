import type { Duration, Size } from 'aws-cdk-lib';
import { type Finding, finding } from '../model/finding';
import type { RuleId } from '../model/rules/catalog';
import { numberText } from './validation';

type Value = Duration | Size | number | string | boolean;

/** Settings of Kafka: typed properties, and others by Kafka's names. */
type Settings<Typed extends string> = { readonly [prop in Typed]?: Value } & {
  readonly other?: Readonly<Record<string, string>>;
};

/** Where the settings come from, for the finding about one that is set twice. */
interface Source {
  readonly id: RuleId;
  readonly property: string;
}

/** The settings by Kafka's names, with their values as text, and a finding for each one that is set twice. */
export function renderSettings<Typed extends string>(
  names: Readonly<Record<Typed, string>>,
  settings: Settings<NoInfer<Typed>>,
  { id, property }: Source,
): { rendered: Record<string, string>; findings: Finding[] } {
  const other = settings.other ?? {};
  const typed = (Object.keys(names) as Typed[]).flatMap((prop) => {
    const value: Value | undefined = settings[prop];
    return value === undefined ? [] : [[names[prop], text(value)] as const];
  });
  const twice = typed.filter(([name]) => name in other);
  return {
    rendered: { ...Object.fromEntries(typed), ...other },
    findings: twice.map(([name]) =>
      finding(
        id,
        `'${name}' is set both by its own property in '${property}' and in '${property}.other'; remove one of them`,
      ),
    ),
  };
}

/** A value as Kafka writes it: durations in milliseconds, sizes in bytes. */
function text(value: Value): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object') return String(value);
  return numberText('toMilliseconds' in value ? value.toMilliseconds() : value.toBytes());
}
