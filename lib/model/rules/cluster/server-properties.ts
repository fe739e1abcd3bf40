import facts from '../../facts/server-properties.json';
import { type Finding, finding } from '../../finding';
import { expectation, shorten, type ValueFact } from '../values';
import type { ClusterKind } from '../../wire/topic';
import type { KnownCluster } from './cluster-facts';

interface PropertyFact extends ValueFact {
  /** Whether these brokers support it; null if the AWS documentation does not say. */
  readonly standard: boolean | null;
  readonly express: boolean | null;
  readonly zookeeperOnly?: boolean;
}

const PROPERTIES = new Map((facts.list as PropertyFact[]).map((fact) => [fact.name, fact]));

/** Server properties, with what is known of the cluster they are for. */
type ServerPropertyFacts = Pick<KnownCluster, 'brokersPerAz' | 'kraft' | 'serverProperties' | 'zones'> & {
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

function propertyFindings(name: string, value: string, { kind, kraft }: ServerPropertyFacts): Finding[] {
  const fact = PROPERTIES.get(name);
  if (!fact) {
    const message = `'${name}' is not a server property known to MSK. If MSK has added it since this release, set it in 'serverProperties.unlisted'`;
    return [finding('ServerPropertyUnknown', message)];
  }
  if (kind && fact[kind as 'standard' | 'express'] === false) {
    const brokers = kind === 'express' ? 'Express' : 'Standard';
    const message = `'${name}' cannot be set on ${brokers} brokers; remove it. If it is in a Configuration, set its 'clusterKind' to the type of the cluster`;
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
  const expected = expectation(fact, value.trim());
  return expected ? [finding('ServerPropertyValue', `'${name}' must be ${expected}, got '${shorten(value)}'`)] : [];
}

/** Kafka accepts all of these values, and then blocks producers, either always or whenever a broker is patched. */
function replicaFindings(serverProperties: Readonly<Record<string, string>>, cluster: ServerPropertyFacts): Finding[] {
  const [replicas, inSync] = ['default.replication.factor', 'min.insync.replicas'].map((name) =>
    Number(serverProperties[name]),
  );
  const brokers = (cluster.brokersPerAz ?? NaN) * (cluster.zones ?? NaN);
  if (replicas > brokers) {
    const message = `'default.replication.factor' must not exceed the number of brokers (${brokers}), got ${replicas}`;
    return [finding('ReplicationFactorAboveBrokers', message)];
  }
  if (inSync > replicas) {
    const message = `'min.insync.replicas' must not exceed 'default.replication.factor' (${replicas}), got ${inSync}`;
    return [finding('MinIsrAboveRf', message)];
  }
  if (inSync !== replicas || replicas < 2) return [];
  const message = `'min.insync.replicas' equals 'default.replication.factor' (${replicas}): producers with acks=all are blocked whenever a broker is patched; set it to ${replicas - 1}`;
  return [finding('MinIsrEqualsRf', message)];
}
