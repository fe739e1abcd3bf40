import { type App, CfnParameter, Size, Token } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import { aCluster, aStack, aVpc, ENVIRONMENT, Match } from '../../../testkit/stacks';

type Define = (cluster: msk.ProvisionedCluster) => void;

/** The warnings about the upgrade that a synthesis gives. */
function warnings(props: Partial<msk.ProvisionedClusterProps> = {}, define: Define = () => undefined): string[] {
  const { cluster, stack } = aCluster({ alarms: false, expressReadiness: true, ...props });
  define(cluster);
  (stack.node.root as App).synth();
  const found = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('upgrade in place to Express'));
  return found.map(({ entry }) => entry.data as string);
}

const { V3_8_X_KRAFT, V3_9_X, V3_9_X_KRAFT } = msk.KafkaVersion;
const warned = (text: RegExp, id: string) => [expect.stringMatching(new RegExp(`${text.source}.*cdk-msk:${id}`, 's'))];

describe('expressReadiness of a ProvisionedCluster', () => {
  test('has nothing to say about a default cluster with default topics', () => {
    expect(warnings({}, (cluster) => void cluster.addTopic('orders'))).toEqual([]);
  });

  test('is off by default', () => {
    expect(warnings({ expressReadiness: undefined, kafkaVersion: V3_8_X_KRAFT })).toEqual([]);
  });

  test('does not change the template', () => {
    const templateWith = (expressReadiness: boolean) => aCluster({ expressReadiness }).template().toJSON() as object;
    expect(templateWith(true)).toEqual(templateWith(false));
  });

  test.each([V3_8_X_KRAFT, V3_9_X, msk.KafkaVersion.of('4.0.x.kraft')])(
    'warns of another version than 3.9 with KRaft: $version',
    (kafkaVersion) => {
      expect(warnings({ kafkaVersion })).toEqual(
        warned(/'kafkaVersion' must be 3.9 with KRaft .*got .*V3_9_X_KRAFT first/, 'ExpressUpgradeVersion'),
      );
      expect(warnings({ kafkaVersion: V3_9_X_KRAFT })).toEqual([]);
    },
  );

  test('warns of two zones', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const { cluster } = aCluster({ vpc: aVpc(stack, 2), expressReadiness: true }, stack);
    Annotations.fromStack(stack).hasWarning(
      `/${cluster.node.path}`,
      Match.stringLikeRegexp('must be in 3 Availability Zones .*got 2.*ExpressUpgradeZones'),
    );
  });

  test('warns of tiered storage', () => {
    const storage = msk.BrokerStorage.tiered(Size.gibibytes(100));
    expect(warnings({ storage })).toEqual(warned(/'storage' must not be tiered/, 'ExpressUpgradeStorage'));
  });

  test.each(['kafka.c9.large', 'kafka.m7gd.large'])('warns of the instance type %s', (name) => {
    const instanceType = msk.BrokerInstanceType.of(name);
    expect(warnings({ instanceType })).toEqual(
      warned(/'instanceType' must be of kafka.m5, kafka.m7g, kafka.m8g .*update the/, 'ExpressUpgradeInstanceType'),
    );
  });

  test.each(['kafka.m5.large', 'kafka.m7g.16xlarge', 'kafka.m8g.large'])('takes the instance type %s', (name) => {
    expect(warnings({ instanceType: msk.BrokerInstanceType.of(name) })).toEqual([]);
  });

  test('refuses nothing about values that only the deployment knows', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const token = new CfnParameter(stack, 'Known').valueAsString;
    const props = { instanceType: msk.BrokerInstanceType.of(token), kafkaVersion: msk.KafkaVersion.of(token) };
    aCluster({ ...props, alarms: false, expressReadiness: true }, stack);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Express'))).toEqual([]);
  });
});

describe('expressReadiness, for topics,', () => {
  const minimum = (minInsyncReplicas: number) => ({ configs: { minInsyncReplicas } });

  test('warns once of topics with other replicas than 3, or other minima than 2', () => {
    const found = warnings({ brokersPerAz: 2 }, (cluster) => {
      cluster.addTopic('fits', { replicationFactor: 3, ...minimum(2) });
      cluster.addTopic('few', { replicationFactor: 2, ...minimum(1) });
      cluster.addTopic('many', { replicationFactor: 4 });
      cluster.addTopic('loose', minimum(1));
    });
    expect(found).toEqual(warned(/got 'few' \(2, 1\), 'many' \(4, 2\), 'loose' \(3, 1\);/, 'ExpressUpgradeTopics'));
  });

  test('knows the default of the brokers', () => {
    const serverProperties = { minInsyncReplicas: 1 };
    expect(warnings({ serverProperties }, (cluster) => void cluster.addTopic('orders'))).toHaveLength(1);
    expect(warnings({ serverProperties }, (cluster) => void cluster.addTopic('orders', minimum(2)))).toEqual([]);
  });

  test('lists at most five of them', () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f'];
    const [found] = warnings({}, (cluster) => six.forEach((name) => cluster.addTopic(name, minimum(1))));
    expect(found).toMatch(/'e' \(3, 1\) and 1 more;/);
  });

  test('does not judge a minimum that is a token', () => {
    const other = { 'min.insync.replicas': Token.asString({ Ref: 'Minimum' }) };
    expect(warnings({}, (cluster) => void cluster.addTopic('orders', { configs: { other } }))).toEqual([]);
  });
});
