import { Inspector } from '../local/kafka/inspector';
import type { WorkerAnswer, WorkerCall, WorkerSuccess } from '../engine/calls';
import type { TopicSpec } from '../lib/model/wire/topic';
import { aCall, propertiesOf, success } from '../testkit/handling';
import type { LambdaProcess } from '../testkit/lambda-process';
import { aRealCluster, type RealCluster } from '../testkit/real-cluster';

/** Brokers that nobody else asks anything: the tests' own client looks after them every second. */
export async function quietBrokers(): Promise<RealCluster> {
  const real = await aRealCluster();
  await real.inspector.stop();
  return real;
}

/** Kafka's Java clients in a JVM that compiles as it likes; that of the tests is told to start soon. */
export function aJavaClient(real: RealCluster): Inspector {
  const { artifacts, bootstrap, certificates } = real.set;
  const certificatesDir = certificates.dir;
  const java = Inspector.start({ artifacts, bootstrap: bootstrap.tls, certificatesDir, jvmOptions: [] });
  real.closing(() => java.stop());
  return java;
}

/** A topic of three partitions in three copies, unless said otherwise. */
export function aCreation(real: RealCluster, spec: Partial<TopicSpec>): WorkerCall {
  return aCall({ properties: propertiesOf(spec), bootstrapBrokers: real.set.bootstrap.saslIam });
}

/** Hands a call to a worker; a refusal is the end of the measurement. */
export const send = async (worker: LambdaProcess, call: WorkerCall): Promise<WorkerSuccess> =>
  success(await worker.invoke<WorkerAnswer>(call));
