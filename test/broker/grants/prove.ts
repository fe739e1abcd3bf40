import { type GrantedClient, policyOf, refusalOf, withoutEach } from './granted-client';
import type { Proof } from './proofs';

/** The first promise that is refused, with the broker's error code, or undefined if all are kept. */
export async function firstRefusal({ prepare, promises }: Proof, client: GrantedClient): Promise<string | undefined> {
  await prepare?.(client);
  for (const [name, work] of Object.entries(promises)) {
    const code = await refusalOf(() => work(client));
    if (code) return `${name}: ${code}`;
  }
  return undefined;
}

/**
 * Since Kafka 2.8, a client that may write to any topic may also write idempotently (KIP-679), and so it is on these
 * brokers. MSK documents that its brokers require the action; see also `test/stand-in/brokers/iam-policies.test.ts`.
 */
const isNeededHere = ({ action }: { action: string }) => action !== 'WriteDataIdempotently';

/** Defines tests that the grant is sufficient for its promises, that it ends there, and that each action is needed. */
export function prove(proof: Proof, client: () => GrantedClient): void {
  const policy = policyOf(proof.give);

  test('lets a Java client do all that it promises', async () => {
    await client().may(policy);
    expect(await firstRefusal(proof, client())).toBeUndefined();
  });

  test.each(Object.entries(proof.beyond))('refuses %s', async (_, work) => {
    await proof.prepare?.(client());
    await client().may(policy);
    expect(await refusalOf(() => work(client()))).toMatch(/AUTHORIZATION_FAILED/);
  });

  test.each(withoutEach(policy).filter(isNeededHere))('needs $action', async ({ policy: rest }) => {
    await client().may(rest);
    expect(await firstRefusal(proof, client())).toBeDefined();
  });
}
