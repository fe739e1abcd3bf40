import { CfnParameter, Size } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import { aCluster, aStack, ENVIRONMENT, Match } from '../../../testkit/stacks';

const CLUSTER = 'AWS::MSK::Cluster';
const { M5_24XLARGE, M7G_2XLARGE, M7G_4XLARGE, T3_SMALL } = msk.BrokerInstanceType;
const gib = (gibibytes: number) => Size.gibibytes(gibibytes);
const tiered = msk.BrokerStorage.tiered(gib(100));
const fast = (provisionedThroughputMiBps: number, size = gib(100)) =>
  msk.BrokerStorage.local(size, { provisionedThroughputMiBps });
const growing = (maximum: number, targetUtilizationPercent?: number, region = 'eu-west-1') => {
  const stack = aStack({ env: { ...ENVIRONMENT, region } });
  const storageAutoscaling = msk.StorageAutoscaling.upTo(gib(maximum), { targetUtilizationPercent });
  return aCluster({ storageAutoscaling }, stack);
};

describe('BrokerStorage.tiered', () => {
  test('sets the storage mode of the cluster', () => {
    aCluster({ storage: tiered })
      .template()
      .hasResourceProperties(CLUSTER, {
        StorageMode: 'TIERED',
        BrokerNodeGroupInfo: { StorageInfo: { EBSStorageInfo: { VolumeSize: 100 } } },
      });
  });

  test('is not the default', () => {
    aCluster().template().hasResourceProperties(CLUSTER, { StorageMode: Match.absent() });
  });

  test.each(['2.8.2.tiered', '3.6.0', '9.9.x.kraft'])('takes Kafka %s', (version) => {
    const kafkaVersion = msk.KafkaVersion.of(version);
    aCluster({ storage: tiered, kafkaVersion }).template().hasResourceProperties(CLUSTER, { StorageMode: 'TIERED' });
  });

  test('refuses Kafka 3.5.1, the last without it', () => {
    const kafkaVersion = msk.KafkaVersion.of('3.5.1');
    expect(() => aCluster({ storage: tiered, kafkaVersion })).toThrow(
      /cannot be tiered with 'kafkaVersion' 3.5.1.*\[TieredStorageVersion\]/,
    );
  });

  test('refuses t3.small', () => {
    const props = { storage: tiered, kafkaVersion: msk.KafkaVersion.V3_9_X, instanceType: T3_SMALL };
    expect(() => aCluster(props)).toThrow(/tiered with 'instanceType' kafka.t3.small.*\[TieredStorageInstance\]/);
  });
});

describe('BrokerStorage with provisioned throughput', () => {
  test.each([250, 625])('takes %d MiB per second on m7g.4xlarge', (throughput) => {
    aCluster({ storage: fast(throughput), instanceType: M7G_4XLARGE })
      .template()
      .hasResourceProperties(CLUSTER, {
        BrokerNodeGroupInfo: {
          StorageInfo: { EBSStorageInfo: { ProvisionedThroughput: { Enabled: true, VolumeThroughput: throughput } } },
        },
      });
  });

  test.each([249, 626, 300.5])('refuses %d MiB per second on m7g.4xlarge', (throughput) => {
    expect(() => aCluster({ storage: fast(throughput), instanceType: M7G_4XLARGE })).toThrow(
      `from 250 to 625 on kafka.m7g.4xlarge, in whole MiB per second, got ${throughput}`,
    );
  });

  test('knows what each type takes', () => {
    expect(() => aCluster({ storage: fast(312), instanceType: M7G_2XLARGE })).not.toThrow();
    expect(() => aCluster({ storage: fast(313), instanceType: M7G_2XLARGE })).toThrow(/from 250 to 312.5 on/);
    expect(() => aCluster({ storage: fast(1001), instanceType: M5_24XLARGE })).toThrow(/\[ThroughputRange\]/);
  });

  test('refuses types that are too small, and names those that are not', () => {
    expect(() => aCluster({ storage: fast(250) })).toThrow(
      /'instanceType' kafka.m7g.large does not support; these types do: kafka.m5.4xlarge,.*kafka.m7g.2xlarge.*\[ThroughputInstance\]/,
    );
  });

  test('takes 10 GiB and refuses 9', () => {
    const on = (size: number) => aCluster({ storage: fast(250, gib(size)), instanceType: M7G_4XLARGE });
    expect(() => on(10)).not.toThrow();
    expect(() => on(9)).toThrow(/must be at least 10 GiB for provisioned throughput, got 9 \[ThroughputVolume\]/);
  });

  test('takes a type that is new here, from 250 on', () => {
    const instanceType = msk.BrokerInstanceType.of('kafka.m9g.large');
    expect(() => aCluster({ storage: fast(5000), instanceType })).not.toThrow();
    expect(() => aCluster({ storage: fast(249), instanceType })).toThrow(
      /of 250 or more, in whole MiB per second, got 249/,
    );
  });

  test('takes what only the deployment knows', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const storage = fast(new CfnParameter(stack, 'Parameter', { type: 'Number' }).valueAsNumber);
    expect(() => aCluster({ storage }, stack)).not.toThrow();
  });
});

describe('StorageAutoscaling', () => {
  test('lets volumes grow up to a size, never shrink, without a role', () => {
    const { template } = growing(500, 50);
    template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ResourceId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Events'), 'Arn'] },
      ScalableDimension: 'kafka:broker-storage:VolumeSize',
      MinCapacity: 1,
      MaxCapacity: 500,
      RoleARN: Match.absent(),
    });
    template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: { DisableScaleIn: true, TargetValue: 50 },
    });
  });

  test('begins at 60 percent by default', () => {
    growing(500)
      .template()
      .hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
        TargetTrackingScalingPolicyConfiguration: { TargetValue: 60 },
      });
  });

  test("warns that the template's size lies below the real one", () => {
    const WARNING = Match.stringLikeRegexp("lets the volumes become larger than 'storage'.*StorageBelowReal");
    Annotations.fromStack(growing(500).stack).hasWarning('/Stack/Events', WARNING);
    Annotations.fromStack(aCluster().stack).hasNoWarning('*', WARNING);
  });

  test.each([101, 16384])('takes %d GiB at most', (maximum) => {
    expect(() => growing(maximum)).not.toThrow();
  });

  test.each([100, 16385])('refuses %d GiB at most', (maximum) => {
    expect(() => growing(maximum)).toThrow(
      `must be a whole number of GiB from 101 to 16384, and larger than 'storage', got ${maximum} [StorageAutoscalingMaximum]`,
    );
  });

  test.each([10, 80])('takes a target of %d percent', (target) => {
    expect(() => growing(500, target)).not.toThrow();
  });

  test.each([9, 81, 50.5])('refuses a target of %d percent', (target) => {
    expect(() => growing(500, target)).toThrow(
      /must be a whole number from 10 to 80, got .*\[StorageAutoscalingTarget\]/,
    );
  });

  test.each(['ap-northeast-3', 'af-south-1', 'ap-southeast-5'])('refuses the Region %s', (region) => {
    expect(() => growing(500, 60, region)).toThrow(/not available in Region.*\[StorageAutoscalingRegion\]/);
  });

  test('takes what only the deployment knows', () => {
    const stack = aStack();
    const number = new CfnParameter(stack, 'Parameter', { type: 'Number' }).valueAsNumber;
    const storageAutoscaling = msk.StorageAutoscaling.upTo(gib(number), { targetUtilizationPercent: number });
    expect(() => aCluster({ storageAutoscaling }, stack)).not.toThrow();
  });
});
