import * as fs from 'node:fs';
import * as path from 'node:path';
import { refused } from '../../internal/validation';
import { finding } from '../../model/finding';
import type { SchemaFormat, SchemaVersion } from './checker';
import { SchemaDefinition } from './schema-definition';
import { checked } from '../../internal/signatures/checked';

const FORMATS: Readonly<Record<string, SchemaFormat>> = { '.avsc': 'AVRO', '.json': 'JSON', '.proto': 'PROTOBUF' };

/**
 * The versions of a schema that a repository keeps, one file each. With them, a version that would break readers is refused at
 * synthesis instead of by the registry.
 */
@checked('SchemaVersions')
export class SchemaVersions {
  /**
   * Reads the versions from a directory. Each file has exactly one number in its name, by which the versions are ordered: `v2.avsc` comes
   * before `v10.avsc`. Avro files end with `.avsc`, JSON Schema files with `.json`, and Protocol Buffers files with `.proto`. Files whose
   * names begin with a dot are ignored. Everything else in the directory is refused, and so is a directory that is missing or empty
   * (`SchemaVersionFiles`).
   *
   * @param directory path of the directory, absolute or relative to the working directory
   */
  public static fromDirectory(directory: string): SchemaVersions {
    const names = namesIn(directory);
    const problem = names.length === 0 ? `'${directory}' has no file` : problemWith(directory, names);
    if (problem) throw refusal(problem);
    names.sort((one, other) => (numberIn(one) < numberIn(other) ? -1 : 1));
    const versions = names.map((name) => ({ name, text: fs.readFileSync(path.join(directory, name), 'utf8') }));
    return new SchemaVersions(FORMATS[path.extname(names[0])], versions);
  }

  private constructor(
    /** @internal */
    public readonly _format: SchemaFormat,
    /** @internal */
    public readonly _versions: readonly SchemaVersion[],
  ) {}

  /** The definition in the file with the highest number. */
  public get latest(): SchemaDefinition {
    const { text } = this._versions.at(-1)!;
    return SchemaDefinition._of(this._format, text);
  }
}

function namesIn(directory: string): string[] {
  try {
    return fs
      .readdirSync(directory)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch (error) {
    throw refusal(`'${directory}' cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}

const refusal = (problem: string) => refused('SchemaVersions', finding('SchemaVersionFiles', problem));

function problemWith(directory: string, names: readonly string[]): string | undefined {
  const shown = (name: string) => `'${path.join(directory, name)}'`;
  const other = names.find((name) => !isSchemaFile(directory, name));
  if (other !== undefined) return `${shown(other)} must be a file that ends with ${Object.keys(FORMATS).join(', ')}`;
  const mixed = names.find((name) => path.extname(name) !== path.extname(names[0]));
  if (mixed !== undefined) return `${shown(names[0])} and ${shown(mixed)} must have the same format`;
  const unnumbered = names.find((name) => numbersIn(name).length !== 1);
  if (unnumbered !== undefined)
    return `${shown(unnumbered)} must have one number in its name, such as v1${path.extname(unnumbered)}, got ${numbersIn(unnumbered).length}`;
  const twin = names.find((name, index) => names.findIndex((one) => numberIn(one) === numberIn(name)) < index);
  if (twin === undefined) return undefined;
  const first = names.find((name) => numberIn(name) === numberIn(twin))!;
  return `${shown(first)} and ${shown(twin)} must not both be version ${numberIn(twin)}`;
}

const isSchemaFile = (directory: string, name: string) =>
  path.extname(name) in FORMATS && fs.statSync(path.join(directory, name)).isFile();

const numbersIn = (name: string): string[] => path.basename(name, path.extname(name)).match(/\d+/g) ?? [];
const numberIn = (name: string) => BigInt(numbersIn(name)[0]);
