import { Inspector } from '../local/kafka/inspector';
import type { WorkerAnswer, WorkerCall, WorkerSuccess } from '../engine/calls';
import type { TopicSpec } from '../lib/model/wire/topic';
import { aCall, propertiesOf, success } from '../testkit/handling';
import type { LambdaProcess } from '../testkit/lambda-process';
import { aRealCluster, type RealCluster } from '../testkit/real-cluster';

/** Brokers without other clients, since the tests' own client polls its brokers every second. */
export async function quietBrokers(): Promise<RealCluster> {
  const real = await aRealCluster();
  await real.inspector.stop();
  return real;
}

/** Kafka's Java clients in a JVM with default options; the one of the tests is tuned to start quickly. */
export function aJavaClient(real: RealCluster): Inspector {
  const { artifacts, bootstrap, certificates } = real.set;
  const certificatesDir = certificates.dir;
  const java = Inspector.start({ artifacts, bootstrap: bootstrap.tls, certificatesDir, jvmOptions: [] });
  real.closing(() => java.stop());
  return java;
}

/** A topic with three partitions and three replicas, unless set otherwise. */
export function aCreation(real: RealCluster, spec: Partial<TopicSpec>): WorkerCall {
  return aCall({ properties: propertiesOf(spec), bootstrapBrokers: real.set.bootstrap.saslIam });
}

/** Sends a call to a worker. A refusal ends the measurement. */
export const send = async (worker: LambdaProcess, call: WorkerCall): Promise<WorkerSuccess> =>
  success(await worker.invoke<WorkerAnswer>(call));
