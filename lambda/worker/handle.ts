import { Refusal } from '../../engine/refusal';
import type { WorkerAnswer, WorkerCall } from '../../engine/calls';
import type { AdminPool } from '../../engine/kafka/admin-pool';
import { carryOut } from '../../engine/reconcile';
import { toJob } from '../../engine/topics/job';
import { type GivenLimits, limitsOf } from '../../engine/retry';

/** One event on one topic. A refusal is an answer; only what nobody foresaw is thrown. */
export async function handle(call: WorkerCall, ports: AdminPool, limits: GivenLimits): Promise<WorkerAnswer> {
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
