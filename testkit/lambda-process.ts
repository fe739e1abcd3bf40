import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { ROOT } from './native';

interface Result {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly stack: string };
  readonly peakRssKiB: number;
}

export interface LambdaSettings {
  /** Name of the bundle in assets. */
  readonly name: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /**
   * What its random numbers all are.
   *
   * @default - they are random
   */
  readonly chance?: number;
}

/** A built handler in its own process, called as Lambda calls it. */
export class LambdaProcess {
  private readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly waiting = new Map<number, { resolve: (result: Result) => void; reject: (error: Error) => void }>();
  private lastId = 0;
  /** What the function logged. */
  public log = '';
  /** The highest memory use of the process, as of its last answer. */
  public peakRssKiB = 0;

  public constructor({ chance, environment = {}, name, timeoutMs = 60_000 }: LambdaSettings) {
    const bundle = path.join(ROOT, 'assets', name, 'index.mjs');
    const script = path.join(__dirname, 'lambda-process.mjs');
    const env = { PATH: process.env.PATH, AWS_REGION: 'us-east-1', ...environment };
    this.process = spawn(
      process.execPath,
      [script, bundle, String(timeoutMs), ...(chance === undefined ? [] : [String(chance)])],
      {
        env,
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
    this.process.stderr.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    readline.createInterface({ input: this.process.stdout }).on('line', (line) => {
      const result = JSON.parse(line) as Result;
      this.peakRssKiB = result.peakRssKiB;
      this.waiting.get(result.id)?.resolve(result);
      this.waiting.delete(result.id);
    });
    this.process.on('exit', () => {
      const error = new Error(`the function ended: ${this.log.slice(-2000)}`);
      this.waiting.forEach(({ reject }) => reject(error));
    });
  }

  public async invoke<Answer>(event: object): Promise<Answer> {
    const id = ++this.lastId;
    const result = await new Promise<Result>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.process.stdin.write(`${JSON.stringify({ id, event })}\n`);
    });
    if (result.error) throw Object.assign(new Error(result.error.message), result.error);
    return result.answer as Answer;
  }

  /** Freezes the process, as Lambda does between two calls. */
  public freeze(): void {
    this.process.kill('SIGSTOP');
  }

  public thaw(): void {
    this.process.kill('SIGCONT');
  }

  public async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.stdin.end();
    await ended;
  }
}
