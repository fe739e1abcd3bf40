import facts from '../facts/topic-configs.json';
import { type Finding, finding } from '../finding';

type Configs = Readonly<Record<string, string>>;

const KEY = 'remote.storage.enable';
const FACTS = new Map(facts.list.map((fact) => [fact.name, fact]));
const SHORTEST_RETENTION = BigInt(FACTS.get(KEY)!.tieredRetentionMin!);

/**
 * What brokers reject for a topic with tiered storage.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-guidelines-tiered-storage-topic-level-config.html
 */
export function tieredTopicFindings(configs: Configs = {}): Finding[] {
  if (configs[KEY]?.trim().toLowerCase() !== 'true') return [];
  return [
    ...['segment.bytes', 'segment.ms'].flatMap((key) => segmentFindings(key, configs)),
    ...retentionFindings(configs),
    ...['retention.ms', 'retention.bytes'].flatMap((key) => localFindings(key, configs)),
    ...cleanupFindings(configs['cleanup.policy']),
  ];
}

const rejected = (key: string, wanted: string, got: string) =>
  finding('TieredTopicConfig', `'${key}' must be ${wanted} if '${KEY}' is true, got '${got.trim()}'`);

/** The number; undefined if there is none, or if the text is not a number, which another rule reports. */
const numberOf = (text?: string) => (text !== undefined && /^\s*-?\d+\s*$/.test(text) ? BigInt(text) : undefined);

function segmentFindings(key: string, configs: Configs): Finding[] {
  const least = BigInt(FACTS.get(key)!.tieredMin!);
  const got = numberOf(configs[key]);
  return got === undefined || got >= least ? [] : [rejected(key, `${least} or more`, configs[key])];
}

function retentionFindings({ 'retention.ms': text }: Configs): Finding[] {
  const got = numberOf(text);
  if (got === undefined || got === -1n || got >= SHORTEST_RETENTION) return [];
  return [rejected('retention.ms', `-1, or ${SHORTEST_RETENTION} (3 days) or more`, text)];
}

/** In a local retention -2 means the whole retention; in a retention -1 means no limit. */
function localFindings(key: string, configs: Configs): Finding[] {
  const [whole, local] = [numberOf(configs[key]), numberOf(configs[`local.${key}`])];
  if (whole === undefined || local === undefined || whole < 0n || local <= whole) return [];
  return [rejected(`local.${key}`, `at most '${key}' (${whole})`, configs[`local.${key}`])];
}

function cleanupFindings(policy = 'delete'): Finding[] {
  return policy.includes('compact') ? [rejected('cleanup.policy', 'delete', policy)] : [];
}
