import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A block of TypeScript on a page of Markdown. */
export interface CodeBlock {
  /** The page, from the root of the repository. */
  readonly page: string;
  /** The line of the page that the code starts on, counted from 1. */
  readonly line: number;
  readonly code: string;
  /** A complete file, marked `nofixture`; any other block is the body of a stack. */
  readonly isComplete: boolean;
}

const FENCE = /^( *)```(?:ts|typescript)\b([^\n]*)\n([\s\S]*?)^\1```$/gm;

/** Every TypeScript block of a page, in order. */
export function codeBlocksOf(page: string, markdown: string): CodeBlock[] {
  return [...markdown.matchAll(FENCE)].map(({ 0: whole, 1: indent, 2: marks, 3: code, index }) => ({
    page,
    line: lineOf(markdown, index + whole.indexOf('\n') + 1),
    code: indent === '' ? code : code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    isComplete: /\bnofixture\b/.test(marks),
  }));
}

const lineOf = (text: string, index: number) => text.slice(0, index).split('\n').length;

const HERE = /^.*\/\/\/ here$/m;

/**
 * Compiles the blocks as one program and returns each error with its page and line.
 *
 * @param folder an existing folder whose `node_modules` has what the blocks import
 * @param fixture the file that a block is put into, where it says `/// here`; as in the examples of docstrings
 */
export function compileErrors(blocks: readonly CodeBlock[], folder: string, fixture: string): string[] {
  const files = new Map(blocks.map((block, index) => [path.join(folder, `block-${index}.ts`), block]));
  for (const [file, block] of files) fs.writeFileSync(file, block.isComplete ? block.code : inFixture(block, fixture));
  const program = ts.createProgram([...files.keys()], OPTIONS);
  const errors = ts.getPreEmitDiagnostics(program).filter(({ code }) => code !== DECLARE_IN_BODY);
  const linesBefore = lineOf(fixture, fixture.search(HERE)) - 1;
  return errors.map((error) => describe(error, files, linesBefore));
}

/** A block may declare what it assumes, although it is the body of a stack; jsii-rosetta allows this as well. */
const DECLARE_IN_BODY = 1184;

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.Node20,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ES2023,
  typeRoots: [path.join(__dirname, '../../node_modules/@types')],
  types: ['jest', 'node'],
};

/** Imports move to the first line of the file, so that all other lines keep their distance. */
function inFixture({ code }: CodeBlock, fixture: string): string {
  const imports = code.match(/^import .*$/gm) ?? [];
  const body = code.replaceAll(/^import .*$/gm, '');
  return imports.join(' ') + fixture.replace(HERE, () => body);
}

function describe(error: ts.Diagnostic, files: ReadonlyMap<string, CodeBlock>, linesBefore: number): string {
  const message = ts.flattenDiagnosticMessageText(error.messageText, '\n');
  const block = error.file && files.get(path.normalize(error.file.fileName));
  if (!error.file || !block) return message;
  const { line } = error.file.getLineAndCharacterOfPosition(error.start ?? 0);
  return `${block.page}:${block.line + line - (block.isComplete ? 0 : linesBefore)}: ${message}`;
}
