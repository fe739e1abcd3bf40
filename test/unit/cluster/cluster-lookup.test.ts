import { App, CfnParameter, type Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { PROVIDER_ERROR_KEY } from 'aws-cdk-lib/cx-api';
import * as msk from '../../../lib';
import { missingOf, type Query, synthesizeWith } from '../../../testkit/lookups';
import { aStack, ENVIRONMENT, Match } from '../../../testkit/stacks';

const ARN = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';
const ZONES: Record<string, string> = { 'subnet-a': 'eu-west-1a', 'subnet-b': 'eu-west-1b', 'subnet-c': 'eu-west-1c' };

/** The answers of Cloud Control for a cluster with four brokers in two zones, or with Express brokers in three. */
function cloudControl(instanceType = 'kafka.m7g.large') {
  return ({ exactIdentifier = '', typeName }: Query) => {
    if (typeName === 'AWS::EC2::Subnet') return [{ AvailabilityZone: ZONES[exactIdentifier], VpcId: 'vpc-1' }];
    if (exactIdentifier === '') return [{ Arn: ARN, Identifier: ARN }];
    return [
      {
        KafkaVersion: '3.9.x.kraft',
        NumberOfBrokerNodes: 4,
        'BrokerNodeGroupInfo.InstanceType': instanceType,
        'BrokerNodeGroupInfo.SecurityGroups': ['sg-1'],
        'BrokerNodeGroupInfo.ClientSubnets': Object.keys(ZONES).slice(0, instanceType.startsWith('express') ? 3 : 2),
      },
    ];
  };
}

function lookingUp(app: App, env: Environment = ENVIRONMENT, options: msk.TopicOptions = {}): Stack {
  const stack = new Stack(app, 'Stack', { env });
  const cluster = msk.Cluster.fromLookup(stack, 'Events', { clusterName: 'events' });
  cluster.addTopic('orders', options);
  stack.exportValue(cluster.bootstrapBrokers.saslIam);
  return stack;
}

const resolved = (instanceType?: string, options?: msk.TopicOptions) => {
  const { context } = synthesizeWith((app) => lookingUp(app, ENVIRONMENT), cloudControl(instanceType));
  return Template.fromStack(lookingUp(new App({ context, analyticsReporting: false }), ENVIRONMENT, options));
};

describe('Cluster.fromLookup', () => {
  test('asks for the name, then for the cluster, then for its subnets', () => {
    const { queries, rounds } = synthesizeWith((app) => lookingUp(app), cloudControl());
    expect(rounds).toBe(4);
    expect(queries).toEqual([
      expect.objectContaining({ propertyMatch: { ClusterName: 'events' }, expectedMatchCount: 'exactly-one' }),
      expect.objectContaining({ typeName: 'AWS::MSK::Cluster', exactIdentifier: ARN }),
      expect.objectContaining({ typeName: 'AWS::EC2::Subnet', exactIdentifier: 'subnet-a' }),
      expect.objectContaining({ typeName: 'AWS::EC2::Subnet', exactIdentifier: 'subnet-b' }),
    ]);
  });

  test('asks in the environment of the stack', () => {
    const { queries } = synthesizeWith((app) => lookingUp(app), cloudControl());
    expect(queries[0]).toMatchObject(ENVIRONMENT);
  });

  test('gives topics a worker in the subnets and the VPC of the brokers', () => {
    const template = resolved();
    template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { SubnetIds: ['subnet-a', 'subnet-b'] } });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { VpcId: 'vpc-1' });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1', FromPort: 9098 });
    template.hasResourceProperties('Custom::KafkaTopic', { ClusterArn: ARN, ReplicationFactor: 2 });
    template.hasResourceProperties('Custom::KafkaBootstrapBrokers', { ClusterArn: ARN, Lists: ['SaslIam'] });
  });

  test('knows how many brokers there are', () => {
    expect(() => resolved(undefined, { replicationFactor: 4 })).not.toThrow();
    expect(() => resolved(undefined, { replicationFactor: 5 })).toThrow(
      /number of brokers \(4\).*ReplicationFactorAboveBrokers/,
    );
  });

  test('knows Express brokers by their instance type', () => {
    const express = (configs: msk.TopicConfigs) => () =>
      resolved('express.m7g.large', { replicationFactor: 3, configs });
    expect(express({})).not.toThrow();
    expect(express({ other: { 'segment.bytes': '1073741824' } })).toThrow(/ConfigOfOtherKind/);
  });

  test('refuses nothing of a cluster that is not found yet', () => {
    const app = () => new App({ analyticsReporting: false });
    expect(() => lookingUp(app(), ENVIRONMENT, { replicationFactor: 9 })).not.toThrow();
  });

  const byArn = (app: App) =>
    void msk.Cluster.fromLookup(new Stack(app, 'Stack', { env: ENVIRONMENT }), 'Events', { clusterArn: ARN });

  test('asks no list if it has the ARN', () => {
    const { queries } = synthesizeWith(byArn, cloudControl());
    const byName = synthesizeWith((app) => lookingUp(app), cloudControl());
    expect(queries).toEqual(byName.queries.slice(1));
  });

  test('waits for an ARN that is itself looked up', () => {
    const looked = (stack: Stack) => ssm.StringParameter.valueFromLookup(stack, '/kafka/arn');
    const missing = missingOf((app) => {
      const stack = new Stack(app, 'Stack', { env: ENVIRONMENT });
      msk.Cluster.fromLookup(stack, 'Events', { clusterArn: looked(stack) }).addTopic('orders');
    });
    expect(missing.map(({ provider }) => provider)).toEqual(['ssm']);
  });

  test.each([
    ['by its name', (app: App) => void lookingUp(app), /found no cluster by 'clusterName'.*set 'clusterArn'/],
    ['by its ARN', byArn, /could not read the cluster.*Cluster.fromClusterAttributes/],
  ])('refuses a cluster that cdk does not find %s, and names the way out', (_how, define, told) => {
    const [{ key }] = missingOf(define);
    const app = new App({ context: { [key]: { [PROVIDER_ERROR_KEY]: 'no match' } }, analyticsReporting: false });
    define(app);
    const errors = Annotations.fromStack(app.node.findChild('Stack') as Stack).findError('*', Match.anyValue());
    const texts = errors.map(({ entry }) => entry.data as string);
    expect(texts).toEqual(['no match', expect.stringMatching(told)]);
    expect(texts[1]).toContain('[LookupFailed]');
  });

  test.each([
    ['neither', {}],
    ['both', { clusterName: 'events', clusterArn: ARN }],
  ])('refuses %s of name and ARN', (which, options) => {
    const refused = () => msk.Cluster.fromLookup(aStack({ env: ENVIRONMENT }), 'Events', options);
    expect(refused).toThrow(new RegExp(`got ${which} \\[LookupNameOrArn\\]`));
  });

  test('is the same template at every synthesis', () => {
    expect(JSON.stringify(resolved().toJSON())).toBe(JSON.stringify(resolved().toJSON()));
  });

  test('has the same logical IDs with dummy values as with those that are found', () => {
    const first = Template.fromStack(lookingUp(new App({ analyticsReporting: false })));
    const types = ['Custom::KafkaTopic', 'AWS::Lambda::Function', 'AWS::EC2::SecurityGroupIngress'];
    const ids = (template: Template) => types.map((type) => Object.keys(template.findResources(type)));
    expect(ids(first)).toEqual(ids(resolved()));
    first.hasResourceProperties('Custom::KafkaTopic', { ClusterArn: Match.stringLikeRegexp('cluster/dummy/') });
  });

  test.each([{}, { region: 'eu-west-1' }, { account: '111122223333' }])(
    'refuses a stack without an explicit environment: %j',
    (env) => {
      const stack = aStack({ env });
      expect(() => msk.Cluster.fromLookup(stack, 'Events', { clusterName: 'events' })).toThrow(
        /set the stack's 'env'.*\[LookupWithoutEnvironment\]/,
      );
    },
  );

  test.each(['clusterName', 'clusterArn'])('refuses a %s that only the deployment knows', (prop) => {
    const stack = aStack({ env: ENVIRONMENT });
    const token = new CfnParameter(stack, 'Known').valueAsString;
    const refused = () => msk.Cluster.fromLookup(stack, 'Events', { [prop]: token });
    expect(refused).toThrow(new RegExp(`'${prop}' must be known.*\\[LookupNameUnknown\\]`));
  });
});
