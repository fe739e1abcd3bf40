import { handle } from '../lambda/worker/handle';
import type { WorkerAnswer, WorkerCall, WorkerSuccess } from '../engine/calls';
import type { AdminPort } from '../engine/kafka/admin-port';
import type { Time } from '../engine/time';
import { toProperties, type TopicSpec } from '../lib/model/wire/topic';
import { aRequest } from './topics';

/** A clock that passes only when somebody waits. */
export class FakeTime implements Time {
  public constructor(private ms = 0) {}

  public now(): number {
    return this.ms;
  }

  public async pause(ms: number): Promise<void> {
    this.ms += ms;
    await Promise.resolve();
  }
}

export const propertiesOf = (spec: Partial<TopicSpec> = {}): Record<string, unknown> => {
  const properties = toProperties(aRequest(spec));
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, typeof value === 'object' ? value : `${value as string}`]),
  );
};

export const aCall = (call: Partial<WorkerCall> = {}): WorkerCall => ({
  requestType: 'Create',
  properties: propertiesOf(),
  bootstrapBrokers: 'b-1:9098',
  credentials: { kind: 'iam' },
  stack: 'forward',
  patienceMs: 60_000,
  budgetMs: 720_000,
  ...call,
});

/** Lets the worker handle a call against some brokers, in no time; it has eleven minutes unless told otherwise. */
export function handling(
  call: WorkerCall,
  connect: () => AdminPort,
  time = new FakeTime(),
  ms = 660_000,
): Promise<WorkerAnswer> {
  const ports = { take: connect, giveBack: (port: AdminPort) => port.close() };
  return handle(call, ports, { time, deadline: time.now() + ms });
}

export function success(answer: WorkerAnswer): WorkerSuccess {
  if ('refusal' in answer) throw new Error(`refused: ${answer.refusal.message}`);
  return answer;
}

export function refusal(answer: WorkerAnswer): { code: string; message: string } {
  if (!('refusal' in answer)) throw new Error(`not refused: ${JSON.stringify(answer)}`);
  return answer.refusal;
}
