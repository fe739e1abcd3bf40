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

/** Names are looked up where all that is imported comes along; another file cannot be judged here. */
function unresolved(root: protobuf.Root, imports: string[]): string | undefined {
  const known = imports.map((file) => protobuf.common.get(file)?.nested);
  if (known.some((nested) => nested === undefined)) return undefined;
  known.forEach((nested) => nested && root.addJSON(nested));
  root.resolveAll();
  return root.nestedArray.length === 0 ? 'it declares nothing' : undefined;
}

function unsupported(space: protobuf.NamespaceBase): string | undefined {
  for (const one of space.nestedArray) {
    const name = one.fullName.slice(1);
    if (one instanceof protobuf.Field) return `the registry does not support extensions, got '${name}'`;
    if (one instanceof protobuf.Type && Reflect.get(one, 'group') === true)
      return `the registry does not support groups, got '${name}'`;
    if (one instanceof protobuf.Type && one.extensions?.length)
      return `the registry does not support extensions, got 'extensions' in '${name}'`;
    const inside = 'nestedArray' in one ? unsupported(one) : undefined;
    if (inside) return inside;
  }
  return undefined;
}

/** protobufjs puts the line last. */
function lineFirst(message: string): string {
  const [, reason, line] = /^(.*) \(line (\d+)\)$/s.exec(message) ?? [];
  return line ? `line ${line}: ${reason}` : message;
}
