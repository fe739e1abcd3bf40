import protobuf from 'protobufjs';
import { memberProblem } from './proto-rules';
import { isProto3, orderProblem, type ProtoFile, readProto, withPackageFirst } from './proto-text';
import { doubted, refused, type Verdict } from './verdict';

/**
 * Refuses what the Java library of Glue's serializers (Wire) refuses, and what the registry does not support. Other files are not
 * available here, so it warns of what depends on them.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html
 */
export function protobufVerdict(text: string): Verdict {
  const file = readProto(text);
  const order = orderProblem(file);
  if (order) return refused(order);
  try {
    return judged(file);
  } catch (error) {
    return refused(lineFirst((error as Error).message));
  }
}

const parse = (file: ProtoFile) => protobuf.parse(withPackageFirst(file), new protobuf.Root(), { keepCase: true });

/** A valid schema. Types of other files than Google's are not resolved. */
export interface ParsedProto {
  readonly root: protobuf.Root;
  readonly space: protobuf.NamespaceBase;
  readonly packageName: string;
  readonly isProto3: boolean;
}

export function parseProto(text: string): ParsedProto {
  const file = readProto(text);
  const { imports = [], package: packageName = '', root } = parse(file);
  for (const one of imports) root.addJSON(protobuf.common.get(one)?.nested ?? {});
  try {
    root.resolveAll(); // only then it is known what is required or packed
  } catch {
    // a type of another file, which comes after that
  }
  const space = packageName === '' ? root : (root.lookup(packageName) as protobuf.NamespaceBase);
  return { root, space, packageName, isProto3: isProto3(file) };
}

function judged(file: ProtoFile): Verdict {
  const { imports = [], root } = parse(file);
  const unknown = imports.filter((file) => protobuf.common.get(file) === null);
  const problem =
    unsupported(root) ?? memberProblem(root, { isProto3: isProto3(file), knowsOptions: unknown.length === 0 });
  if (problem) return refused(problem);
  if (unknown.length > 0) return doubted(`it imports '${unknown[0]}', which the registry may not have`);
  for (const file of imports) root.addJSON(protobuf.common.get(file)!.nested!);
  root.resolveAll();
  return root.nestedArray.length === 0 ? refused('it declares nothing') : undefined;
}

function unsupported(space: protobuf.NamespaceBase): string | undefined {
  for (const member of space.nestedArray) {
    const name = member.fullName.slice(1);
    if (member instanceof protobuf.Field) return `the registry does not support extensions, got '${name}'`;
    if (member instanceof protobuf.Type && Reflect.get(member, 'group') === true)
      return `the registry does not support groups, got '${name}'`;
    if (member instanceof protobuf.Type && member.extensions?.length)
      return `the registry does not support extensions, got 'extensions' in '${name}'`;
    const inside = 'nestedArray' in member ? unsupported(member) : undefined;
    if (inside) return inside;
  }
  return undefined;
}

/** protobufjs reports the line at the end of its messages. */
function lineFirst(message: string): string {
  const [, reason, line] = /^(.*) \(line (\d+)\)$/s.exec(message) ?? [];
  return line ? `line ${line}: ${reason}` : message;
}
