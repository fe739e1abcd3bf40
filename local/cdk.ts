import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';

const ROOT = path.resolve(__dirname, '..');
const TYPESCRIPT = path.join(__dirname, 'typescript.cjs');

export interface CdkApp {
  /** The file that makes the app. */
  readonly entry: string;
  /** Folder for the cloud assembly; two runs of the CLI cannot share one. */
  readonly output: string;
  readonly context?: Readonly<Record<string, string>>;
  /**
   * Where `cdk` runs, and keeps in cdk.context.json what it looks up.
   *
   * @default - the root of the repository
   */
  readonly folder?: string;
  /**
   * Whether the cloud assembly is there from a run before, so that nothing is synthesized: to destroy what was deployed.
   *
   * @default false
   */
  readonly isSynthesized?: boolean;
  /** Variables that lead to the stand-in. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface CdkResult {
  readonly code: number;
  readonly output: string;
}

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
    '--build', // the handlers are bundled already: see prepare.ts
    '',
    '--no-notices',
    '--no-color',
    ...context,
  ];
  const env = {
    ...app.environment,
    CI: '1',
    NO_COLOR: '1',
    NODE_COMPILE_CACHE: path.join(ROOT, '.cache/compiled'), // of the CLI and of the app alike
    npm_config_update_notifier: 'false',
  };
  const program = [
    ...['ends-with-owner.mjs', 'quick-waits.mjs'].flatMap((file) => ['--import', path.join(__dirname, file)]),
    path.join(ROOT, 'node_modules/aws-cdk/bin/cdk'),
  ];
  const child = spawn(process.execPath, [...program, ...all], { cwd: app.folder ?? ROOT, env, stdio: 'pipe' });
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
