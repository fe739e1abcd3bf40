import protobuf from 'protobufjs';

/** @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html */
export function protobufProblem(text: string): string | undefined {
  try {
    if (/^\s*edition\s*=/m.test(text)) return "it must be 'proto2' or 'proto3', got an edition";
    const { imports = [], root } = protobuf.parse(text, new protobuf.Root(), { keepCase: true });
    return unsupported(root) ?? unresolved(root, imports);
  } catch (error) {
    return lineFirst((error as Error).message);
  }
}

/** Names can be resolved only if every import is bundled with protobufjs, since other files are not available here. */
function unresolved(root: protobuf.Root, imports: string[]): string | undefined {
  const known = imports.map((file) => protobuf.common.get(file)?.nested);
  if (known.some((nested) => nested === undefined)) return undefined;
  known.forEach((nested) => nested && root.addJSON(nested));
  root.resolveAll();
  return root.nestedArray.length === 0 ? 'it declares nothing' : undefined;
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
