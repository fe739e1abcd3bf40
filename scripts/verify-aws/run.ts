import Table from 'cli-table3';
import type { Account } from './account';
import { type Check, type Fact, FACTS, unclear, type Verdict } from './check';
import { CREATES } from './creates';
import { DEPLOYS } from './deploys';
import { READS } from './reads';

export const CHECKS: readonly Check[] = [...READS, ...CREATES, ...DEPLOYS];

export interface Wish {
  /** The facts to verify; all if empty. */
  readonly only: readonly string[];
  /** Whether checks may create resources. */
  readonly create: boolean;
}

/** The requested checks. An unknown name is an error. */
export function chosen({ only }: Pick<Wish, 'only'>): readonly Check[] {
  const unknown = only.filter((id) => !CHECKS.some(({ fact }) => fact === id));
  if (unknown.length > 0) throw new Error(`there is no fact ${unknown.join(', ')}; see --list`);
  return CHECKS.filter(({ fact }) => only.length === 0 || only.includes(fact));
}

/** What is announced before anything is created. */
export function announcement(checks: readonly Check[], create: boolean): string {
  const making = checks.flatMap(({ makes, run }) => (makes && run ? [makes] : []));
  if (!create) return `Reads only. ${making.length} checks that make something need --create.`;
  const total = (key: 'dollars' | 'minutes') => making.reduce((sum, makes) => sum + makes[key], 0);
  const list = making.map(({ what }) => what).join(', ');
  return `Makes and deletes again: ${list}. About ${total('minutes')} minutes and ${total('dollars')} $ at most.`;
}

/** Runs the checks one after the other, since some count what the account has. Each removes what it created. */
export async function verify(account: Account, checks: readonly Check[], create: boolean): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const check of checks) verdicts.push(await verdictOf(account, check, create));
  return verdicts;
}

async function verdictOf(account: Account, { makes, onCluster, run }: Check, create: boolean): Promise<Verdict> {
  if (!run) return unclear('can only be checked by hand');
  if (makes && !create) return unclear('needs --create');
  if (onCluster && !account.clusterArn) return unclear('needs --cluster ARN of a test cluster, Kafka 3.6 or later');
  const verdict = await run(account).catch((error: Error) => unclear(`${error.name}: ${error.message}`));
  const left = await cleanUp(account);
  return left.length === 0 ? verdict : { ...verdict, seen: `${verdict.seen}. LEFT BEHIND: ${left.join('; ')}` };
}

/** Removes resources in reverse order of creation. A failure is reported, and the others are still removed. */
async function cleanUp({ undo }: Account): Promise<string[]> {
  const left: string[] = [];
  while (undo.length > 0) {
    await undo.pop()!().catch(({ message, name }: Error) => /NotFound/.test(name) || left.push(message));
  }
  return left;
}

const factOf = (check: Check): Fact => FACTS.find(({ id }) => id === check.fact)!;

export function table(checks: readonly Check[], verdicts: readonly Verdict[] = []): string {
  const head = ['fact', 'how it is checked', ...(verdicts.length > 0 ? ['result'] : ['makes'])];
  const drawn = new Table({ head, colWidths: [44, 60, 44], wordWrap: true, style: { head: [], border: [] } });
  checks.forEach((check, index) => {
    const { fact, id } = factOf(check);
    const verdict = verdicts[index];
    const last = verdict ? `${verdict.result}: ${verdict.seen}` : (check.makes?.what ?? (check.run ? 'nothing' : ''));
    drawn.push([`${id}: ${fact}`, check.how, last]);
  });
  return drawn.toString();
}
