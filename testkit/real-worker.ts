import { LambdaProcess, type LambdaSettings } from './lambda-process';
import type { RealCluster } from './real-cluster';

export type WorkerSettings = Omit<LambdaSettings, 'name'>;

/** What the process of a function has in its environment: the keys of its role, and whom it trusts. */
export function lambdaEnvironment({ credentials, set }: RealCluster): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    NODE_EXTRA_CA_CERTS: set.certificates.ca,
  };
}

/** The bundled worker, as the role that the cluster knows; whoever starts it stops it. */
export const aWorker = (real: RealCluster, { environment, ...settings }: WorkerSettings = {}): LambdaProcess =>
  new LambdaProcess({ name: 'worker', ...settings, environment: { ...lambdaEnvironment(real), ...environment } });
