import { Refusal } from '../shared/refusal';
import type { Destination, WorkerAnswer, WorkerCall } from '../shared/worker-call';
import type { AdminPort } from './kafka/admin-port';
import { carryOut } from './carry-out';
import { toJob } from './job';
import { type GivenLimits, limitsOf } from './kafka/patience';

/** Where a call's port comes from, and where it goes afterwards. */
export interface Ports {
  take(destination: Destination): AdminPort;
  giveBack(port: AdminPort): Promise<void>;
}

/** One event on one topic. A refusal is an answer; only what nobody foresaw is thrown. */
export async function handle(call: WorkerCall, ports: Ports, limits: GivenLimits): Promise<WorkerAnswer> {
  try {
    const { job, warnings } = toJob(call);
    const port = ports.take(call);
    try {
      const success = await carryOut(job, port, limitsOf(call, limits));
      return { ...success, warnings: [...warnings, ...success.warnings] };
    } finally {
      await ports.giveBack(port);
    }
  } catch (error) {
    if (error instanceof Refusal) return { refusal: { code: error.code, message: error.message } };
    throw error;
  }
}
