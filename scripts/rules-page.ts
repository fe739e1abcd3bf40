import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '..');

/** A rule as the code has it. */
export interface RuleInCode {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** What a person is told; … stands for what comes from the app. */
  readonly messages: readonly string[];
  /** From the root of the repository, without the number of a line, which changes with every edit. */
  readonly files: readonly string[];
}

const MAKERS: Readonly<Record<string, RuleInCode['severity']>> = { problem: 'error', caution: 'warning' };
/** What the worker judges once more, when tokens have their values. */
const AT_DEPLOYMENT = ['lib/model/rules/topics.ts', 'lib/model/rules/tiered-topics.ts'];

/** Every rule that the library has, by ID: read from the calls that make its findings. */
export function rulesInCode(): RuleInCode[] {
  const found = sourceFiles().flatMap((file) => callsIn(file));
  const ids = [...new Set(found.map(({ id }) => id))].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return ids.map((id) => {
    const calls = found.filter((call) => call.id === id);
    const all = <K extends 'files' | 'messages'>(key: K) => [...new Set(calls.flatMap((call) => call[key]))];
    return { id, severity: calls[0].severity, messages: all('messages'), files: all('files') };
  });
}

function sourceFiles(): ts.SourceFile[] {
  const names = fs.readdirSync(path.join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).sort();
  return files.map((name) => {
    const text = fs.readFileSync(path.join(ROOT, 'lib', name), 'utf8');
    return ts.createSourceFile(path.posix.join('lib', name), text, ts.ScriptTarget.ESNext, true);
  });
}

function callsIn(file: ts.SourceFile): RuleInCode[] {
  const found: RuleInCode[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text in MAKERS) {
      found.push(...rulesOf(node, MAKERS[node.expression.text], file.fileName));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function rulesOf(call: ts.CallExpression, severity: RuleInCode['severity'], file: string): RuleInCode[] {
  const [id, message] = call.arguments;
  return textsOf(id).map((one) => ({ id: one, severity, messages: textsOf(message), files: [file] }));
}

/** All texts that an expression can be; what only a run tells is …. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression);
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isTemplateExpression(node)) {
    const rest = node.templateSpans.map(({ literal }) => `…${literal.text}`);
    return [node.head.text + rest.join('')];
  }
  if (ts.isBinaryExpression(node)) {
    return textsOf(node.left).flatMap((left) => textsOf(node.right).map((right) => left + right));
  }
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared ? textsOf(declared) : ['…'];
}

/** What the nearest constant of that name is set to. */
function declarationOf(used: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node | undefined = used.parent; scope; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    const declarations = scope.statements
      .filter(ts.isVariableStatement)
      .flatMap((one) => [...one.declarationList.declarations]);
    const found = declarations.find(({ name }) => ts.isIdentifier(name) && name.text === used.text);
    if (found?.initializer) return found.initializer;
  }
  return undefined;
}

function row({ files, id, messages, severity }: RuleInCode): string {
  const when = files.some((file) => AT_DEPLOYMENT.includes(file)) ? 'synthesis and deployment' : 'synthesis';
  const said = messages.map((message) => message.replaceAll('|', '\\|').replaceAll('*', '\\*')).join('<br>');
  const where = files.map((file) => `[${path.basename(file, '.ts')}](../${file})`).join(', ');
  return `| \`${id}\` | ${severity} | ${when} | ${said} | ${where} |`;
}

export function rulesPage(): string {
  return [
    '# Rules',
    '',
    'Made by `npm run docs` from the code of the rules. `…` stands for what comes from the app or from the facts about MSK. All findings of a',
    'construct are told at once. An error stops the synthesis; a warning is acknowledged by its code. What is a token at synthesis passes, and',
    'the rules of a topic judge it at deployment, where the code of the error is `InvalidTopic`.',
    '[errors.md](errors.md) says each rule in a sentence, and what else can go wrong at deployment.',
    '',
    '| code | kind | judged at | it says | in |',
    '| --- | --- | --- | --- | --- |',
    ...rulesInCode().map(row),
    '',
  ].join('\n');
}
