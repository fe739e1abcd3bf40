import { CfnParameter, Size } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from '../../../lib';
import { aCluster, aServerlessCluster, aStack, aVpc, ENVIRONMENT, Match } from '../../../testkit/stacks';

const CLUSTER = 'AWS::MSK::Cluster';
const inZones = (zones: number, subnetsPerZone = 1, region = ENVIRONMENT.region) => {
  const stack = aStack({ env: { ...ENVIRONMENT, region } });
  return aCluster({ vpc: aVpc(stack, zones, subnetsPerZone) }, stack);
};
const withParameter = (type: string, props: (parameter: CfnParameter) => Partial<msk.ProvisionedClusterProps>) => {
  const stack = aStack({ env: ENVIRONMENT });
  return aCluster(props(new CfnParameter(stack, 'Parameter', { type })), stack);
};

describe('ProvisionedCluster and its zones', () => {
  test('takes two zones, with two replicas and one in sync', () => {
    inZones(2)
      .template()
      .hasResourceProperties('AWS::MSK::Configuration', {
        ServerProperties: Match.stringLikeRegexp('default.replication.factor=2\nmin.insync.replicas=1'),
      });
  });

  test('takes three zones, with three replicas and two in sync', () => {
    inZones(3)
      .template()
      .hasResourceProperties('AWS::MSK::Configuration', {
        ServerProperties: Match.stringLikeRegexp('default.replication.factor=3\nmin.insync.replicas=2'),
      });
  });

  test('refuses one zone, and says how to get more', () => {
    expect(() => inZones(1)).toThrow(
      /'vpcSubnets' must select subnets in two or three Availability Zones, got 1.*'maxAzs'.*\[NumberOfZones\]/,
    );
  });

  test('refuses four zones', () => {
    expect(() => inZones(4)).toThrow(/two or three Availability Zones, got 4.*'vpcSubnets'/);
  });

  test('takes two zones in us-west-1, and refuses three', () => {
    expect(inZones(2, 1, 'us-west-1').cluster.numberOfBrokerNodes).toBe(2);
    expect(() => inZones(3, 1, 'us-west-1')).toThrow(/two Availability Zones in us-west-1, got 3.*\[NumberOfZones\]/);
  });

  test('refuses two subnets in one zone, and says how to choose', () => {
    expect(() => inZones(3, 2)).toThrow(
      /one subnet per Availability Zone, got two in Availability Zone eu-west-1a.*subnetGroupName.*\[SubnetsShareZone\]/,
    );
  });

  test('takes a selection of the subnets of such a VPC', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const { cluster } = aCluster({ vpc: aVpc(stack, 3, 2), vpcSubnets: { subnetGroupName: 'kind1' } }, stack);
    expect(cluster.numberOfBrokerNodes).toBe(3);
  });

  test('tells all findings at once', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const make = () => aCluster({ vpc: aVpc(stack, 1), brokersPerAz: 0, clusterName: '' }, stack);
    expect(make).toThrow(
      /Invalid configuration at 'Stack\/Events':(.|\n)*NumberOfZones(.|\n)*ClusterNameLength(.|\n)*BrokersPerAzRange/,
    );
  });
});

describe('ProvisionedCluster with two zones', () => {
  const WARNING = Match.stringLikeRegexp(
    'two Availability Zones, which cannot be changed later.*TwoZonesWithoutEnvironment',
  );

  test('warns in a stack without an environment', () => {
    const stack = aStack();
    aCluster({ vpc: new ec2.Vpc(stack, 'TwoZones') }, stack);
    Annotations.fromStack(stack).hasWarning('/Stack/Events', WARNING);
  });

  test('does not warn in a stack with one', () => {
    const { stack } = inZones(2);
    Annotations.fromStack(stack).hasNoWarning('/Stack/Events', WARNING);
  });
});

describe('ProvisionedCluster and its limits', () => {
  test.each([1, 20])('takes %d brokers per zone', (brokersPerAz) => {
    expect(aCluster({ brokersPerAz }).cluster.numberOfBrokerNodes).toBe(3 * brokersPerAz);
  });

  test.each([0, 1.5, -1, 1001])('refuses %d brokers per zone', (brokersPerAz) => {
    expect(() => aCluster({ brokersPerAz })).toThrow(/'brokersPerAz' must be a whole number from 1 to 1,000, got/);
  });

  test.each([1, 16384])('takes volumes of %d GiB', (gib) => {
    aCluster({ storage: msk.BrokerStorage.local(Size.gibibytes(gib)) })
      .template()
      .hasResourceProperties(CLUSTER, {
        BrokerNodeGroupInfo: { StorageInfo: { EBSStorageInfo: { VolumeSize: gib } } },
      });
  });

  test.each([0, 16385])('refuses volumes of %d GiB', (gib) => {
    const storage = msk.BrokerStorage.local(Size.gibibytes(gib));
    expect(() => aCluster({ storage })).toThrow(
      `'storage' must be a whole number of GiB from 1 to 16384 per broker, got ${gib}`,
    );
  });

  test('refuses a volume of half a GiB', () => {
    const storage = msk.BrokerStorage.local(Size.mebibytes(512));
    expect(() => aCluster({ storage })).toThrow(/whole number of GiB from 1 to 16384 per broker, got 0.5/);
  });

  test.each([1, 64])('takes a name of %d characters', (length) => {
    expect(aCluster({ clusterName: 'x'.repeat(length) }).cluster.clusterName).toHaveLength(length);
  });

  test.each([0, 65])('refuses a name of %d characters', (length) => {
    expect(() => aCluster({ clusterName: 'x'.repeat(length) })).toThrow(
      `'clusterName' must have 1 to 64 characters, got ${length}`,
    );
  });

  test.each(['my cluster', 'events\n', 'a/b', 'a:b', 'événements'])('with the name %j', (clusterName) => {
    expect(() => aCluster({ clusterName })).toThrow(/'clusterName' .* must not contain blanks.*ClusterNameCharacters/);
    expect(() => aServerlessCluster({ clusterName })).toThrow(/ClusterNameCharacters/);
  });

  test('refuses KRaft on t3.small', () => {
    expect(() => aCluster({ instanceType: msk.BrokerInstanceType.T3_SMALL })).toThrow(
      /t3.small does not support KRaft.*3.9.x.kraft/,
    );
  });

  test('takes ZooKeeper on t3.small', () => {
    const { template } = aCluster({
      instanceType: msk.BrokerInstanceType.T3_SMALL,
      kafkaVersion: msk.KafkaVersion.V3_9_X,
    });
    template().hasResourceProperties(CLUSTER, { KafkaVersion: '3.9.x' });
  });

  test('refuses a configuration together with server properties', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const configuration = new msk.Configuration(stack, 'Shared', { serverProperties: {} });
    expect(() => aCluster({ configuration, serverProperties: {} }, stack)).toThrow(
      /'configuration' and 'serverProperties' cannot be set together/,
    );
  });
});

describe('ProvisionedCluster with values that only the deployment knows', () => {
  test('takes a name', () => {
    const { template } = withParameter('String', (name) => ({ clusterName: name.valueAsString }));
    template().hasResourceProperties(CLUSTER, { ClusterName: { Ref: 'Parameter' } });
  });

  test('takes a volume', () => {
    const { template } = withParameter('Number', (size) => ({
      storage: msk.BrokerStorage.local(Size.gibibytes(size.valueAsNumber)),
    }));
    template().hasResourceProperties(CLUSTER, {
      BrokerNodeGroupInfo: { StorageInfo: { EBSStorageInfo: { VolumeSize: { Ref: 'Parameter' } } } },
    });
  });

  test('takes a version and an instance type', () => {
    const { template } = withParameter('String', (value) => ({
      kafkaVersion: msk.KafkaVersion.of(value.valueAsString),
      instanceType: msk.BrokerInstanceType.of(value.valueAsString),
    }));
    template().hasResourceProperties(CLUSTER, { KafkaVersion: { Ref: 'Parameter' } });
  });

  test('refuses a number of brokers, since zones are multiplied with it now', () => {
    const make = () => withParameter('Number', (count) => ({ brokersPerAz: count.valueAsNumber }));
    expect(make).toThrow(/'brokersPerAz' must be known at synthesis/);
  });
});
