import facts from '../facts/topic-configs.json';
import { type Finding, problem } from '../finding';

type Configs = Readonly<Record<string, string>>;

const KEY = 'remote.storage.enable';
const FACTS = new Map(facts.list.map((fact) => [fact.name, fact]));
const SHORTEST_RETENTION = BigInt(FACTS.get(KEY)!.tieredRetentionMin!);

/**
 * What brokers refuse on a topic whose old data goes to another tier.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-guidelines-tiered-storage-topic-level-config.html
 */
export function tieredFindings(configs: Configs = {}): Finding[] {
  if (configs[KEY]?.trim().toLowerCase() !== 'true') return [];
  return [
    ...['segment.bytes', 'segment.ms'].flatMap((key) => segmentFindings(key, configs)),
    ...retentionFindings(configs),
    ...['retention.ms', 'retention.bytes'].flatMap((key) => localFindings(key, configs)),
    ...cleanupFindings(configs['cleanup.policy']),
  ];
}

const refusal = (key: string, wanted: string, got: string) =>
  problem('TieredTopicConfig', `'${key}' must be ${wanted} with '${KEY}', got '${got.trim()}'`);

/** A number; nothing where there is none, or where another rule has to do with it. */
const numberOf = (text?: string) => (text !== undefined && /^\s*-?\d+\s*$/.test(text) ? BigInt(text) : undefined);

function segmentFindings(key: string, configs: Configs): Finding[] {
  const least = BigInt(FACTS.get(key)!.tieredMin!);
  const got = numberOf(configs[key]);
  return got === undefined || got >= least ? [] : [refusal(key, `${least} or more`, configs[key])];
}

function retentionFindings({ 'retention.ms': text }: Configs): Finding[] {
  const got = numberOf(text);
  if (got === undefined || got === -1n || got >= SHORTEST_RETENTION) return [];
  return [refusal('retention.ms', `-1, or ${SHORTEST_RETENTION} (3 days) or more,`, text)];
}

/** -2 stands for all of the retention, -1 for no limit. */
function localFindings(key: string, configs: Configs): Finding[] {
  const [whole, local] = [numberOf(configs[key]), numberOf(configs[`local.${key}`])];
  if (whole === undefined || local === undefined || whole < 0n || local <= whole) return [];
  return [refusal(`local.${key}`, `at most '${key}' ${whole}`, configs[`local.${key}`])];
}

function cleanupFindings(policy = 'delete'): Finding[] {
  return policy.includes('compact') ? [refusal('cleanup.policy', 'delete', policy)] : [];
}
