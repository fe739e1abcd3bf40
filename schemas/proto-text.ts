/** A statement at the top of a file, or the beginning of a block. */
interface Statement {
  readonly keyword: string;
  readonly from: number;
  readonly to: number;
}

/** A file, and what stands in it outside of all braces. */
export interface ProtoFile {
  readonly text: string;
  /** The text without comments and the contents of strings, with the same lines and columns. */
  readonly bare: string;
  readonly statements: readonly Statement[];
}

export function readProto(text: string): ProtoFile {
  const bare = bareOf(text);
  return { text, bare, statements: statementsIn(bare) };
}

const bareOf = (text: string): string =>
  text.replace(/\/\/.*|\/\*[^]*?(\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (found) => {
    const isString = /^["']/.test(found);
    return isString ? `${found[0]}${blank(found.slice(1, -1))}${found[0]}` : blank(found);
  });

const blank = (text: string) => text.replace(/[^\n]/g, ' ');

function statementsIn(bare: string): Statement[] {
  const found: Statement[] = [];
  let [depth, from] = [0, 0];
  for (const { 0: sign, index } of bare.matchAll(/[{};]/g)) {
    const [, keyword] = /^\s*(\w*)/.exec(bare.slice(from, index))!;
    if (depth === 0 && keyword !== '' && sign !== '}') found.push({ keyword, from, to: index + 1 });
    depth += { '{': 1, '}': -1, ';': 0 }[sign as ';'];
    if (depth <= 0) from = index + 1;
  }
  return found;
}

/** Wire takes a package anywhere, and protobufjs only at the top. Lines stay where they are. */
export function withPackageFirst({ bare, statements, text }: ProtoFile): string {
  const packages = statements.filter(({ keyword }) => keyword === 'package');
  const last = packages.at(-1);
  if (!last) return text;
  const without = packages.reduce(
    (all, { from, to }) => all.slice(0, from) + blank(all.slice(from, to)) + all.slice(to),
    text,
  );
  const at = syntaxOf(statements)?.to ?? 0;
  return `${without.slice(0, at)} ${bare.slice(last.from, last.to).trim().replace(/\s+/g, ' ')}${without.slice(at)}`;
}

export function isProto3({ statements, text }: ProtoFile): boolean {
  const syntax = syntaxOf(statements);
  return syntax !== undefined && text.slice(syntax.from, syntax.to).includes('proto3');
}

const syntaxOf = (statements: readonly Statement[]) => statements.find(({ keyword }) => keyword === 'syntax');

/** What Wire does not take of the order of statements, and editions. */
export function orderProblem({ statements }: ProtoFile): string | undefined {
  const keywords = statements.map(({ keyword }) => keyword);
  if (keywords.includes('edition')) return "it must be 'proto2' or 'proto3', got an edition";
  if (keywords.indexOf('syntax') !== keywords.lastIndexOf('syntax')) return "there are two statements 'syntax'";
  return keywords.indexOf('syntax') > 0 ? "'syntax' must be the first statement" : undefined;
}
