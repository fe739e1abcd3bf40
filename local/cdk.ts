import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';

const ROOT = path.resolve(__dirname, '..');
/**
 * Takes half the time of tsx. It reads tsconfig.apps.json, which lets examples import the library by its package name. Of
 * decorators it knows the old form only, in which those of the library work, too.
 */
const TYPESCRIPT = path.join(ROOT, 'node_modules/@swc-node/register/index.js');

export interface CdkApp {
  /** The file that defines the app. */
  readonly entry: string;
  /** Folder for the cloud assembly. Concurrent runs of the CLI cannot share one. */
  readonly output: string;
  readonly context?: Readonly<Record<string, string>>;
  /**
   * Working directory of `cdk`, where it caches its lookups in cdk.context.json.
   *
   * @default - the root of the repository
   */
  readonly folder?: string;
  /**
   * Whether to use the cloud assembly of an earlier run instead of synthesizing, for example to destroy a stack.
   *
   * @default false
   */
  readonly isSynthesized?: boolean;
  /** Environment variables that point to the stand-in. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface CdkResult {
  readonly code: number;
  readonly output: string;
}

const environmentOf = (app: CdkApp): NodeJS.ProcessEnv => ({
  ...app.environment,
  CI: '1',
  NO_COLOR: '1',
  NODE_COMPILE_CACHE: path.join(ROOT, '.cache/compiled'), // used by both the CLI and the app
  SWC_NODE_CACHE_DIR: path.join(ROOT, '.cache/transformed'), // the default would stay in the temporary folder
  SWC_NODE_PROJECT: path.join(ROOT, 'tsconfig.apps.json'),
  npm_config_update_notifier: 'false',
});

/** Runs the real `cdk` command line. */
export async function cdk(
  app: CdkApp,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<CdkResult> {
  const context = Object.entries(app.context ?? {}).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const all = [
    ...args,
    '--app',
    app.isSynthesized ? app.output : [process.execPath, '-r', TYPESCRIPT, path.resolve(ROOT, app.entry)].join(' '),
    '--output',
    app.output,
    '--build', // the handlers are already bundled, see prepare.ts
    '',
    '--no-notices',
    '--no-color',
    ...context,
  ];
  const program = [
    ...['ends-with-owner.mjs', 'quick-waits.mjs'].flatMap((file) => ['--import', path.join(__dirname, file)]),
    path.join(ROOT, 'node_modules/aws-cdk/bin/cdk'),
  ];
  const child = spawn(process.execPath, [...program, ...all], {
    cwd: app.folder ?? ROOT,
    env: environmentOf(app),
    stdio: 'pipe',
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    readline.createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (line.trim() !== '') onLine(line);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, output: lines.join('\n') };
}
