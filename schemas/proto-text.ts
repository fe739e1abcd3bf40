/** The text without comments and the contents of strings, with the same lines and columns. */
export const bare = (text: string): string =>
  text.replace(/\/\/.*|\/\*[^]*?(\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (found) =>
    found.replace(/[^\n]/g, (character, index: number) =>
      /["']/.test(found[0]) && (index === 0 || index === found.length - 1) ? character : ' ',
    ),
  );

/** A statement at the top of a file that ends with a semicolon. */
export interface Statement {
  readonly keyword: string;
  readonly from: number;
  readonly to: number;
}

/** The statements outside of all braces, in their order; of a block its keyword only. */
export function statementsOf(text: string): Statement[] {
  const found: Statement[] = [];
  let [depth, from] = [0, 0];
  for (const { 0: sign, index } of bare(text).matchAll(/[{};]/g)) {
    if (depth === 0 && sign !== '}') found.push({ keyword: keywordOf(text, from), from, to: index + 1 });
    depth += { '{': 1, '}': -1, ';': 0 }[sign as ';'];
    if (depth <= 0) from = index + 1;
  }
  return found.filter(({ keyword }) => keyword !== '');
}

const keywordOf = (text: string, from: number) => /^\s*(\w*)/.exec(bare(text).slice(from))![1];

/** Wire takes a package anywhere, and protobufjs only at the top. Lines stay where they are. */
export function withPackageFirst(text: string): string {
  const statements = statementsOf(text);
  const packages = statements.filter(({ keyword }) => keyword === 'package');
  const last = packages.at(-1);
  if (!last) return text;
  const blank = packages.reduce(
    (all, { from, to }) => all.slice(0, from) + all.slice(from, to).replace(/[^\n]/g, ' ') + all.slice(to),
    text,
  );
  const syntax = statements.find(({ keyword }) => keyword === 'syntax');
  const at = syntax?.to ?? 0;
  return `${blank.slice(0, at)} ${bare(text).slice(last.from, last.to).trim().replace(/\s+/g, ' ')}${blank.slice(at)}`;
}

/** What Wire does not take of the order of statements. */
export function orderProblem(text: string): string | undefined {
  const syntaxes = statementsOf(text).flatMap(({ keyword }, index) => (keyword === 'syntax' ? [index] : []));
  if (syntaxes.length > 1) return "there are two statements 'syntax'";
  return syntaxes.length === 1 && syntaxes[0] > 0 ? "'syntax' must be the first statement" : undefined;
}
