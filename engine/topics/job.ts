import { fromOldProperties, fromProperties, type TopicPlace, type TopicSpec } from '../../lib/model/wire/topic';
import { topicFindings } from '../../lib/model/rules/topics';
import { Refusal } from '../refusal';
import { parseIdentity, type TopicIdentity } from './identity';
import type { StackDirection, WorkerCall } from '../calls';

/** A topic that shall be as described. */
export interface ApplyJob {
  readonly request: 'Create' | 'Update';
  readonly desired: TopicSpec;
  readonly place: TopicPlace;
  /** What the resource declared before; only what another version of the library wrote readably. */
  readonly previous: Partial<TopicSpec>;
  readonly identity?: TopicIdentity;
  readonly stack: StackDirection;
}

/** A topic that shall go. */
export interface DeleteJob {
  readonly request: 'Delete';
  readonly identity: TopicIdentity;
  readonly place: Partial<TopicPlace>;
  readonly graceSeconds: number;
  readonly stack: StackDirection;
}

export type Job = ApplyJob | DeleteJob;

/** What a call says of the topic itself. */
type Asked = Pick<WorkerCall, 'requestType' | 'physicalId' | 'properties' | 'oldProperties' | 'stack'>;

/** What a call asks for; refuses what is no topic at all, before any broker is asked. */
export function toJob(call: Asked): { job: Job; warnings: string[] } {
  const identity = parseIdentity(call.physicalId);
  if (call.requestType !== 'Delete') return toApplyJob(call, identity);
  if (!identity) throw new Refusal('NotOurs', `'${call.physicalId}' is no topic of ours`, { todo: 'nothing' });
  const { spec, place } = fromOldProperties(call.properties);
  const graceSeconds = spec.permissionGraceSeconds ?? 0;
  return { job: { request: 'Delete', identity, place, graceSeconds, stack: call.stack }, warnings: [] };
}

export function toApplyJob(call: Asked, identity?: TopicIdentity): { job: ApplyJob; warnings: string[] } {
  const { problems, request } = fromProperties(call.properties);
  if (problems.length > 0) {
    throw new Refusal(problems[0].code, problems.map(({ message }) => message).join('; '), {
      todo: 'mend the properties of the resource; constructs of cdk-msk write them for you',
    });
  }
  const { place, spec: desired } = request;
  const findings = topicFindings(desired, place.clusterKind);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new Refusal('InvalidTopic', errors.map(({ id, message }) => `${message} [${id}]`).join('; '), {
      todo: 'mend the values and deploy again',
    });
  }
  const previous = call.oldProperties ? fromOldProperties(call.oldProperties).spec : {};
  const job = {
    request: call.requestType as 'Create' | 'Update',
    desired,
    place,
    previous,
    identity: call.requestType === 'Update' ? identity : undefined,
    stack: call.stack,
  };
  return { job, warnings: findings.map(({ id, message }) => `${id}: ${message}`) };
}
