import type { WorkerAnswer, WorkerCall, WorkerSuccess } from '../engine/calls';
import { parseIdentity } from '../engine/topics/identity';
import type { TopicSpec } from '../lib/model/wire/topic';
import { aCall, handling, propertiesOf, success } from './handling';
import type { MemoryCluster } from './memory-cluster';

/** Calls of the worker for one topic, on whatever cluster the test uses at that moment. */
export function topicCalls(cluster: () => MemoryCluster) {
  const send = (call: Partial<WorkerCall>): Promise<WorkerAnswer> => handling(aCall(call), () => cluster().connect());
  const create = async (spec: Partial<TopicSpec> = {}) => success(await send({ properties: propertiesOf(spec) }));
  const update = ({ physicalId }: WorkerSuccess, spec: Partial<TopicSpec>, call: Partial<WorkerCall> = {}) => {
    const properties = propertiesOf(spec);
    return send({ requestType: 'Update', physicalId, oldProperties: propertiesOf(), properties, ...call });
  };
  const remove = ({ physicalId }: WorkerSuccess, call: Partial<WorkerCall> = {}) =>
    send({ requestType: 'Delete', physicalId, ...call });
  return { send, create, update, remove };
}

export const markOf = ({ physicalId }: WorkerSuccess) => parseIdentity(physicalId)?.mark;
