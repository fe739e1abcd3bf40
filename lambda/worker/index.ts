import { type ConnectionOptions as TlsOptions, createSecureContext } from 'node:tls';
import { logTo } from '../log';
import { Refusal } from '../../engine/refusal';
import type { Credentials, Destination, DriftAnswer, DriftCall, WorkerAnswer, WorkerCall } from '../../engine/calls';
import { reportDrift } from '../../engine/topics/drift';
import { handle } from './handle';
import type { ConnectionSettings } from '../../engine/kafka/connections';
import { iamToken } from '../../engine/kafka/iam-token';
import { KafkaAdmin } from '../../engine/kafka/kafka-admin';
import { KeptPorts } from './kept-ports';
import { REAL_TIME } from '../../engine/time';

/** What must be left for the answer to reach the dispatcher. */
const RESERVE_MS = 30_000;

const log = logTo((line) => process.stdout.write(line));
const ports = new KeptPorts(connect, REAL_TIME);

export async function handler(
  call: WorkerCall | DriftCall,
  context: { getRemainingTimeInMillis(): number },
): Promise<WorkerAnswer | DriftAnswer> {
  const now = REAL_TIME.now();
  const remaining = context.getRemainingTimeInMillis();
  const limits = {
    time: REAL_TIME,
    deadline: now + Math.max(remaining - RESERVE_MS, remaining / 2),
  };
  const report = call.requestType === 'Report';
  const answer = await (report ? reportDrift(call, ports, limits) : handle(call, ports, limits));
  const physicalId = report ? undefined : call.physicalId;
  log('handled', { request: call.requestType, physicalId, answer, ms: REAL_TIME.now() - now });
  return answer;
}

function connect({ bootstrapBrokers, credentials }: Destination): KafkaAdmin {
  const bootstrap = bootstrapBrokers.split(',').map((broker) => {
    const colon = broker.lastIndexOf(':');
    return { host: broker.slice(0, colon), port: Number(broker.slice(colon + 1)) };
  });
  return new KafkaAdmin({ bootstrap, ...securityOf(credentials), connectTimeoutMs: 3000, requestTimeoutMs: 5000 });
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
      return { tls: certified(credentials.certificate, credentials.privateKey) };
    case 'none':
      return { tls: credentials.tls ? {} : undefined };
  }
}

/** Read here, where it can be said that it is wrong; a connection would only fail. */
function certified(cert: string, key: string): TlsOptions {
  try {
    return { secureContext: createSecureContext({ cert, key }) };
  } catch (error) {
    throw new Refusal('InvalidSecret', `the certificate or its key cannot be read (${(error as Error).message})`, {
      todo: "store both as PEM in the secret, 'certificate' and 'privateKey', the key in PKCS#1 or PKCS#8 and not encrypted",
    });
  }
}

/** The credentials of the function's own role, which Lambda keeps in its environment. */
function token(): Promise<string> {
  const { AWS_ACCESS_KEY_ID, AWS_REGION, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return iamToken(AWS_REGION ?? '', {
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: AWS_SESSION_TOKEN,
  });
}
