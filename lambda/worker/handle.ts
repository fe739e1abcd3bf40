import type { WorkerAnswer, WorkerCall } from '../../engine/calls';
import { type KafkaPorts, type PortPool, withPorts } from '../../engine/kafka/ports';
import { type FunctionLimits, limitsOf } from '../../engine/limits';
import { readJob, reconcile } from '../../engine/reconcile';
import { answerOf } from '../../engine/refusal';
import type { ResourceKind, ResourceTypes } from '../../engine/resource';
import { topicKind } from '../../engine/topics/topic-kind';

type Handler<Ports> = (call: WorkerCall, pool: PortPool<Ports>, limits: FunctionLimits) => Promise<WorkerAnswer>;

/** The kinds of resources that the worker manages. */
const HANDLERS: ReadonlyMap<string, Handler<KafkaPorts>> = new Map([[topicKind.resourceType, handlerOf(topicKind)]]);

/** One event for one resource. */
export async function handle(call: WorkerCall, pool: PortPool, limits: FunctionLimits): Promise<WorkerAnswer> {
  const handler = HANDLERS.get(call.resourceType);
  if (!handler) throw new Error(`The worker does not manage ${call.resourceType}.`);
  return handler(call, pool, limits);
}

/** What the worker does for a kind. */
export function handlerOf<T extends ResourceTypes>(kind: ResourceKind<T>) {
  return <Ports extends T['ports']>(call: WorkerCall, pool: PortPool<Ports>, limits: FunctionLimits) =>
    answerOf(async () => {
      const { job, warnings } = readJob(kind, call);
      const success = await withPorts(pool, call, (ports) => reconcile(kind, job, ports, limitsOf(call, limits)));
      return { ...success, warnings: [...warnings, ...success.warnings] };
    });
}
