import { Refusal } from '../shared/refusal';
import type { WorkerAnswer, WorkerCall } from '../shared/worker-call';
import type { AdminPort } from './admin-port';
import { carryOut } from './carry-out';
import { toJob } from './job';
import type { Limits } from './patience';

/** One event on one topic. A refusal is an answer; only what nobody foresaw is thrown. */
export async function handle(
  call: WorkerCall,
  connect: (call: WorkerCall) => AdminPort,
  limits: Omit<Limits, 'credentials' | 'leastBrokers'>,
): Promise<WorkerAnswer> {
  try {
    const { job, warnings } = toJob(call);
    const port = connect(call);
    try {
      const { bootstrapBrokers, credentials } = call;
      const leastBrokers = bootstrapBrokers.split(',').length;
      const success = await carryOut(job, port, { ...limits, credentials, leastBrokers });
      return { ...success, warnings: [...warnings, ...success.warnings] };
    } finally {
      await port.close();
    }
  } catch (error) {
    if (error instanceof Refusal) return { refusal: { code: error.code, message: error.message } };
    throw error;
  }
}
