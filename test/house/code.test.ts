import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { preparePython } from '../../local/emulator/private/python';
import { ROOT } from '../support/native';

/** What a tool says; nothing when it finds nothing. */
function run(tool: string, ...args: string[]): string {
  const { status, stderr, stdout } = spawnSync(path.join(ROOT, 'node_modules/.bin', tool), args, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

describe('All code', () => {
  test('passes the linter', () => {
    expect(run('eslint', '.', '--max-warnings', '0')).toBe('');
  });

  test('is formatted', () => {
    expect(run('prettier', '--check', '.')).toBe('');
  });

  test('passes the type check', () => {
    expect(run('tsc', '-p', '.')).toBe('');
  });
});

/** Lines of a function and of a file of Python, as the linter counts them for TypeScript. */
const SIZES = `
import ast, pathlib, sys
for file in sorted(pathlib.Path(sys.argv[1]).rglob('*.py')):
    text = file.read_text()
    if len(text.splitlines()) > 400: print(f'{file}: {len(text.splitlines())} lines')
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno >= 40:
            print(f'{file}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines')
`;

describe('The Python of the stand-in', () => {
  test.each([['check'], ['format', '--check']])('passes ruff %s', async (...args) => {
    const python = await preparePython(path.join(ROOT, '.cache'), 'requirements-dev.txt');
    const { stderr, status, stdout } = spawnSync(python, ['-m', 'ruff', ...args, '.'], {
      cwd: path.join(ROOT, 'local/emulator'),
      encoding: 'utf8',
    });
    expect({ status, told: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, told: '' });
  });

  test('has no file past 400 lines and no function past 40', async () => {
    const python = await preparePython(path.join(ROOT, '.cache'));
    const { stderr, stdout } = spawnSync(python, ['-c', SIZES, path.join(ROOT, 'local/emulator')], {
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).toBe('');
  });
});
