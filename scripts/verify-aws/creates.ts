import {
  CreateClusterV2Command,
  type CreateClusterV2Request,
  CreateConfigurationCommand,
  DeleteClusterCommand,
  DeleteConfigurationCommand,
  UpdateConfigurationCommand,
} from '@aws-sdk/client-kafka';
import type { Account } from './account';
import { type Check, confirmed, refusalOf, refuted, unclear, type Verdict } from './check';

/** Checks that create something small, or request a cluster on subnets that do not exist, which MSK refuses. */
export const CREATES: readonly Check[] = [
  {
    fact: 'timestampProperties',
    how: 'makes a configuration with both properties',
    makes: { what: 'a configuration', minutes: 1, dollars: 0 },
    run: takesTimestampProperties,
  },
  {
    fact: 'revisionsQuota',
    how: 'makes two configurations with 26 revisions each, 52 together',
    makes: { what: 'two configurations', minutes: 3, dollars: 0 },
    run: countsRevisionsEach,
  },
  {
    fact: 'clusterName',
    how: 'asks for clusters with odd names on subnets that are not there, and reads what MSK minds',
    makes: { what: 'nothing, unless MSK takes such subnets', minutes: 1, dollars: 0 },
    run: takesOddNames,
  },
  {
    fact: 'dualStackAtCreation',
    how: 'asks for a cluster with NetworkType DUAL on subnets that are not there, and reads what MSK minds',
    makes: { what: 'nothing, unless MSK takes such subnets', minutes: 1, dollars: 0 },
    run: async (account) => minded(await ask(account, dualStack()), /network ?type|dual/i, { isFact: true }),
  },
  {
    fact: 'expressVersion36',
    how: 'asks for an Express cluster of 3.6.0 on subnets that are not there, and reads what MSK minds',
    makes: { what: 'nothing, unless MSK takes such subnets', minutes: 1, dollars: 0 },
    run: async (account) => minded(await ask(account, express36()), /version/i, { isFact: false }),
  },
  {
    fact: 'throughputOf2xlarge',
    how: 'asks for m7g.2xlarge with 250 MiB/s on subnets that are not there, and reads what MSK minds',
    makes: { what: 'nothing, unless MSK takes such subnets', minutes: 1, dollars: 0 },
    run: async (account) => minded(await ask(account, throughput()), /throughput/i, { isFact: false }),
  },
  ...[
    { fact: 'm8gSizes', version: '3.9.x.kraft', type: 'kafka.m8g.large' },
    { fact: 't3SmallInRegion', version: '3.9.x', type: 'kafka.t3.small' },
  ].map(({ fact, type, version }) => ({
    fact,
    how: `asks for ${type} on subnets that are not there, and reads what MSK minds`,
    makes: { what: 'nothing, unless MSK takes such subnets', minutes: 1, dollars: 0 },
    run: async (account: Account) =>
      minded(await ask(account, standard(version, type)), /instance ?type/i, { isFact: false }),
  })),
];

/** A unique name, so that leftovers of an earlier run do not interfere. */
export const aName = (what: string): string => `cdk-msk-verify-${what}-${Date.now().toString(36)}`;

async function aConfiguration({ kafka, undo }: Account, properties: string): Promise<string> {
  const ServerProperties = Buffer.from(properties);
  const made = await kafka.send(
    new CreateConfigurationCommand({ Name: aName('configuration'), KafkaVersions: ['3.9.x'], ServerProperties }),
  );
  undo.push(() => kafka.send(new DeleteConfigurationCommand({ Arn: made.Arn })));
  return made.Arn!;
}

async function takesTimestampProperties(account: Account): Promise<Verdict> {
  const properties = 'log.message.timestamp.before.max.ms=86400000\nlog.message.timestamp.after.max.ms=3600000\n';
  const refusal = await refusalOf(aConfiguration(account, properties));
  return refusal === undefined ? confirmed('the configuration was made') : refuted(refusal);
}

async function countsRevisionsEach(account: Account): Promise<Verdict> {
  for (let configuration = 1; configuration <= 2; configuration++) {
    const Arn = await aConfiguration(account, 'num.partitions=1\n');
    for (let revision = 2; revision <= 26; revision++) {
      const ServerProperties = Buffer.from(`num.partitions=${revision}\n`);
      const refusal = await refusalOf(account.kafka.send(new UpdateConfigurationCommand({ Arn, ServerProperties })));
      if (refusal) return refuted(`revision ${revision} of configuration ${configuration}: ${refusal}`);
    }
  }
  return confirmed('52 revisions of two configurations were made');
}

async function takesOddNames(account: Account): Promise<Verdict> {
  for (const name of ['a_b', 'a.b', '-a', 'a b', 'ä', 'x'.repeat(64)]) {
    const told = await ask(account, { ...standard(), ClusterName: name });
    if (/cluster ?name|pattern/i.test(told)) return refuted(`'${name}': ${told}`);
    if (!/subnet/i.test(told)) return unclear(`'${name}': ${told}`);
  }
  return confirmed('MSK minded the subnets only');
}

/** Requests a cluster that MSK must refuse. If MSK creates it, it is deleted again. */
async function ask({ kafka, undo }: Account, request: CreateClusterV2Request): Promise<string> {
  const call = kafka.send(new CreateClusterV2Command(request));
  const refusal = await refusalOf(call);
  if (refusal) return refusal;
  const { ClusterArn } = await call;
  undo.push(() => kafka.send(new DeleteClusterCommand({ ClusterArn })));
  return 'the cluster is being made';
}

/**
 * Whether MSK refused the setting in question, or only the subnets, in which case it may not have checked the
 * setting.
 */
export function minded(told: string, about: RegExp, { isFact }: { readonly isFact: boolean }): Verdict {
  if (about.test(told)) return isFact ? confirmed(told) : refuted(told);
  if (told === 'the cluster is being made') return isFact ? refuted(told) : confirmed(told);
  return unclear(`MSK minded something else first: ${told}`);
}

const NOWHERE = ['subnet-00000000000000001', 'subnet-00000000000000002', 'subnet-00000000000000003'];

function standard(version = '3.9.x.kraft', instanceType = 'kafka.m7g.large') {
  const BrokerNodeGroupInfo = { ClientSubnets: NOWHERE, InstanceType: instanceType };
  const Provisioned = { KafkaVersion: version, NumberOfBrokerNodes: 3, BrokerNodeGroupInfo };
  return { ClusterName: aName('cluster'), Provisioned };
}

function dualStack(): CreateClusterV2Request {
  const { ClusterName, Provisioned } = standard();
  const ConnectivityInfo = { NetworkType: 'DUAL' as const };
  const BrokerNodeGroupInfo = { ...Provisioned.BrokerNodeGroupInfo, ConnectivityInfo };
  return { ClusterName, Provisioned: { ...Provisioned, BrokerNodeGroupInfo } };
}

const express36 = (): CreateClusterV2Request => standard('3.6.0', 'express.m7g.large');

function throughput(): CreateClusterV2Request {
  const { ClusterName, Provisioned } = standard('3.9.x.kraft', 'kafka.m7g.2xlarge');
  const ProvisionedThroughput = { Enabled: true, VolumeThroughput: 250 };
  const StorageInfo = { EbsStorageInfo: { VolumeSize: 100, ProvisionedThroughput } };
  const BrokerNodeGroupInfo = { ...Provisioned.BrokerNodeGroupInfo, StorageInfo };
  return { ClusterName, Provisioned: { ...Provisioned, BrokerNodeGroupInfo } };
}
