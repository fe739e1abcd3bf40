// Verifies assumptions in a real account; see "Facts that only a real account can confirm" in CONTRIBUTING.md.
//   npm run verify:aws -- [--list] [--create] [--cluster ARN] [FACT ...]
import { parseArgs } from 'node:util';
import { anAccount } from './account';
import { announcement, chosen, table, verify } from './run';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean' }, create: { type: 'boolean' }, cluster: { type: 'string' } },
});

async function main(): Promise<void> {
  const checks = chosen({ only: positionals });
  if (values.list) {
    console.log(table(checks));
    return;
  }
  const create = values.create ?? false;
  console.log(announcement(checks, create));
  const verdicts = await verify(anAccount(values.cluster), checks, create);
  console.log(table(checks, verdicts));
  process.exitCode = verdicts.some(({ result }) => result === 'refuted') ? 1 : 0;
}

void main();
