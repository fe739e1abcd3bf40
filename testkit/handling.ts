import { handle } from '../lambda/worker/handle';
import type { WorkerAnswer, WorkerCall, WorkerSuccess } from '../engine/calls';
import type { KafkaPorts, PortPool } from '../engine/kafka/ports';
import type { FunctionLimits } from '../engine/limits';
import type { Time } from '../engine/time';
import { TOPIC_RESOURCE_TYPE, toProperties, type TopicSpec } from '../lib/model/wire/topic';
import { aRequest } from './topics';

/** A clock that advances only while the code under test waits. */
export class FakeTime implements Time {
  public constructor(
    private ms = 0,
    private readonly chance = 0.5,
  ) {}

  public now(): number {
    return this.ms;
  }

  public async pause(ms: number): Promise<void> {
    this.ms += ms;
    await Promise.resolve();
  }

  public random(): number {
    return this.chance;
  }
}

export const propertiesOf = (spec: Partial<TopicSpec> = {}): Record<string, unknown> => {
  const properties = toProperties(aRequest(spec));
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, typeof value === 'object' ? value : `${value as string}`]),
  );
};

export const aCall = (call: Partial<WorkerCall> = {}): WorkerCall => ({
  resourceType: TOPIC_RESOURCE_TYPE,
  requestType: 'Create',
  properties: propertiesOf(),
  bootstrapBrokers: 'b-1:9098',
  credentials: { kind: 'iam' },
  stack: 'forward',
  patienceMs: 60_000,
  budgetMs: 720_000,
  ...call,
});

/** A pool that opens ports for each call and closes them after it. */
export const poolOf = (connect: () => KafkaPorts): PortPool => ({
  take: connect,
  giveBack: (ports) => ports.close(),
});

const ELEVEN_MINUTES_MS = 660_000;

/** The remaining time of a function. */
export const functionLimits = (time: Time, ms = ELEVEN_MINUTES_MS): FunctionLimits => ({
  time,
  deadline: time.now() + ms,
});

/** Lets the worker handle a call against some brokers, on a fake clock that leaves it eleven minutes by default. */
export function handling(
  call: WorkerCall,
  connect: () => KafkaPorts,
  time = new FakeTime(),
  ms?: number,
): Promise<WorkerAnswer> {
  return handle(call, poolOf(connect), functionLimits(time, ms));
}

export function success(answer: WorkerAnswer): WorkerSuccess {
  if ('refusal' in answer) throw new Error(`refused: ${answer.refusal.message}`);
  return answer;
}

export function refusal(answer: WorkerAnswer): { code: string; message: string } {
  if (!('refusal' in answer)) throw new Error(`not refused: ${JSON.stringify(answer)}`);
  return answer.refusal;
}
