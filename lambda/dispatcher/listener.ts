import type { TopicPlace } from '../../lib/model/wire/topic';
import { Refusal } from '../../engine/refusal';
import type { Credentials, Destination } from '../../engine/calls';
import type { ControlPlane } from './aws/control-plane';

type Kind = TopicPlace['authentication'];
type Brokers = Readonly<Record<string, string | undefined>>;

/** The list of brokers for each kind of authentication, by the field of MSK that has it. */
const LISTS: Record<Kind, readonly string[]> = {
  iam: ['BootstrapBrokerStringSaslIam'],
  scram: ['BootstrapBrokerStringSaslScram'],
  tls: ['BootstrapBrokerStringTls'],
  none: ['BootstrapBrokerStringTls', 'BootstrapBrokerString'],
};

const NAMES: Record<Kind, string> = {
  iam: 'with IAM',
  scram: 'with SCRAM',
  tls: 'with a certificate',
  none: 'without authentication',
};

/** Chooses the listener of a cluster, and reads the secret that it takes. */
export async function chooseListener(place: TopicPlace, brokers: Brokers, aws: ControlPlane): Promise<Destination> {
  const field = LISTS[place.authentication].find((one) => brokers[one]);
  const bootstrapBrokers = field && brokers[field];
  if (!bootstrapBrokers) {
    throw new Refusal('NoListener', `the cluster ${place.clusterArn} takes no clients ${NAMES[place.authentication]}`, {
      todo: "turn it on for the cluster, or say another 'authentication' to TopicBackend.dataPlane",
    });
  }
  return { bootstrapBrokers, credentials: await credentialsOf(place, field === 'BootstrapBrokerStringTls', aws) };
}

async function credentialsOf(place: TopicPlace, tls: boolean, aws: ControlPlane): Promise<Credentials> {
  switch (place.authentication) {
    case 'scram':
      return { kind: 'scram', ...(await readSecret(place, aws, ['username', 'password'])) };
    case 'tls':
      return { kind: 'tls', ...(await readSecret(place, aws, ['certificate', 'privateKey'])) };
    case 'none':
      return { kind: 'none', tls };
    case 'iam':
      return { kind: 'iam' };
  }
}

/** Says which keys are missing, and never what the others hold. */
async function readSecret<Key extends string>(
  { secret = '' }: TopicPlace,
  aws: ControlPlane,
  keys: readonly [Key, Key],
): Promise<Record<Key, string>> {
  const values = parse(await aws.secret(secret));
  const missing = keys.filter((key) => typeof values[key] !== 'string' || values[key] === '');
  if (missing.length === 0) return values as Record<Key, string>;
  throw new Refusal('InvalidSecret', `the secret ${secret} has no text '${missing.join("' and no text '")}'`, {
    todo: `store JSON in it: {"${keys[0]}": "…", "${keys[1]}": "…"}`,
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export const clusterNotFound = (clusterArn: string): Refusal =>
  new Refusal('ClusterNotFound', `there is no cluster ${clusterArn}`, {
    todo: 'give the ARN of a cluster that exists',
  });
