import { LambdaProcess, type LambdaSettings } from './lambda-process';
import type { RealCluster } from './real-cluster';

export type WorkerSettings = Omit<LambdaSettings, 'name'>;

/** The environment variables of a function's process: the keys of its role, and the certificates that it trusts. */
export function lambdaEnvironment({ credentials, set }: RealCluster): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    NODE_EXTRA_CA_CERTS: set.certificates.ca,
  };
}

/** The bundled worker, with the role that the cluster knows. The caller must stop it. */
export const aWorker = (real: RealCluster, { environment, ...settings }: WorkerSettings = {}): LambdaProcess =>
  new LambdaProcess({ name: 'worker', ...settings, environment: { ...lambdaEnvironment(real), ...environment } });
