import { Refusal } from '../shared/refusal';
import type { WorkerAnswer, WorkerCall } from '../shared/worker-call';
import type { AdminPort } from './admin-port';
import { carryOut } from './carry-out';
import { toJob } from './job';
import { type GivenLimits, limitsOf } from './patience';

/** One event on one topic. A refusal is an answer; only what nobody foresaw is thrown. */
export async function handle(
  call: WorkerCall,
  connect: (call: WorkerCall) => AdminPort,
  limits: GivenLimits,
): Promise<WorkerAnswer> {
  try {
    const { job, warnings } = toJob(call);
    const port = connect(call);
    try {
      const success = await carryOut(job, port, limitsOf(call, limits));
      return { ...success, warnings: [...warnings, ...success.warnings] };
    } finally {
      await port.close();
    }
  } catch (error) {
    if (error instanceof Refusal) return { refusal: { code: error.code, message: error.message } };
    throw error;
  }
}
