// Disables each row of the decision tables in turn, in a copy of the tree, and checks whether the tests of the handlers fail.
//   npm run test:mutants [-- WORD ...]      only mutants whose name has one of the words
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '..');
const WORKERS = 2;

/** The worker's tables, whose rows have an ID. */
const TABLES = ['engine/topics/plan.ts'];
/** Where the dispatcher decides by itself. Its guards correspond to rows. */
const GUARDS = ['broker-resource.ts', 'context/direction.ts', 'network/diagnose.ts'].map(
  (file) => `lambda/dispatcher/${file}`,
);
const PREDICATES = ['lambda/dispatcher/resources/topic.ts'];
/** Suites with random events, which do not count: a named test must notice a mutant in every run. */
const RANDOM = ['fuzz', 'plan-properties', 'stories'];

/** A change of one file that disables a row of a decision table, or one condition of it. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** All rows of the decision tables, found in the code itself. */
export function findMutants(): Mutant[] {
  return [
    ...TABLES.flatMap((file) => parsed(file, tableRows)),
    ...GUARDS.flatMap((file) => parsed(file, guards)),
    ...PREDICATES.flatMap((file) => parsed(file, predicates)),
  ];
}

type Found = Omit<Mutant, 'file' | 'start' | 'end'> & { readonly node: ts.Node };

function parsed(file: string, find: (node: ts.Node) => Found[]): Mutant[] {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    for (const { name, node: replaced, text } of find(node)) {
      const line = source.getLineAndCharacterOfPosition(replaced.getStart()).line + 1;
      mutants.push({ name: `${file}:${line} ${name}`, file, start: replaced.getStart(), end: replaced.getEnd(), text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

/** `{ id: 'row', when: … }`: the row never matches. */
function tableRows(node: ts.Node): Found[] {
  if (!ts.isObjectLiteralExpression(node)) return [];
  const named = (key: string) =>
    node.properties.filter(ts.isPropertyAssignment).find(({ name }) => name.getText() === key)?.initializer;
  const [id, when] = [named('id'), named('when')];
  if (!id || !when) return [];
  return [{ name: `row ${id.getText().slice(1, -1)}`, node: when, text: '() => false' }];
}

/** `isSame: (…) => …`: the predicate is always false. */
function predicates(node: ts.Node): Found[] {
  if (!ts.isPropertyAssignment(node) || !/^is[A-Z]/.test(node.name.getText())) return [];
  return [{ name: `predicate ${node.name.getText()}`, node: node.initializer, text: '() => false' }];
}

/**
 * `if (…) return …;` or `throw`: the condition is always false. Of several conditions joined by `||`, each is also
 * disabled alone.
 */
function guards(node: ts.Node): Found[] {
  if (!ts.isIfStatement(node) || !leaves(node.thenStatement)) return [];
  const whole = { name: `guard ${node.expression.getText()}`, node: node.expression, text: 'false' };
  const reasons = alternatives(node.expression).map((reason) => ({
    name: `reason ${reason.getText()}`,
    node: reason,
    text: 'false',
  }));
  return [whole, ...reasons];
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

/** The operands of each `||`, also in parentheses and in operands of `&&`. */
function alternatives(expression: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(expression)) return alternatives(expression.expression);
  if (!ts.isBinaryExpression(expression)) return [];
  const sides = [expression.left, expression.right];
  const deeper = sides.flatMap(alternatives);
  return expression.operatorToken.kind === ts.SyntaxKind.BarBarToken ? [...sides, ...deeper] : deeper;
}

/** Copies what the tests of the handlers need. The tree itself is never changed. */
function copyTree(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-mutants-'));
  for (const part of ['engine', 'lambda', 'lib', 'test/unit/engine', 'test/unit/lambda', 'testkit']) {
    fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  const { projects } = createRequire(__filename)(path.join(ROOT, 'jest.config.js')) as {
    projects: Record<string, unknown>[];
  };
  const { moduleFileExtensions, transform } = projects.find(({ displayName }) => displayName === 'unit')!;
  const testPathIgnorePatterns = RANDOM.map((suite) => `/${suite}.test.ts$`);
  const config = {
    rootDir: folder,
    roots: ['<rootDir>/test/unit'],
    moduleFileExtensions,
    testPathIgnorePatterns,
    transform,
  };
  fs.writeFileSync(path.join(folder, 'jest.config.json'), JSON.stringify(config));
  return folder;
}

/** Whether all tests pass in a folder. Failures without a mutant are printed. */
function passes(folder: string, told: 'ignore' | 'inherit' = 'ignore'): Promise<boolean> {
  const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
  const args = [jest, '--config', path.join(folder, 'jest.config.json'), '--bail', '--runInBand', '--silent'];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', told] });
  return new Promise((resolve, reject) => child.on('error', reject).on('exit', (code) => resolve(code === 0)));
}

async function survives({ end, file, start, text }: Mutant, folder: string): Promise<boolean> {
  const target = path.join(folder, file);
  const original = fs.readFileSync(target, 'utf8');
  fs.writeFileSync(target, original.slice(0, start) + text + original.slice(end));
  try {
    return await passes(folder);
  } finally {
    fs.writeFileSync(target, original);
  }
}

/** Tries the mutants one after the other. Returns those that no test noticed. */
async function work(folder: string, queue: Mutant[]): Promise<Mutant[]> {
  const survivors: Mutant[] = [];
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const survived = await survives(mutant, folder);
    if (survived) survivors.push(mutant);
    console.log(`${survived ? 'SURVIVED' : 'caught  '} ${mutant.name}`);
  }
  return survivors;
}

async function main(words: readonly string[]): Promise<void> {
  const mutants = findMutants().filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const folders = Array.from({ length: WORKERS }, copyTree);
  try {
    if (!(await passes(folders[0], 'inherit'))) throw new Error('The handler tests fail even without a mutant.');
    const queue = [...mutants];
    const survivors = (await Promise.all(folders.map((folder) => work(folder, queue)))).flat();
    console.log(`${mutants.length - survivors.length} of ${mutants.length} mutants caught`);
    process.exitCode = survivors.length === 0 && mutants.length > 0 ? 0 : 1;
  } finally {
    for (const folder of folders) fs.rmSync(folder, { recursive: true });
  }
}

if (require.main === module) void main(process.argv.slice(2));
