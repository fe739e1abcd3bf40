import type { ResourceCall } from '../../../../engine/calls';
import { valueOf } from '../../../../engine/kafka/kafka-failure';
import { Refusal } from '../../../../engine/refusal';
import type { Job, PhysicalIds, Plan, ResourceKind, ResourceTypes } from '../../../../engine/resource';
import type {
  BrokerResourceKind,
  DeclaredResource,
} from '../../../../lambda/dispatcher/resources/broker-resource-kind';
import type { LabelPorts } from './label-port';

export interface LabelIdentity {
  readonly clusterId: string;
  readonly key: string;
}

interface Label {
  readonly key: string;
  readonly value: string;
  readonly clusterArn: string;
  readonly graceSeconds: number;
}

interface LabelJob extends Job {
  readonly label: Label;
}

type LabelStep = { readonly do: 'reserve' | 'write' | 'remove'; readonly key: string; readonly value: string };

interface LabelTypes extends ResourceTypes {
  readonly ports: LabelPorts;
  readonly identity: LabelIdentity;
  readonly job: LabelJob;
  readonly seen: { readonly clusterId: string; readonly value?: string };
  readonly plan: Plan<LabelStep>;
  /** A key. */
  readonly created: string;
}

const labelIds: PhysicalIds<LabelIdentity> = {
  format: ({ clusterId, key }) => `kl1:${clusterId}:${key}`,
  parse: (physicalId) => {
    const [, clusterId, key] = /^kl1:([\w-]+):(\w+)$/.exec(physicalId ?? '') ?? [];
    return clusterId === undefined ? undefined : { clusterId, key };
  },
};

const toLabel = (properties: Readonly<Record<string, unknown>>): Label => ({
  key: String(properties.Key),
  value: String(properties.Value),
  clusterArn: String(properties.ClusterArn),
  graceSeconds: Number(properties.PermissionGracePeriod ?? 0),
});

function read({ properties, requestType }: ResourceCall, identity?: LabelIdentity) {
  const label = toLabel(properties);
  if (!/^\w+$/.test(label.key)) {
    throw new Refusal('InvalidProperty', `'Key' must be a word, got '${label.key}'`, { fix: 'choose another key' });
  }
  const warnings = label.value === '' ? ['LabelEmpty: the label has no value'] : [];
  return { job: { request: requestType, identity, label }, warnings };
}

/** A second kind of resource: a label of a cluster. It implements the contract and nothing else. */
export const labelKind: ResourceKind<LabelTypes> = {
  resourceType: 'Custom::KafkaLabel',
  ids: labelIds,
  refusals: { INVALID_CONFIG: { code: 'InvalidConfig', fix: 'choose another value for the label' } },
  subject: ({ label: { clusterArn, graceSeconds, key } }) => ({
    label: `label '${key}'`,
    arn: clusterArn,
    aclResource: 'the cluster',
    clusterArn,
    graceSeconds,
  }),
  verdict: ({ detail }) => (detail.includes('busy') ? 'retryThenRefuse' : undefined),
  read,
  observe: async ({ cluster, labels }, { label }) => {
    const { clusterId } = await cluster.view();
    return { clusterId, value: valueOf((await labels.read([label.key]))[0]) };
  },
  plan: ({ label: { key, value }, request }, seen) => {
    const write = { do: 'write', key, value } as const;
    if (request === 'Delete') return { steps: [{ ...write, do: 'remove' }], warnings: [] };
    if (seen.value === undefined) return { steps: [{ ...write, do: 'reserve' }, write], warnings: [] };
    return { steps: seen.value === value ? [] : [write], warnings: [] };
  },
  apply: async ({ labels }, { do: what, key, value }, { changes, created }) => {
    const [result] = await (what === 'write' ? labels.write([{ key, value }]) : labels[what]([key]));
    valueOf(result);
    if (what === 'reserve') created.push(key);
    else changes.push(`label '${key}'`);
  },
  shows: async ({ labels }, { job: { label, request } }, broker) => {
    const shown = valueOf((await labels.read([label.key], broker))[0]);
    return shown === (request === 'Delete' ? undefined : label.value) ? {} : { lacks: `it shows ${shown}` };
  },
  undo: async ({ labels }, keys) => void (await labels.remove(keys)),
  result: ({ job: { label }, seen: { clusterId } }) => ({
    identity: { clusterId, key: label.key },
    attributes: { Key: label.key, Value: label.value },
  }),
};

interface DeclaredLabel extends DeclaredResource {
  readonly label: Label;
}

const declared = (properties: Readonly<Record<string, unknown>>): DeclaredLabel => ({
  place: {
    clusterArn: properties.ClusterArn as string,
    worker: properties.Worker as string,
    authentication: 'iam',
  },
  onUnreachable: properties.OnUnreachable as 'fail' | 'retain' | undefined,
  label: toLabel(properties),
});

/** The same kind, as the dispatcher sees it. */
export const labelResource: BrokerResourceKind<LabelIdentity, DeclaredLabel> = {
  noun: 'label',
  warnings: {
    kept: (reason) => `LabelKept: ${reason}`,
    notRolledBack: (reason) => `LabelNotRolledBack: ${reason}`,
  },
  ids: labelIds,
  read: declared,
  readOld: declared,
  nameOf: ({ key }) => key,
  isNeverDeleted: ({ key }) => key === 'protected',
  isSame: (one, other) => one.key === other.key && one.clusterId === other.clusterId,
  isDeclaredBy: ({ key }, { label }) => key === label.key,
  attributes: (_, { label }) => ({ Key: label.key, Value: label.value }),
};
