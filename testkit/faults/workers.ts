import type { WorkerAnswer, WorkerCall } from '../../engine/calls';
import { aCall } from '../handling';
import type { LambdaProcess } from '../lambda-process';
import type { RealCluster } from '../real-cluster';
import { aWorker, type WorkerSettings } from '../real-worker';

/** How often an event is delivered: CloudFormation and Lambda may deliver it more than once. */
export const DELIVERIES = ['once', 'twice in a row', 'twice at once'] as const;

export type Delivery = (typeof DELIVERIES)[number];

/** Two execution environments of one function. Concurrent events go to different ones. */
export class Workers {
  private processes: readonly LambdaProcess[];

  public constructor(
    private readonly real: RealCluster,
    private readonly settings?: WorkerSettings,
  ) {
    this.processes = this.begin();
  }

  /** Replaces both with cold ones, which have no connection from an earlier call. */
  public async restart(): Promise<void> {
    await this.stop();
    this.processes = this.begin();
  }

  /** What the functions logged. */
  public get log(): string {
    return this.processes.map(({ log }) => log).join('');
  }

  public invoke(call: Partial<WorkerCall>, process = 0): Promise<WorkerAnswer> {
    return this.processes[process % this.processes.length].invoke<WorkerAnswer>(aCall(call));
  }

  /** Returns the answers in the order of the deliveries. */
  public async deliver(call: Partial<WorkerCall>, delivery: Delivery): Promise<WorkerAnswer[]> {
    if (delivery === 'twice at once') return Promise.all([this.invoke(call), this.invoke(call, 1)]);
    const first = await this.invoke(call);
    return delivery === 'once' ? [first] : [first, await this.invoke(call)];
  }

  private begin(): readonly LambdaProcess[] {
    return [aWorker(this.real, this.settings), aWorker(this.real, this.settings)];
  }

  public async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
  }
}
