import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { preparePython } from '../../local/emulator/python';
import { ROOT } from '../../testkit/native';

/** The output of a program and its status if it fails, or nothing if it succeeds. */
function complaints(program: string, args: readonly string[], cwd = ROOT): string {
  const { status, stderr, stdout } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}(status ${status})`;
}

const run = (tool: string, ...args: string[]) => complaints(path.join(ROOT, 'node_modules/.bin', tool), args);
const EMULATOR = path.join(ROOT, 'local/emulator');

describe('All code', () => {
  test('passes the linter', () => {
    expect(run('eslint', '.', '--max-warnings', '0')).toBe('');
  });

  test('imports only what it may, and never in a circle', () => {
    expect(complaints('npm', ['run', '--silent', 'imports'])).toBe('');
  });

  test('is formatted', () => {
    expect(run('prettier', '--check', '.')).toBe('');
  });

  test('passes the type check', () => {
    expect(run('tsc', '-p', '.')).toBe('');
  });
});

/** Checks the length of Python files and functions, with the limits that ESLint has for TypeScript. */
const SIZES = `
import ast, pathlib, sys
found = []
for file in sorted(pathlib.Path(sys.argv[1]).rglob('*.py')):
    text = file.read_text()
    if len(text.splitlines()) > 400: found.append(f'{file}: {len(text.splitlines())} lines')
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno >= 40:
            found.append(f'{file}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines')
sys.exit('\\n'.join(found) or None)
`;

describe('The Python of the stand-in', () => {
  test.each([['check'], ['format', '--check']])('passes ruff %s', async (...args) => {
    const python = await preparePython(path.join(ROOT, '.cache'), 'requirements-dev.txt');
    expect(complaints(python, ['-m', 'ruff', ...args, '.'], EMULATOR)).toBe('');
  });

  test('has no file past 400 lines and no function past 40', async () => {
    const python = await preparePython(path.join(ROOT, '.cache'));
    expect(complaints(python, ['-c', SIZES, EMULATOR])).toBe('');
  });
});
