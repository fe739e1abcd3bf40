import { Stack, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as msk from '../../../lib';
import { missingOf } from '../../../testkit/lookups';

const env = { account: '111122223333', region: 'eu-west-1' };
const ARN = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';

/** What the first synthesis of `cdk` must look up. */
function firstLookups(define: (stack: Stack) => void, region = env.region): string[] {
  const missing = missingOf((app) => define(new Stack(app, 'Stack', { env: { ...env, region } })));
  return missing.map(({ provider }) => String(provider));
}

const lookedUp = (stack: Stack) => ec2.Vpc.fromLookup(stack, 'Vpc', { vpcName: 'main' });

/** A cluster in the looked-up VPC that was created elsewhere. */
function imported(stack: Stack, vpc: ec2.IVpc, zones?: number): msk.ICluster {
  const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-1')];
  return msk.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterArn: ARN, vpc, securityGroups, zones });
}

const aFunction = (stack: Stack, vpc?: ec2.IVpc) =>
  new lambda.Function(stack, 'Reader', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => undefined;'),
    vpc,
  });

const SELECTIONS: Record<string, ec2.SubnetSelection> = {
  'of a group': { subnetGroupName: 'kafka' },
  'of zones': { availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] },
  'of a type': { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  'one per zone': { onePerAz: true },
};

const OTHERS: Record<string, (stack: Stack, vpc: ec2.IVpc) => void> = {
  'a topic with three replicas': (stack, vpc) => {
    const cluster = new msk.ProvisionedCluster(stack, 'Events', { vpc });
    new msk.Topic(stack, 'orders', { cluster, replicationFactor: 3 });
  },
  'server properties for three brokers': (stack, vpc) => {
    const serverProperties = { defaultReplicationFactor: 3 };
    new msk.ProvisionedCluster(stack, 'Events', { vpc, serverProperties });
  },
  'the number of brokers': (stack, vpc) => {
    const { numberOfBrokerNodes } = new msk.ProvisionedCluster(stack, 'Events', { vpc, brokersPerAz: 2 });
    if (!(numberOfBrokerNodes > 0)) throw new Error(`${numberOfBrokerNodes} brokers`);
  },
  'topics by two selections of subnets': (stack, vpc) => {
    const clusterSecurityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-1')];
    const cluster = msk.Cluster.fromClusterArn(stack, 'Cluster', ARN);
    ['kafka', 'other'].forEach((subnetGroupName) => {
      const vpcSubnets = { subnetGroupName };
      const backend = msk.TopicBackend.dataPlane({ vpc, vpcSubnets, clusterSecurityGroups });
      new msk.Topic(stack, subnetGroupName, { cluster, backend });
    });
  },
  'a Glue connection': (stack, vpc) => {
    new msk.GlueConnection(stack, 'Glue', { cluster: imported(stack, vpc), vpc, vpcSubnets: SELECTIONS['of a group'] });
    expect(stack.node.findAll().some((node) => node instanceof glue.CfnConnection)).toBe(true);
  },
  'an event source': (stack, vpc) => {
    const topic = msk.Topic.fromTopicName(stack, 'orders', imported(stack, vpc), 'orders');
    aFunction(stack, vpc).addEventSource(new msk.TopicEventSource(topic));
  },
  'two VPCs of a Serverless cluster': (stack, vpc) => {
    const other = ec2.Vpc.fromLookup(stack, 'Other', { vpcName: 'other' });
    const vpcSubnets = { subnetGroupName: 'kafka' };
    new msk.ServerlessCluster(stack, 'Events', { vpc, vpcSubnets, otherVpcs: [{ vpc: other, vpcSubnets }] });
  },
};

describe('Before a VPC has been looked up', () => {
  const clusters = {
    ProvisionedCluster: msk.ProvisionedCluster,
    ExpressCluster: msk.ExpressCluster,
    ServerlessCluster: msk.ServerlessCluster,
  };
  const selections = [['without a selection', undefined] as const, ...Object.entries(SELECTIONS)];
  const each = Object.entries(clusters).flatMap(([name, Cluster]) =>
    selections.map(([how, vpcSubnets]) => [name, how, Cluster, vpcSubnets] as const),
  );

  test.each(each)('the subnets of %s %s are not judged', (_name, _how, Cluster, vpcSubnets) => {
    const lookups = firstLookups((stack) => new Cluster(stack, 'Events', { vpc: lookedUp(stack), vpcSubnets }));
    expect(lookups).toEqual(['vpc-provider']);
  });

  test.each(Object.entries(OTHERS))('nothing is judged by it: %s', (_what, define) => {
    const lookups = firstLookups((stack) => define(stack, lookedUp(stack)));
    expect(new Set(lookups)).toEqual(new Set(['vpc-provider']));
  });

  test('the Region with two zones is not judged by the three that stand for unknown ones', () => {
    const define = (stack: Stack) => new msk.ProvisionedCluster(stack, 'Events', { vpc: new ec2.Vpc(stack, 'Vpc') });
    expect(firstLookups(define, 'us-west-1')).toEqual(['availability-zones']);
  });
});

describe('Subnets whose zones nobody knows', () => {
  const subnetsOf = (stack: Stack, count: number) =>
    Array.from({ length: count }, (_, index) => ec2.Subnet.fromSubnetId(stack, `Subnet${index}`, `subnet-${index}`));
  const vpcOf = (stack: Stack) =>
    ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] });

  test('count as one zone each', () => {
    const define = (stack: Stack) => {
      const cluster = new msk.ExpressCluster(stack, 'Events', {
        ...{ vpc: vpcOf(stack), vpcSubnets: { subnets: subnetsOf(stack, 3) } },
      });
      expect(cluster.numberOfBrokerNodes).toBe(3);
    };
    expect(firstLookups(define)).toEqual([]);
  });

  test('are refused if they are too few', () => {
    const define = (stack: Stack) =>
      new msk.ExpressCluster(stack, 'Events', { vpc: vpcOf(stack), vpcSubnets: { subnets: subnetsOf(stack, 2) } });
    expect(() => firstLookups(define)).toThrow(/NumberOfZones/);
  });

  test('are refused by a Glue connection, which must name the zone', () => {
    const define = (stack: Stack) => {
      const vpcSubnets = { subnets: subnetsOf(stack, 1) };
      const vpc = vpcOf(stack);
      new msk.GlueConnection(stack, 'Glue', { cluster: imported(stack, vpc), vpc, vpcSubnets });
    };
    expect(() => firstLookups(define)).toThrow(/got a subnet without its zone.*fromSubnetAttributes.*\[GlueSubnet\]/);
  });
});

const aKnownVpc = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b', 'c'],
    isolatedSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
  });

describe('Before a parameter has been looked up', () => {
  const looked = (stack: Stack, name = '/kafka/value') => ssm.StringParameter.valueFromLookup(stack, name);

  const USES: Record<string, (stack: Stack) => void> = {
    'the ARN of a cluster': (stack) => {
      const cluster = msk.Cluster.fromClusterArn(stack, 'Cluster', looked(stack));
      cluster.grants.manage(aFunction(stack));
      new msk.ClusterAlarms(stack, 'Alarms', { cluster });
      const backend = msk.TopicBackend.mskApi();
      msk.Topic.fromTopicName(stack, 'orders', cluster, 'orders').grants.produce(aFunction2(stack));
      new msk.Topic(stack, 'payments', { cluster, backend });
    },
    'the name of a topic': (stack) => {
      const cluster = msk.Cluster.fromClusterArn(stack, 'Cluster', ARN);
      new msk.Topic(stack, 'orders', { cluster, topicName: looked(stack), backend: msk.TopicBackend.mskApi() });
    },
    'the name of a cluster': (stack) => {
      const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
      new msk.ProvisionedCluster(stack, 'Events', {
        vpc: aKnownVpc(stack),
        vpcSubnets,
        clusterName: looked(stack, `/${'x'.repeat(80)}`),
      });
    },
    'the name of a cluster to look up': (stack) => {
      msk.Cluster.fromLookup(stack, 'Cluster', { clusterName: looked(stack) });
    },
    'a schema': (stack) => {
      new msk.TopicSchema(stack, 'Schema', { definition: msk.SchemaDefinition.avro(looked(stack)) });
    },
    'the value of a config': (stack) => {
      const cluster = msk.Cluster.fromClusterArn(stack, 'Cluster', ARN);
      const configs = { other: { 'retention.ms': looked(stack) } };
      new msk.Topic(stack, 'orders', { cluster, configs, backend: msk.TopicBackend.mskApi() });
    },
    'the topic and the group of an event source': (stack) => {
      const topic = msk.Topic.fromTopicName(stack, 'o', imported(stack, aKnownVpc(stack)), looked(stack));
      const props = { consumerGroup: looked(stack), provisionedPollers: { minimumPollers: 1 } };
      aFunction(stack).addEventSource(new msk.TopicEventSource(topic, { ...props, addSecurityGroupRules: false }));
    },
    'the tag of a cluster': (stack) => {
      const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
      const cluster = new msk.ProvisionedCluster(stack, 'Events', { vpc: aKnownVpc(stack), vpcSubnets });
      Tags.of(cluster).add('team', looked(stack, `/${'x'.repeat(300)}`));
    },
    'a consumer group': (stack) => {
      const topic = msk.Topic.fromTopicName(stack, 'o', msk.Cluster.fromClusterArn(stack, 'Cluster', ARN), 'orders');
      topic.grants.consume(aFunction(stack), looked(stack));
    },
  };
  const aFunction2 = (stack: Stack) =>
    new lambda.Function(stack, 'Writer', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => undefined;'),
    });

  test.each(Object.entries(USES))('it is not judged as %s', (_what, define) => {
    expect(firstLookups(define)).toEqual(['ssm']);
  });
});
