import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { ROOT } from '../../testkit/native';

/** Runs the main process of `npm start` until it prints a certain line. */
async function startUntil(line: RegExp): Promise<{ job: ChildProcess; pids: number[] }> {
  const job = spawn(path.join(ROOT, 'node_modules/.bin/tsx'), ['local/start.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const said of readline.createInterface({ input: job.stdout })) if (line.test(said)) break;
  job.stdout.resume();
  return { job, pids: descendants(job.pid as number) };
}

/** All child processes of a process, and their child processes. */
function descendants(pid: number): number[] {
  const threads = fs.existsSync(`/proc/${pid}/task`) ? fs.readdirSync(`/proc/${pid}/task`) : [];
  const children = threads.flatMap((thread) =>
    fs.readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
  );
  return children.flatMap((child) => [Number(child), ...descendants(Number(child))]);
}

function runs(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return fs.existsSync(stat) && !/\) Z /.test(fs.readFileSync(stat, 'utf8'));
}

const allEnded = async (pids: readonly number[]) => {
  while (pids.some(runs)) await new Promise((resolve) => setImmediate(resolve));
};

describe('The main job', () => {
  test.each(['SIGKILL', 'SIGINT'] as const)(
    'leaves no process behind when it gets %s in the middle',
    async (signal) => {
      const { job, pids } = await startUntil(/Publishing|CREATE_COMPLETE .*Custom::Kafka/);
      const commands = pids.map((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      expect(commands.filter((command) => command.includes('java')).length).toBeGreaterThanOrEqual(4);
      job.kill(signal);
      await once(job, 'exit');
      await allEnded(pids);
      expect(pids.filter(runs)).toEqual([]);
    },
  );
});
