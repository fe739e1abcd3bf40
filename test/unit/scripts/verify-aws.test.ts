import fs from 'node:fs';
import path from 'node:path';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { KafkaClient } from '@aws-sdk/client-kafka';
import type { Account } from '../../../scripts/verify-aws/account';
import { FACTS, refusalOf } from '../../../scripts/verify-aws/check';
import { minded } from '../../../scripts/verify-aws/creates';
import { announcement, CHECKS, chosen, table, verify } from '../../../scripts/verify-aws/run';
import { ROOT } from '../../../testkit/native';

type Answers = Readonly<Record<string, (input: Record<string, unknown>) => unknown>>;

/** An account that answers commands by name, and records which commands it received. */
function anAccount(answers: Answers, more: Partial<Account> = {}): { account: Account; got: string[] } {
  const got: string[] = [];
  const send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    const name = command.constructor.name.replace(/Command$/, '');
    got.push(name);
    return Promise.resolve(answers[name](command.input));
  };
  const client = { send };
  const kafka = client as unknown as KafkaClient;
  const cloudWatch = client as unknown as CloudWatchClient;
  const others = { cloudControl: client, cloudFormation: client } as unknown as Account;
  return { account: { ...others, kafka, cloudWatch, undo: [], ...more }, got };
}

const refuse = (name: string, message: string) => () => {
  throw Object.assign(new Error(message), { name });
};

const run = async (fact: string, answers: Answers, create = true) => {
  const { account, got } = anAccount(answers);
  const [verdict] = await verify(account, chosen({ only: [fact] }), create);
  return { ...verdict, got };
};

/** Everything that the library's data marks as not verified. */
function marksIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return key === 'unconfirmed' || value.includes('UNCONFIRMED') ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => marksIn(one, key));
  return Object.entries(Object(value) as object).flatMap(([name, one]) => marksIn(one, name));
}

describe('Facts that only an account can tell', () => {
  test('are all that the data of the library marks', () => {
    const folder = path.join(ROOT, 'lib/model/facts');
    const data = fs
      .readdirSync(folder)
      .map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as unknown);
    const known = FACTS.flatMap(({ marks = [] }) => marks);
    expect([...new Set(data.flatMap((one) => marksIn(one)))].sort()).toEqual([...known].sort());
  });

  test('have a check each', () => {
    expect(CHECKS.map(({ fact }) => fact).sort()).toEqual(FACTS.map(({ id }) => id).sort());
  });

  test('are listed without credentials, each with how it is checked', () => {
    const listed = table(CHECKS).replace(/[\s│]+/g, '');
    expect(CHECKS.filter(({ how }) => !listed.includes(how.split(' ')[0]))).toEqual([]);
    expect(FACTS.filter(({ id }) => !listed.includes(`${id}:`))).toEqual([]);
  });

  test('have names, and no others can be asked for', () => {
    expect(() => chosen({ only: ['lagDimensions', 'moon'] })).toThrow('there is no fact moon; see --list');
  });
});

describe('What the checks would make', () => {
  test('is said before', () => {
    expect(announcement(chosen({ only: ['revisionsQuota', 'severalChanges'] }), true)).toBe(
      'Makes and deletes again: two configurations, a stack with a cluster in the default VPC. About 123 minutes and 1 $ at most.',
    );
  });

  test('is not made unless asked for', async () => {
    const { account, got } = anAccount({});
    const makers = CHECKS.filter(({ makes }) => makes);
    const verdicts = await verify(account, makers, false);
    expect([...new Set(verdicts.map(({ seen }) => seen))]).toEqual(['needs --create']);
    expect(got).toEqual([]);
  });

  test('is taken away again, also when a later step is refused', async () => {
    const made = { CreateConfiguration: () => ({ Arn: 'arn' }), DeleteConfiguration: () => ({}) };
    const UpdateConfiguration = refuse('LimitExceeded', 'no more');
    expect(await run('revisionsQuota', { ...made, UpdateConfiguration })).toEqual({
      result: 'refuted',
      seen: 'revision 2 of configuration 1: LimitExceeded: no more',
      got: ['CreateConfiguration', 'UpdateConfiguration', 'DeleteConfiguration'],
    });
  });

  test('is told when it cannot be taken away', async () => {
    const answers = { CreateConfiguration: () => ({ Arn: 'arn' }), DeleteConfiguration: refuse('InUse', 'in use') };
    const { result, seen } = await run('timestampProperties', answers);
    expect([result, seen]).toEqual(['confirmed', 'the configuration was made. LEFT BEHIND: in use']);
  });
});

describe('A check', () => {
  const dimensions = (...names: string[]) => ({ Metrics: [{ Dimensions: names.map((Name) => ({ Name })) }] });

  test.each([
    ['confirmed', dimensions('Cluster Name', 'Topic')],
    ['refuted', dimensions('Consumer Group', 'Topic')],
    ['not run', { Metrics: [] }],
  ])('of dimensions is %s', async (result, answer) => {
    expect(await run('lagDimensions', { ListMetrics: () => answer }, false)).toMatchObject({ result });
  });

  test.each([
    ['confirmed', [{ Properties: '{"Arn":"arn","ClusterName":"events"}' }]],
    ['refuted', [{ Properties: '{"Arn":"arn"}' }]],
    ['not run', []],
  ])('of the names in a list is %s', async (result, ResourceDescriptions) => {
    const ListResources = () => ({ ResourceDescriptions });
    expect(await run('lookupByName', { ListResources }, false)).toMatchObject({ result });
  });

  test.each([
    ['confirmed', 'LogGroupName'],
    ['refuted', 'Name'],
  ])('of imports is %s', async (result, ofLogs) => {
    const by = (ResourceType: string, ...ResourceIdentifiers: string[]) => ({ ResourceType, ResourceIdentifiers });
    const msk = [by('AWS::MSK::Cluster', 'Arn'), by('AWS::MSK::Configuration', 'Arn')];
    const others = [by('AWS::EC2::SecurityGroup', 'Id'), by('AWS::Logs::LogGroup', ofLogs)];
    const GetTemplateSummary = () => ({ ResourceIdentifierSummaries: [...msk, ...others] });
    expect(await run('clusterImport', { GetTemplateSummary }, false)).toMatchObject({ result });
  });

  test.each([
    ['confirmed', 'b-1:14001,b-2:14100'],
    ['refuted', 'b-1:14001,b-2:14101'],
    ['not run', undefined],
  ])('of ports is %s', async (result, list) => {
    const ListClustersV2 = () => ({ ClusterInfoList: [{ ClusterArn: 'arn', Provisioned: {} }] });
    const GetBootstrapBrokers = () => (list ? { BootstrapBrokerStringVpcConnectivitySaslIam: list } : {});
    expect(await run('multiVpcPorts', { ListClustersV2, GetBootstrapBrokers }, false)).toMatchObject({ result });
  });

  test.each(['m8gSizes', 't3SmallInRegion'])('of an instance type reads what MSK minds: %s', async (fact) => {
    const refusal = (message: string) => run(fact, { CreateClusterV2: refuse('BadRequestException', message) });
    expect(await refusal('Unsupported InstanceType specified.')).toMatchObject({ result: 'refuted' });
    expect(await refusal('The subnet ID does not exist')).toMatchObject({ result: 'not run' });
  });

  test('that fails is not run, and says why', async () => {
    const ListMetrics = refuse('CredentialsProviderError', 'Could not load credentials from any providers');
    const { result, seen } = await run('lagDimensions', { ListMetrics }, false);
    expect([result, seen]).toEqual(['not run', expect.stringContaining('Could not load credentials')]);
  });

  test('takes lost credentials for no refusal of MSK', async () => {
    const lost = Promise.reject(Object.assign(new Error('who?'), { name: 'ExpiredTokenException' }));
    await expect(refusalOf(lost)).rejects.toThrow('who?');
  });

  test.each([
    [{ isFact: true }, 'BadRequest: NetworkType must be IPV4', 'confirmed'],
    [{ isFact: false }, 'BadRequest: NetworkType must be IPV4', 'refuted'],
    [{ isFact: true }, 'BadRequest: invalid subnet', 'not run'],
    [{ isFact: true }, 'the cluster is being made', 'refuted'],
    [{ isFact: false }, 'the cluster is being made', 'confirmed'],
  ])('of what MSK minds (%j): %s: %s', (is, told, result) => {
    expect(minded(told, /network ?type/i, is)).toMatchObject({ result });
  });
});
