import facts from '../../facts/server-properties.json';
import { caution, type Finding, problem } from '../../finding';
import { expectation, shorten, type ValueFact } from '../topics';
import type { ClusterKind } from '../../wire/topic';
import type { Judged } from './judged';

interface PropertyFact extends ValueFact {
  /** Whether such brokers take it; null where no page says so for certain. */
  readonly standard: boolean | null;
  readonly express: boolean | null;
  readonly zookeeperOnly?: boolean;
}

const PROPERTIES = new Map((facts.list as PropertyFact[]).map((fact) => [fact.name, fact]));

/** A configuration or the cluster that uses it; what is not known of the cluster is not there. */
type JudgedProperties = Pick<Judged, 'brokersPerAz' | 'kraft' | 'serverProperties' | 'zones'> & {
  readonly kind?: ClusterKind;
};

/**
 * MSK takes a closed list of properties, another one for each kind of brokers.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html
 */
export function serverPropertyFindings(judged: JudgedProperties): Finding[] {
  const { serverProperties = {} } = judged;
  if (judged.kind === 'serverless') {
    return [
      problem('ServerlessConfiguration', "'clusterKind' must not be SERVERLESS: such a cluster takes no configuration"),
    ];
  }
  const each = Object.entries(serverProperties).flatMap(([name, value]) => propertyFindings(name, value, judged));
  return [...each, ...replicaFindings(serverProperties, judged)];
}

function propertyFindings(name: string, value: string, { kind, kraft }: JudgedProperties): Finding[] {
  const fact = PROPERTIES.get(name);
  if (!fact) {
    const message = `'${name}' is no server property that MSK takes; if it does by now, put it into 'serverProperties.unlisted'`;
    return [problem('ServerPropertyUnknown', message)];
  }
  if (kind && fact[kind as 'standard' | 'express'] === false) {
    const brokers = kind === 'express' ? 'Express' : 'Standard';
    const message = `'${name}' is no server property of ${brokers} brokers; leave it out, or set 'clusterKind' of a Configuration that it came from`;
    return [problem('ServerPropertyOfOtherKind', message)];
  }
  if (kraft && fact.zookeeperOnly) {
    return [problem('ServerPropertyNeedsZookeeper', `'${name}' has no place in a cluster with KRaft; leave it out`)];
  }
  const expected = expectation(fact, value.trim());
  return expected ? [problem('ServerPropertyValue', `'${name}' must be ${expected}, got '${shorten(value)}'`)] : [];
}

/** Kafka takes all of these; producers then wait for ever, or whenever a broker is patched. */
function replicaFindings(serverProperties: Readonly<Record<string, string>>, cluster: JudgedProperties): Finding[] {
  const [replicas, inSync] = ['default.replication.factor', 'min.insync.replicas'].map((name) =>
    Number(serverProperties[name]),
  );
  const brokers = (cluster.brokersPerAz ?? NaN) * (cluster.zones ?? NaN);
  if (replicas > brokers) {
    const message = `'default.replication.factor' must not exceed the ${brokers} brokers of the cluster, got ${replicas}`;
    return [problem('ReplicationFactorAboveBrokers', message)];
  }
  if (inSync > replicas) {
    const message = `'min.insync.replicas' must not exceed 'default.replication.factor' ${replicas}, got ${inSync}`;
    return [problem('MinIsrAboveRf', message)];
  }
  if (inSync !== replicas || replicas < 2) return [];
  const message = `'min.insync.replicas' equals 'default.replication.factor' ${replicas}: producers are blocked whenever one broker is patched; ask for ${replicas - 1}`;
  return [caution('MinIsrEqualsRf', message)];
}
