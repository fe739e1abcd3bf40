import protobuf from 'protobufjs';

export interface ProtoFacts {
  readonly isProto3: boolean;
  /** Whether every option must be one of the language: others could be declared in files that are not here. */
  readonly knowsOptions: boolean;
}

const [LARGEST_TAG, RESERVED_FROM, RESERVED_TO] = [536_870_911, 19_000, 19_999];
const [LEAST, MOST] = [-2_147_483_648, 2_147_483_647];
const UNPACKED = ['string', 'bytes'];
/** @see https://github.com/protocolbuffers/protobuf/blob/v25.0/src/google/protobuf/descriptor.proto */
const OPTIONS = {
  field:
    'ctype packed jstype lazy unverified_lazy deprecated weak debug_redact retention targets default json_name proto3_optional',
  type: 'message_set_wire_format no_standard_descriptor_accessor deprecated map_entry deprecated_legacy_json_field_conflicts',
  enum: 'allow_alias deprecated deprecated_legacy_json_field_conflicts',
  file:
    'java_package java_outer_classname java_multiple_files java_generate_equals_and_hash java_string_check_utf8 optimize_for go_package ' +
    'cc_generic_services java_generic_services py_generic_services php_generic_services deprecated cc_enable_arenas objc_class_prefix ' +
    'csharp_namespace swift_prefix php_class_prefix php_namespace php_metadata_namespace ruby_package',
};

/** What Wire refuses of what a file or a message contains, although protobufjs reads it. */
export function memberProblem(space: protobuf.NamespaceBase, facts: ProtoFacts): string | undefined {
  return (
    optionProblem(space, space instanceof protobuf.Type ? 'type' : 'file', facts) ??
    constantProblem(space) ??
    (space instanceof protobuf.Type ? fieldsProblem(space, facts) : undefined) ??
    first(space.nestedArray, (member) => {
      if (member instanceof protobuf.Enum) return enumProblem(member, facts);
      return member instanceof protobuf.Type || member.constructor === protobuf.Namespace
        ? memberProblem(member, facts)
        : undefined;
    })
  );
}

function first<T>(all: readonly T[], problemOf: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const problem = problemOf(one);
    if (problem) return problem;
  }
  return undefined;
}

/** The constants of an enum belong to the scope around it. */
function constantProblem(space: protobuf.NamespaceBase): string | undefined {
  const enums = space.nestedArray.filter((member) => member instanceof protobuf.Enum);
  const names = enums.flatMap(({ values }) => Object.keys(values));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `two enums of one scope have the constant '${twice}'`;
}

function enumProblem(of: protobuf.Enum, facts: ProtoFacts): string | undefined {
  const values = Object.values(of.values);
  const far = values.find((value) => value < LEAST || value > MOST);
  if (far !== undefined) return `a constant of '${of.name}' must fit into 32 bits, got ${far}`;
  if (facts.isProto3 && values[0] !== 0) return `the first constant of '${of.name}' must be 0 in proto3`;
  return optionProblem(of, 'enum', facts);
}

function fieldsProblem(type: protobuf.Type, facts: ProtoFacts): string | undefined {
  const jsonNames = type.fieldsArray.map(jsonNameOf);
  const twice = jsonNames.find((name, index) => jsonNames.indexOf(name) !== index);
  if (twice !== undefined) return `two fields of '${type.name}' have the JSON name '${twice}'`;
  return first(type.fieldsArray, (field) => fieldProblem(field, facts));
}

function fieldProblem(field: protobuf.Field, facts: ProtoFacts): string | undefined {
  const { id, name, options = {}, type } = field;
  const isReserved = id >= RESERVED_FROM && id <= RESERVED_TO;
  if (id < 1 || id > LARGEST_TAG || isReserved)
    return `the number of '${name}' must be from 1 to ${LARGEST_TAG}, and not from ${RESERVED_FROM} to ${RESERVED_TO}, got ${id}`;
  if (facts.isProto3 && 'default' in options) return `'${name}' must not have a default in proto3`;
  if (options.packed === true && UNPACKED.includes(type)) return `'${name}' must not be packed, since it is ${type}`;
  return optionProblem(field, 'field', facts);
}

function optionProblem(
  { name, options }: protobuf.ReflectionObject,
  kind: keyof typeof OPTIONS,
  { knowsOptions }: ProtoFacts,
): string | undefined {
  const known = OPTIONS[kind].split(' ');
  const other = Object.keys(options ?? {}).find((option) => !known.includes(option.split('.')[0]));
  return other === undefined || !knowsOptions
    ? undefined
    : `the option '${other}'${name ? ` of '${name}'` : ''} is not declared`;
}

/** As protoc makes it: a letter after an underscore becomes a capital. */
const jsonNameOf = ({ name, options = {} }: protobuf.Field): string =>
  typeof options.json_name === 'string'
    ? options.json_name
    : name.replace(/_+(.)?/g, (_, letter: string = '') => letter.toUpperCase());
