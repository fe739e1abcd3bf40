import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import { aCluster, aStack, BareCluster, ENVIRONMENT, Match, propertiesOf } from '../../../testkit/stacks';
import { CLUSTER_ARN } from '../../../testkit/topics';

const BOOTSTRAP = 'Custom::KafkaBootstrapBrokers';

function anL1(stack: Stack, props: Partial<cfn.CfnClusterProps> = {}): cfn.CfnCluster {
  return new cfn.CfnCluster(stack, 'Old', {
    clusterName: 'old',
    kafkaVersion: '3.9.x',
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: { clientSubnets: ['subnet-a', 'subnet-b', 'subnet-c'], instanceType: 'kafka.m7g.large' },
    ...props,
  });
}

describe('BootstrapBrokers', () => {
  test.each(Object.entries(msk.BootstrapBrokerList))('has a getter that reads %s', (_, list) => {
    const { cluster, stack, template } = aCluster();
    const getter = `${list[0].toLowerCase()}${list.slice(1)}` as 'saslIam';
    stack.exportValue(cluster.bootstrapBrokers[getter]);
    expect(propertiesOf(template(), BOOTSTRAP).Lists).toEqual([list]);
    template().hasOutput('*', {
      Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^EventsBootstrapBrokers'), list] },
    });
  });

  test('names what was asked for, in the same order whoever asks first', () => {
    const { cluster, template } = aCluster();
    void [cluster.bootstrapBrokers.tls, cluster.bootstrapBrokers.saslIam, cluster.bootstrapBrokers.tls];
    expect(propertiesOf(template(), BOOTSTRAP).Lists).toEqual(['SaslIam', 'Tls']);
  });

  test('is read again when connectivity or authentication changes', () => {
    const { cluster, stack, template } = aCluster();
    stack.exportValue(cluster.bootstrapBrokers.saslIam);
    const connectivityInfo = { publicAccess: { type: 'SERVICE_PROVIDED_EIPS' } };
    const l1 = cluster.node.defaultChild as cfn.CfnCluster;
    l1.brokerNodeGroupInfo = {
      ...(l1.brokerNodeGroupInfo as cfn.CfnCluster.BrokerNodeGroupInfoProperty),
      connectivityInfo,
    };
    expect(propertiesOf(template(), BOOTSTRAP).Refresh).toMatchObject({
      connectivityInfo,
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS' } },
    });
  });

  test('is read again when an escape hatch changes connectivity', () => {
    const refresh = (override: boolean) => {
      const { cluster, stack, template } = aCluster();
      stack.exportValue(cluster.bootstrapBrokers.saslIam);
      const l1 = cluster.node.defaultChild as cfn.CfnCluster;
      l1.addPropertyOverride('EnhancedMonitoring', 'PER_BROKER');
      if (override) l1.addPropertyOverride('BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type', 'DISABLED');
      return propertiesOf(template(), BOOTSTRAP).Refresh;
    };
    expect(refresh(true)).toMatchObject({
      overrides: { BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } } } },
    });
    expect(refresh(false)).not.toHaveProperty('overrides');
  });

  test('is read again when a text changes', () => {
    const { cluster, template } = aCluster();
    for (const text of ['release-2', 'a']) cluster.bootstrapBrokers.refreshOn(text);
    expect(propertiesOf(template(), BOOTSTRAP).Triggers).toEqual(['a', 'release-2']);
  });
});

describe('BootstrapBrokers.fromCluster', () => {
  test('reads those of an L1, and again when it changes', () => {
    const stack = aStack();
    const cluster = anL1(stack, { clientAuthentication: { tls: { enabled: true } } });
    stack.exportValue(msk.BootstrapBrokers.fromCluster(cluster).tls);
    Template.fromStack(stack).hasResourceProperties(BOOTSTRAP, {
      ClusterArn: { Ref: 'Old' },
      Lists: ['Tls'],
      Refresh: { clientAuthentication: { tls: { enabled: true } }, numberOfBrokerNodes: 3, kafkaVersion: '3.9.x' },
    });
  });

  test('reads those of a reference by ARN, which has nothing to follow', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const cluster = new BareCluster(stack, 'Bare');
    stack.exportValue(msk.BootstrapBrokers.fromCluster(cluster).publicSaslIam);
    Template.fromStack(stack).hasResourceProperties(BOOTSTRAP, {
      ClusterArn: CLUSTER_ARN,
      Lists: ['PublicSaslIam'],
      Refresh: Match.absent(),
      Triggers: Match.absent(),
    });
  });

  test('costs one resource with the getter of the cluster itself', () => {
    const { cluster, template } = aCluster();
    expect(msk.BootstrapBrokers.fromCluster(cluster).saslIam).toBe(cluster.bootstrapBrokers.saslIam);
    template().resourceCountIs(BOOTSTRAP, 1);
  });
});

describe('BootstrapBrokers.toParameter', () => {
  test('keeps the brokers for IAM in Parameter Store', () => {
    const { cluster, template } = aCluster();
    cluster.bootstrapBrokers.toParameter({ parameterName: '/kafka/events/brokers' });
    template().hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/kafka/events/brokers',
      Type: 'String',
      Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^EventsBootstrapBrokers'), 'SaslIam'] },
    });
  });

  test('keeps any other list, each under an ID of its own', () => {
    const ids = (lists: msk.BootstrapBrokerList[]) => {
      const { cluster, template } = aCluster();
      for (const list of lists) cluster.bootstrapBrokers.toParameter({ list });
      return Object.keys(template().findResources('AWS::SSM::Parameter')).sort();
    };
    const { SASL_IAM, TLS } = msk.BootstrapBrokerList;
    expect(ids([SASL_IAM, TLS])).toEqual(ids([TLS, SASL_IAM]));
    expect(ids([SASL_IAM, TLS])).toHaveLength(2);
  });
});
