import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../testkit/native';
import { codeBlocksOf, compileErrors } from './markdown-code';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-markdown-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const PAGE = [
  '# Page',
  '```sh',
  'npm test',
  '```',
  '```ts',
  "import fs from 'node:fs';",
  'const one: number = 1;',
  '```',
  '- in a list:',
  '  ```ts nofixture',
  "  export const two: string = 'two';",
  '  ```',
].join('\n');
const FIXTURE = 'declare const zero: number;\nexport class Example {\n  public constructor() {\n    /// here\n  }\n}\n';

describe('The check of code on pages', () => {
  test('finds each block of TypeScript, with its line', () => {
    expect(codeBlocksOf('page.md', PAGE)).toEqual([
      { page: 'page.md', line: 6, code: "import fs from 'node:fs';\nconst one: number = 1;\n", isComplete: false },
      { page: 'page.md', line: 11, code: "export const two: string = 'two';\n", isComplete: true },
    ]);
  });

  test('reports the page and line of what does not compile', () => {
    const wrong = PAGE.replace('one: number', 'one: string').replace('two: string', 'two: number');
    expect(compileErrors(codeBlocksOf('page.md', wrong), folder, FIXTURE)).toEqual([
      "page.md:7: Type 'number' is not assignable to type 'string'.",
      "page.md:11: Type 'string' is not assignable to type 'number'.",
    ]);
    expect(compileErrors(codeBlocksOf('page.md', PAGE), folder, FIXTURE)).toEqual([]);
  });
});

/** The pages of this repository, without those of installed packages. */
const PAGES = ['.', '.github', 'docs', 'local', 'examples'].flatMap((room) => {
  const files = fs.readdirSync(path.join(ROOT, room), { recursive: room !== '.', encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.md')).map((file) => path.posix.join(room, file));
});

const read = (page: string) => fs.readFileSync(path.join(ROOT, page), 'utf8');
const withoutCode = (markdown: string) =>
  markdown.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '').replaceAll(/`[^`\n]*`/g, '');

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  const headings = [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase());
  return headings.map((heading) => heading.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-'));
}

function deadLinksOf(page: string): string[] {
  const targets = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [file, anchor] = target.split('#');
    const linked = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
    if (!fs.existsSync(path.join(ROOT, linked))) return true;
    return anchor !== undefined && linked.endsWith('.md') && !anchorsOf(linked).includes(anchor);
  });
}

describe('The links of every page', () => {
  test.each(PAGES)('lead to a file or a heading of this repository: %s', (page) => {
    expect(deadLinksOf(page)).toEqual([]);
  });

  test('lead from the index to every page under docs', () => {
    const pages = fs
      .readdirSync(path.join(ROOT, 'docs'))
      .filter((file) => file.endsWith('.md') && file !== 'README.md');
    expect(pages.filter((page) => !read('docs/README.md').includes(`](${page})`))).toEqual([]);
  });
});
