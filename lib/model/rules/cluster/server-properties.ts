import facts from '../../facts/server-properties.json';
import { KIND_NAMES } from '../../fact-lookups';
import { type Finding, finding } from '../../finding';
import { limitOf, upgradeFindings, type VersionedFact } from '../config-versions';
import { minIsrFindings } from '../topics';
import { expectation, shorten } from '../values';
import type { ClusterKind } from '../../wire/topic';
import type { KnownCluster } from './cluster-facts';

interface PropertyFact extends VersionedFact {
  /** Whether these brokers support it; null if the AWS documentation does not say. */
  readonly standard: boolean | null;
  readonly express: boolean | null;
  readonly zookeeperOnly?: boolean;
}

const PROPERTIES = new Map((facts.list as PropertyFact[]).map((fact) => [fact.name, fact]));

/** Server properties, with what is known of the cluster they are for. */
type ServerPropertyFacts = Pick<
  KnownCluster,
  'brokersPerAz' | 'kafkaVersion' | 'kraft' | 'serverProperties' | 'zones'
> & {
  readonly kind?: ClusterKind;
};

/**
 * MSK accepts a closed list of properties, which differs between Standard and Express brokers.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html
 */
export function serverPropertyFindings(known: ServerPropertyFacts): Finding[] {
  const { serverProperties = {} } = known;
  if (known.kind === 'serverless') {
    return [
      finding(
        'ServerlessConfiguration',
        "'clusterKind' must not be SERVERLESS: Serverless clusters do not support configurations",
      ),
    ];
  }
  const each = Object.entries(serverProperties).flatMap(([name, value]) => propertyFindings(name, value, known));
  return [...each, ...replicaFindings(serverProperties, known)];
}

/**
 * MSK reads the properties as Java does: one in a line, and a line that ends with a backslash goes on in the next one. So a text with a
 * line end could bring another property.
 *
 * @see https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
 */
export function propertyTextFindings(properties: Readonly<Record<string, string>>): Finding[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    if (!/^[\w.-]+$/.test(name)) {
      const message = `the name of a server property must consist of letters, digits, '.', '_' and '-', got ${JSON.stringify(shorten(name))}`;
      return [finding('ServerPropertyText', message)];
    }
    if (!/\p{Cc}|\\$/u.test(value)) return [];
    const message = `'${name}' must be text in one line that does not end with a backslash, got ${JSON.stringify(shorten(value))}`;
    return [finding('ServerPropertyText', message)];
  });
}

function propertyFindings(name: string, value: string, known: ServerPropertyFacts): Finding[] {
  const { kafkaVersion, kind, kraft } = known;
  const fact = PROPERTIES.get(name);
  if (!fact) {
    const message = `'${name}' is not a server property known to MSK. If MSK has added it since this release, set it in 'serverProperties.unlisted'`;
    return [finding('ServerPropertyUnknown', message)];
  }
  if (kind && fact[kind as 'standard' | 'express'] === false) {
    const message = `'${name}' cannot be set on ${KIND_NAMES[kind]}; remove it. If it is in a Configuration, set its 'clusterKind' to the type of the cluster`;
    return [finding('ServerPropertyOfOtherKind', message)];
  }
  if (kraft && fact.zookeeperOnly) {
    return [
      finding(
        'ServerPropertyNeedsZookeeper',
        `'${name}' is a ZooKeeper property, but the cluster uses KRaft; remove it`,
      ),
    ];
  }
  const expected = expectation({ ...fact, ...limitOf(fact, kafkaVersion) }, value.trim());
  if (expected) return [finding('ServerPropertyValue', `'${name}' must be ${expected}, got '${shorten(value)}'`)];
  return upgradeFindings(fact, value.trim());
}

/** Kafka accepts all of these values. Topics cannot be created then, or producers are blocked whenever a broker is patched. */
function replicaFindings(serverProperties: Readonly<Record<string, string>>, cluster: ServerPropertyFacts): Finding[] {
  const name = 'default.replication.factor';
  const replicas = Number(serverProperties[name]);
  const brokers = (cluster.brokersPerAz ?? NaN) * (cluster.zones ?? NaN);
  if (brokers >= 1 && replicas > brokers) {
    const message = `'${name}' must not exceed the number of brokers (${brokers}), got ${replicas}`;
    return [finding('ReplicationFactorAboveBrokers', message)];
  }
  return minIsrFindings(serverProperties['min.insync.replicas'], { name, value: replicas });
}
