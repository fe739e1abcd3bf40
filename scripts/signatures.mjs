// Writes lib/internal/signatures/signatures.json from the jsii assembly: what each public constructor and method takes. The
// library checks its callers by it at run time, since JavaScript and the jsii languages can hand over anything.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { loadAssemblyFromPath } from '@jsii/spec';

const require = createRequire(import.meta.url);

/** What jsii adds to assemblies that the names of parameters do not need. */
const FEATURES = ['intersection-types'];

/** How many members of an interface tell a value that implements it from other values. */
const TELLING_MEMBERS = 3;

const read = (folder) => loadAssemblyFromPath(folder, false, FEATURES);

const isStruct = (type) => type.kind === 'interface' && type.datatype === true;
const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

class Signatures {
  types = {};

  constructor(root) {
    this.own = read(root).types;
    const peers = ['aws-cdk-lib', 'constructs'].map((name) => read(path.join(root, 'node_modules', name)));
    this.all = Object.assign({}, ...peers.map(({ types }) => types), this.own);
    this.library = require(path.join(root, 'lib', 'index.js'));
    this.taken = new Map();
  }

  classes() {
    const hasMembers = ({ datatype, kind }) => kind === 'class' || (kind === 'interface' && !datatype);
    return Object.fromEntries(
      Object.values(this.own)
        .filter(hasMembers)
        .map((type) => [type.name, this.signaturesOf(type)]),
    );
  }

  signaturesOf({ initializer, methods = [] }) {
    const named = (wanted) =>
      sorted(Object.fromEntries(methods.filter(wanted).map((one) => [one.name, this.parameters(one)])));
    return {
      ...(initializer ? { create: this.parameters(initializer) } : {}),
      ...unlessEmpty(
        'methods',
        named(({ static: isStatic, parameters }) => !isStatic && parameters),
      ),
      ...unlessEmpty(
        'statics',
        named(({ static: isStatic, parameters }) => isStatic && parameters),
      ),
    };
  }

  parameters({ parameters = [] }) {
    return Object.fromEntries(
      parameters.map(({ name, optional, type, variadic }) => [
        `${variadic ? '...' : ''}${name}${optional ? '?' : ''}`,
        this.nameOf(type),
      ]),
    );
  }

  nameOf({ collection, fqn, primitive }) {
    if (primitive) return primitive;
    if (collection) return `${collection.kind}<${this.nameOf(collection.elementtype)}>`;
    return this.add(this.all[fqn]);
  }

  /** Describes a named type, once. Names are short, so two types must not share one. */
  add(type) {
    if (this.taken.has(type.name)) {
      if (this.taken.get(type.name) !== type.fqn) throw new Error(`two types are called ${type.name}`);
      return type.name;
    }
    this.taken.set(type.name, type.fqn);
    this.types[type.name] = this.described(type);
    return type.name;
  }

  described(type) {
    if (type.kind === 'enum') return this.describedEnum(type);
    if (isStruct(type))
      return { struct: sorted(this.propertiesOf(type)), ...(this.isOwn(type) ? { isOwn: true } : {}) };
    if (type.kind === 'class' && this.isOwn(type)) return { isBranded: true, ...this.exampleOf(type) };
    return { members: this.membersOf(type), ...this.exampleOf(type) };
  }

  isOwn = (type) => this.own[type.fqn] !== undefined;

  describedEnum(type) {
    if (this.isOwn(type)) return { enum: this.library[type.name] };
    const [assembly, submodule, name = submodule] = type.fqn.split('.');
    const from = name === submodule ? assembly : `${assembly}/${submodule.replaceAll('_', '-')}`;
    return { enum: namesOf(require(from)[name]), from };
  }

  propertiesOf(struct) {
    const inherited = (struct.interfaces ?? []).map((fqn) => this.propertiesOf(this.all[fqn]));
    const own = (struct.properties ?? []).map(({ name, optional, type }) => [
      `${name}${optional ? '?' : ''}`,
      this.nameOf(type),
    ]);
    return Object.assign({}, ...inherited, Object.fromEntries(own));
  }

  /** Members that every value of the type has: properties rather than methods, of the type itself rather than inherited. */
  membersOf(type) {
    const required = (members = []) =>
      members.filter((one) => !one.static && !one.optional && !one.protected).map(({ name }) => name);
    const names = [...required(type.properties).sort(), ...required(type.methods).sort()].slice(0, TELLING_MEMBERS);
    const bases = [type.base, ...(type.interfaces ?? [])].filter((fqn) => fqn !== undefined);
    return names.length > 0 ? names : [...new Set(bases.flatMap((fqn) => this.membersOf(this.all[fqn])))];
  }

  /** A way to make a value of the type, for error messages: a factory or a constant of the class, or the CDK's own class of an interface. */
  exampleOf({ fqn, kind, methods = [], name, properties = [] }) {
    const implementation = this.all[fqn.replace(/I(\w+)$/, '$1')];
    if (kind === 'interface' && implementation?.initializer) return { example: `new ${implementation.name}(…)` };
    const makes = (type) => type?.fqn === fqn;
    const factory = methods.find((one) => one.static && makes(one.returns?.type));
    const constant = properties.find((one) => one.static && makes(one.type));
    const member = factory ? `${factory.name}(${factory.parameters ? '…' : ''})` : constant?.name;
    return member ? { example: `${name}.${member}` } : {};
  }
}

const unlessEmpty = (key, value) => (Object.keys(value).length > 0 ? { [key]: value } : {});

/** TypeScript's numeric enums also map values to names. */
const namesOf = (values) => Object.fromEntries(Object.entries(values).filter(([name]) => Number.isNaN(Number(name))));

const fileOf = (root) => path.join(root, 'lib', 'internal', 'signatures', 'signatures.json');

function textOf(root) {
  const signatures = new Signatures(root);
  const classes = sorted(signatures.classes());
  return `${JSON.stringify({ classes, types: sorted(signatures.types) }, undefined, 1)}\n`;
}

export const writeSignatures = (root) => fs.writeFileSync(fileOf(root), textOf(root));

export function checkSignatures(root) {
  if (fs.readFileSync(fileOf(root), 'utf8') === textOf(root)) return;
  throw new Error(
    'lib/internal/signatures/signatures.json is not what the jsii assembly says; `npm run docs` writes it',
  );
}
