import { type ConnectionOptions as TlsOptions, createSecureContext } from 'node:tls';
import type { Credentials, Destination, WorkerAnswer, WorkerCall } from '../../engine/calls';
import type { ConnectionSettings } from '../../engine/kafka/connections';
import { iamToken } from '../../engine/kafka/iam-token';
import { KafkaAdmin } from '../../engine/kafka/kafka-admin';
import { BROKER_TIMEOUTS, deadlineOf, type RemainingTime } from '../../engine/limits';
import { answerOf, Refusal } from '../../engine/refusal';
import { REAL_TIME } from '../../engine/time';
import { reportDrift } from '../../engine/topics/drift';
import type { DriftAnswer, DriftCall } from '../../engine/topics/drift-call';
import { logTo } from '../shared/log';
import { handle } from './handle';
import { KeptPorts } from './kept-ports';
import { readCall } from './read-call';

const log = logTo((line) => process.stdout.write(line));
const ports = new KeptPorts(connect, REAL_TIME);

/** Handles an event for one resource, or compares topics with their declaration. */
export async function handler(event: unknown, context: RemainingTime): Promise<WorkerAnswer | DriftAnswer> {
  const start = REAL_TIME.now();
  const { requestType, physicalId } = Object(event) as Partial<WorkerCall>;
  const answer = await answerOf(() => carryOut(readCall(event), context));
  log('handled', { request: requestType, physicalId, answer, ms: REAL_TIME.now() - start });
  return answer;
}

async function carryOut(call: WorkerCall | DriftCall, context: RemainingTime): Promise<WorkerAnswer | DriftAnswer> {
  const limits = { time: REAL_TIME, deadline: deadlineOf(context, REAL_TIME), log };
  return call.requestType === 'Report' ? reportDrift(call, ports, limits) : handle(call, ports, limits);
}

function connect({ bootstrapBrokers, credentials }: Destination): KafkaAdmin {
  const bootstrap = bootstrapBrokers.split(',').map((broker) => {
    const colon = broker.lastIndexOf(':');
    return { host: broker.slice(0, colon), port: Number(broker.slice(colon + 1)) };
  });
  return new KafkaAdmin({ bootstrap, ...securityOf(credentials), ...BROKER_TIMEOUTS, random: Math.random });
}

function securityOf(credentials: Credentials): Pick<ConnectionSettings, 'tls' | 'sasl'> {
  switch (credentials.kind) {
    case 'iam':
      return { tls: {}, sasl: { mechanism: 'OAUTHBEARER', token } };
    case 'scram':
      return {
        tls: {},
        sasl: { mechanism: 'SCRAM-SHA-512', username: credentials.username, password: credentials.password },
      };
    case 'tls':
      return { tls: withCertificate(credentials.certificate, credentials.privateKey) };
    case 'none':
      return { tls: credentials.tls ? {} : undefined };
  }
}

/** Read here, so that a refusal can say what is wrong with it; a connection would only fail. */
function withCertificate(cert: string, key: string): TlsOptions {
  try {
    return { secureContext: createSecureContext({ cert, key }) };
  } catch (error) {
    throw new Refusal('InvalidSecret', `the certificate or its key cannot be read (${(error as Error).message})`, {
      fix: "store both as PEM in the secret, as 'certificate' and 'privateKey', with the key unencrypted in PKCS#1 or PKCS#8",
    });
  }
}

/** Uses the credentials of the function's own role, which Lambda puts into its environment. */
function token(): Promise<string> {
  const { AWS_ACCESS_KEY_ID, AWS_REGION, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return iamToken(AWS_REGION ?? '', {
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: AWS_SESSION_TOKEN,
  });
}
