import facts from '../facts/topic-configs.json';
import { type Finding, finding } from '../finding';
import { wholeOf } from './values';

type Configs = Readonly<Record<string, string>>;

const KEY = 'remote.storage.enable';
const COPY_DISABLE = 'remote.log.copy.disable';
const RETENTIONS = ['retention.ms', 'retention.bytes'];
/** In a local retention: the whole retention. In a retention and a lag, -1 means no limit. */
const [AS_WHOLE, NO_LIMIT] = [-2n, -1n];
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
    ...RETENTIONS.flatMap((key) => localFindings(key, configs)),
    ...RETENTIONS.flatMap((key) => withoutCopyFindings(key, configs)),
    ...RETENTIONS.flatMap((key) => copyLagFindings(key, configs)),
    ...cleanupFindings(configs['cleanup.policy']),
  ];
}

const rejected = (key: string, wanted: string, got: string) =>
  finding('TieredTopicConfig', `'${key}' must be ${wanted} if '${KEY}' is true, got '${got.trim()}'`);

function segmentFindings(key: string, configs: Configs): Finding[] {
  const least = BigInt(FACTS.get(key)!.tieredMin!);
  const got = wholeOf(configs[key]);
  return got === undefined || got >= least ? [] : [rejected(key, `${least} or more`, configs[key])];
}

function retentionFindings({ 'retention.ms': text }: Configs): Finding[] {
  const got = wholeOf(text);
  if (got === undefined || got === -1n || got >= SHORTEST_RETENTION) return [];
  return [rejected('retention.ms', `-1, or ${SHORTEST_RETENTION} (3 days) or more`, text)];
}

function localFindings(key: string, configs: Configs): Finding[] {
  const [whole, local] = [wholeOf(configs[key]), wholeOf(configs[`local.${key}`])];
  if (whole === undefined || local === undefined || whole < 0n || local === AS_WHOLE) return [];
  if (local !== NO_LIMIT && local <= whole) return [];
  return [rejected(`local.${key}`, `at most '${key}' (${whole})`, configs[`local.${key}`])];
}

/** Without copies in remote storage, nothing but the local log can hold the whole retention. */
function withoutCopyFindings(key: string, configs: Configs): Finding[] {
  if (configs[COPY_DISABLE]?.trim().toLowerCase() !== 'true') return [];
  const [whole, local] = [wholeOf(configs[key]), wholeOf(configs[`local.${key}`])];
  if (whole === undefined || local === undefined || local === AS_WHOLE || local === whole) return [];
  const message = `'local.${key}' must equal '${key}' (${whole}) or be ${AS_WHOLE} if '${COPY_DISABLE}' is true, got '${local}'`;
  return [finding('TieredTopicConfig', message)];
}

/** Kafka 4.4 can wait before it copies. It must have copied before the local log ends. */
function copyLagFindings(key: string, configs: Configs): Finding[] {
  const lagKey = `remote.copy.lag.${key.split('.')[1]}`;
  const [lag, whole, local = AS_WHOLE] = [lagKey, key, `local.${key}`].map((one) => wholeOf(configs[one]));
  const effective = local === AS_WHOLE ? whole : local;
  if (lag === undefined || lag === NO_LIMIT || effective === undefined || effective < 0n || lag <= effective) return [];
  return [rejected(lagKey, `at most the local retention (${effective}), or ${NO_LIMIT}`, configs[lagKey])];
}

function cleanupFindings(policy = 'delete'): Finding[] {
  return policy.includes('compact') ? [rejected('cleanup.policy', 'delete', policy)] : [];
}
