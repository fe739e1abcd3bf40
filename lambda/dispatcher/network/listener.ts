import type { Credentials, Destination } from '../../../engine/calls';
import { Refusal } from '../../../engine/refusal';
import { ENDPOINTS, endpointsOf, LISTENERS } from '../../../lib/model/listeners';
import type { TopicPlace } from '../../../lib/model/wire/topic';
import type { ControlPlane } from '../aws/control-plane';

type Brokers = Readonly<Record<string, string | undefined>>;

/** Chooses the listener of a cluster, and reads the secret that it needs. */
export async function chooseListener(place: TopicPlace, brokers: Brokers, aws: ControlPlane): Promise<Destination> {
  const endpoint = endpointsOf(place.authentication).find(({ bootstrapField }) => brokers[bootstrapField]);
  const bootstrapBrokers = endpoint && brokers[endpoint.bootstrapField];
  if (!bootstrapBrokers) {
    const { name } = LISTENERS[place.authentication];
    throw new Refusal('NoListener', `the cluster ${place.clusterArn} does not offer ${name}`, {
      fix: "enable it on the cluster, or pass another 'authentication' to TopicBackend.dataPlane",
    });
  }
  return { bootstrapBrokers, credentials: await credentialsOf(place, endpoint !== ENDPOINTS.plaintext, aws) };
}

async function credentialsOf(place: TopicPlace, tls: boolean, aws: ControlPlane): Promise<Credentials> {
  switch (place.authentication) {
    case 'scram':
    case 'tls':
      return { kind: place.authentication, ...(await readSecret(place, aws)) } as Credentials;
    case 'none':
      return { kind: 'none', tls };
    case 'iam':
      return { kind: 'iam' };
  }
}

/** Says which keys are missing, and never what the others hold. */
async function readSecret(
  { authentication, secret = '' }: TopicPlace,
  aws: ControlPlane,
): Promise<Record<string, string>> {
  const keys = LISTENERS[authentication].secretKeys ?? [];
  const values = parse(await aws.secret(secret));
  const missing = keys.filter((key) => typeof values[key] !== 'string' || values[key] === '');
  if (missing.length === 0) return Object.fromEntries(keys.map((key) => [key, values[key] as string]));
  throw new Refusal('InvalidSecret', `the secret ${secret} has no string '${missing.join("' and no string '")}'`, {
    fix: `store JSON in it: {${keys.map((key) => `"${key}": "…"`).join(', ')}}`,
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The brokers of a cluster, by MSK's names for the lists. */
export async function bootstrapBrokersOf(
  clusterArn: string,
  aws: ControlPlane,
): Promise<Readonly<Record<string, string>>> {
  const brokers = await aws.bootstrapBrokers(clusterArn);
  if (!brokers) throw clusterNotFound(clusterArn);
  return brokers;
}

export const clusterNotFound = (clusterArn: string): Refusal =>
  new Refusal('ClusterNotFound', `the cluster ${clusterArn} does not exist`, {
    fix: 'use the ARN of an existing cluster',
  });
