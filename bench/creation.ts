import fs from 'node:fs';
import type { Credentials, WorkerCall } from '../engine/calls';
import type { LambdaProcess } from '../testkit/lambda-process';
import type { Inspector } from '../local/kafka/inspector';
import type { RealCluster } from '../testkit/real-cluster';
import { aWorker } from '../testkit/real-worker';
import { aCreation, send } from './ground';
import { compare, type Comparison, type Rounds } from './medians';

const SIBLINGS = 100;
const AT_ONCE = 5;
const PARTITIONS = { partitions: 3, replicationFactor: 3 };

export interface OnSameBrokers {
  readonly real: RealCluster;
  readonly java: Inspector;
}

/**
 * Both use the TLS listener with the same client certificate, since the AdminClient cannot sign IAM tokens. Both receive
 * their orders through a pipe, and both run in a warm process.
 */
export async function oneTopic({ java, real }: OnSameBrokers, rounds: Rounds): Promise<Comparison> {
  const worker = aWorker(real);
  const ours = async (round: number) => void (await send(worker, byCertificate(real, `ours-${round}`)));
  const theirs = (round: number) => java.createVisibly([`theirs-${round}`], 1, PARTITIONS);
  return compare({ ours, theirs }, rounds).finally(() => worker.stop());
}

export async function siblings({ java, real }: OnSameBrokers, rounds: Rounds): Promise<Comparison> {
  const worker = aWorker(real);
  const names = (who: string, round: number) =>
    Array.from({ length: SIBLINGS }, (_, index) => `${who}-${round}-${index}`);
  const ours = (round: number) =>
    inParallel(
      names('ours', round).map((name) => byCertificate(real, name)),
      worker,
    );
  const theirs = (round: number) => java.createVisibly(names('theirs', round), AT_ONCE, PARTITIONS);
  return compare({ ours, theirs }, rounds).finally(() => worker.stop());
}

async function inParallel(calls: WorkerCall[], worker: LambdaProcess): Promise<void> {
  const waiting = calls.values(); // shared: each takes the next call when it has finished one
  const one = async () => {
    for (const call of waiting) await send(worker, call);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

function byCertificate(real: RealCluster, topicName: string): WorkerCall {
  const call = aCreation(real, { topicName });
  return { ...call, bootstrapBrokers: real.set.bootstrap.tls, credentials: certificateOf(real.set.certificates.admin) };
}

function certificateOf(file: string): Credentials {
  const pem = fs.readFileSync(file, 'utf8');
  const part = (label: string) =>
    new RegExp(`-----BEGIN ${label}-----[^]*?-----END ${label}-----`).exec(pem)?.[0] ?? '';
  return { kind: 'tls', certificate: part('CERTIFICATE'), privateKey: part('PRIVATE KEY') };
}
