import table from './signatures.json';

/** Parameters or properties, with the name of each one's type. A name ends with `?` if it may be missing; `...` begins a list. */
export type Members = Readonly<Record<string, string>>;

/** A parameter or property as its name declares it. */
export interface Member {
  readonly key: string;
  readonly type: string;
  readonly isOptional: boolean;
  /** Whether it stands for all further arguments. Its type is that of the list of them. */
  readonly isRest: boolean;
}

const READ = new WeakMap<Members, readonly Member[]>();

/** Reads the declared names, once. */
export function membersOf(members: Members): readonly Member[] {
  const read = READ.get(members) ?? Object.entries(members).map(([declared, type]) => memberOf(declared, type));
  READ.set(members, read);
  return read;
}

function memberOf(declared: string, type: string): Member {
  const isRest = declared.startsWith('...');
  const key = declared.replace(/^\.\.\.|\?$/g, '');
  return { key, type: isRest ? `array<${type}>` : type, isOptional: declared.endsWith('?'), isRest };
}

/** What a class or interface offers to its callers. */
export interface ClassSignature {
  /** What its constructor takes, if it is public. */
  readonly create?: Members;
  readonly methods?: Readonly<Record<string, Members>>;
  readonly statics?: Readonly<Record<string, Members>>;
}

/** How a value of a named type is told from others. It has one of the first four. */
export interface TypeSignature {
  readonly enum?: Readonly<Record<string, string | number>>;
  readonly struct?: Members;
  /** A class of this library, which `checked` marks. */
  readonly isBranded?: boolean;
  /** Members that every value of the type has. */
  readonly members?: readonly string[];
  /** The module of the CDK that has the enum, for values that it got later. */
  readonly from?: string;
  /** Whether the struct belongs to this library, so that all its properties are known. */
  readonly isOwn?: boolean;
  /** How to make a value, for messages. */
  readonly example?: string;
}

/** Written by the build from the jsii assembly; see scripts/signatures.mjs. */
export const CLASSES: Readonly<Record<string, ClassSignature | undefined>> = table.classes;
export const TYPES: Readonly<Record<string, TypeSignature>> = table.types;
