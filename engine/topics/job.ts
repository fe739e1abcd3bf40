import { errorsOf, textOf, warningsOf } from '../../lib/model/finding';
import { AGING } from '../../lib/model/rules/catalog';
import { topicFindings } from '../../lib/model/rules/topics';
import { fromOldProperties, fromProperties, type TopicPlace, type TopicSpec } from '../../lib/model/wire/topic';
import type { ResourceCall, StackDirection } from '../calls';
import { FIX_PROPERTIES, Refusal } from '../refusal';
import type { Accepted } from '../resource';
import { parseIdentity, type TopicIdentity } from './identity';

/** A topic that shall be as described. */
export interface ApplyJob {
  readonly request: 'Create' | 'Update';
  readonly desired: TopicSpec;
  readonly place: TopicPlace;
  /** What the resource declared before, as far as it can be read: another version of the library may have written it. */
  readonly previous: Partial<TopicSpec>;
  readonly previousClusterArn?: string;
  readonly identity?: TopicIdentity;
  readonly stack: StackDirection;
}

/** A topic that shall be deleted. */
export interface DeleteJob {
  readonly request: 'Delete';
  readonly identity: TopicIdentity;
  readonly place: Partial<TopicPlace>;
  readonly graceSeconds: number;
  readonly stack: StackDirection;
  /** Whether nothing in the templates, old and new, allows deleting records. */
  readonly keepsRecords: boolean;
}

export type TopicJob = ApplyJob | DeleteJob;

/** What a call asks for; refuses a topic that cannot exist, before any broker is asked. */
export function read(call: ResourceCall, identity?: TopicIdentity): Accepted<TopicJob> {
  if (call.requestType !== 'Delete') return readApply(call, identity);
  const { spec, place } = fromOldProperties(call.properties);
  const graceSeconds = spec.permissionGraceSeconds ?? 0;
  const job = {
    request: 'Delete',
    identity: identity as TopicIdentity,
    place,
    graceSeconds,
    stack: call.stack,
    keepsRecords: call.replacedBy !== undefined && !spec.allowDataLoss && !allowsLoss(call.replacedBy, identity),
  } as const;
  return { job, warnings: [] };
}

/** The new template may allow what the old one, which a Delete carries, does not. */
function allowsLoss(replacedBy: string, replaced?: TopicIdentity): boolean {
  const previous = parseIdentity(replacedBy)?.previous;
  return previous?.topicId === replaced?.topicId && previous?.mayLoseRecords === true;
}

export function readApply(call: ResourceCall, identity?: TopicIdentity): Accepted<ApplyJob> {
  const { problems, request } = fromProperties(call.properties);
  if (problems.length > 0) {
    throw new Refusal(problems[0].code, problems.map(({ message }) => message).join('; '), {
      fix: FIX_PROPERTIES,
    });
  }
  const { place, spec: desired } = request;
  const findings = topicFindings(desired, place.clusterKind);
  const errors = errorsOf(findings).filter(({ id }) => !AGING.has(id)); // the brokers know what they take by now
  if (errors.length > 0) {
    throw new Refusal('InvalidTopic', errors.map(textOf).join('; '), {
      fix: 'fix the values and deploy again',
    });
  }
  const old = fromOldProperties(call.oldProperties ?? {});
  const job = {
    request: call.requestType as ApplyJob['request'],
    desired,
    place,
    previous: call.oldProperties ? old.spec : {},
    previousClusterArn: old.place.clusterArn,
    identity: call.requestType === 'Update' ? identity : undefined,
    stack: call.stack,
  };
  return { job, warnings: warningsOf(findings).map(({ id, message }) => `${id}: ${message}`) };
}
