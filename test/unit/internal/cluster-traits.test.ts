import * as alpha from '@aws-cdk/aws-msk-alpha';
import { CfnParameter } from 'aws-cdk-lib';
import { CfnCluster, type IClusterRef } from 'aws-cdk-lib/aws-msk';
import * as traits from '../../../lib/internal/cluster-traits';
import { aBareCluster, aCluster, aServerlessCluster, aStack, aVpc, ENVIRONMENT } from '../../../testkit/stacks';

const anL1 = (props: { kafkaVersion?: string; instanceType?: string } = {}) => {
  const { instanceType = 'kafka.m7g.large', kafkaVersion = '3.9.x.kraft' } = props;
  const stack = aStack({ env: ENVIRONMENT });
  return new CfnCluster(stack, 'Cluster', {
    clusterName: 'events',
    kafkaVersion,
    numberOfBrokerNodes: 3,
    enhancedMonitoring: 'PER_BROKER',
    brokerNodeGroupInfo: { clientSubnets: ['subnet-a', 'subnet-b', 'subnet-c'], instanceType },
  });
};

describe('The traits of a cluster', () => {
  test('are declared by a cluster defined with this library, its network included', () => {
    const { cluster } = aCluster();
    const { access, brokers, kafkaVersion, kind, network, zones } = traits.traitsOf(cluster);
    expect({ brokers, kafkaVersion, kind, zones }).toEqual({
      brokers: 3,
      kafkaVersion: '3.9.x.kraft',
      kind: 'standard',
      zones: 3,
    });
    expect(access).toEqual({ methods: ['iam'], clientBroker: 'TLS' });
    expect(network?.securityGroups.map(({ node }) => node.path)).toEqual(['Stack/Events/SecurityGroup']);
  });

  test('say of a Serverless cluster that it is one', () => {
    expect(traits.traitsOf(aServerlessCluster().cluster).kind).toBe('serverless');
  });

  test('are read from an L1', () => {
    expect(traits.traitsOf(anL1({ instanceType: 'express.m7g.large' }))).toEqual({
      clusterName: 'events',
      kind: 'express',
      instanceType: 'express.m7g.large',
      kafkaVersion: '3.9.x.kraft',
      monitoringLevel: 'PER_BROKER',
    });
  });

  test('are read from the L1 inside a construct of another library', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const cluster = new alpha.Cluster(stack, 'Cluster', {
      clusterName: 'events',
      kafkaVersion: alpha.KafkaVersion.V3_5_1,
      vpc: aVpc(stack),
    });
    const { clusterName, kafkaVersion } = traits.traitsOf(cluster as unknown as IClusterRef);
    expect({ clusterName, kafkaVersion }).toEqual({ clusterName: 'events', kafkaVersion: '3.5.1' });
  });

  test('leave out what is a token in an L1', () => {
    const cluster = anL1();
    cluster.kafkaVersion = new CfnParameter(cluster.stack, 'Version').valueAsString;
    expect(traits.traitsOf(cluster).kafkaVersion).toBeUndefined();
  });

  test('are the name alone, for a bare reference', () => {
    expect(traits.traitsOf(aBareCluster(aStack()))).toEqual({ clusterName: 'events' });
  });

  test('are found where two copies of the package are loaded', () => {
    const { cluster } = aCluster();
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const copy = require('../../../lib/internal/cluster-traits') as typeof traits;
      expect(copy.traitsOf).not.toBe(traits.traitsOf);
      expect(copy.traitsOf(cluster)).toBe(traits.traitsOf(cluster));
    });
  });
});
