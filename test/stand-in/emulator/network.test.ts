import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DeleteSecurityGroupCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { CfnOutput, CfnResource, type App, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from 'aws-cdk-lib/aws-msk';
import { aVpc } from './support/networks';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const IAM_PORT = ec2.Port.tcp(9098);

describe('the network', () => {
  let stage: Stage;
  let client: EC2Client;

  beforeAll(async () => {
    stage = await Stage.start();
    client = new EC2Client({});
  });

  afterEach(() => stage.destroy(guarded(() => undefined)));

  afterAll(() => stage?.stop());

  interface Groups {
    readonly stack: Stack;
    readonly vpc: ec2.Vpc;
    readonly brokers: ec2.SecurityGroup;
    readonly clients: ec2.SecurityGroup;
  }

  /** Two security groups, with the rules of the test. */
  const guarded = (define: (groups: Groups) => void) => (app: App) => {
    const stack = stage.stack(app, 'Guarded');
    const vpc = aVpc(stack);
    const [brokers, clients] = ['Brokers', 'Clients'].map((id) => {
      const group = new ec2.SecurityGroup(stack, id, { vpc, allowAllOutbound: false });
      new CfnOutput(stack, `${id}Id`, { value: group.securityGroupId });
      return group;
    });
    new CfnOutput(stack, 'VpcId', { value: vpc.vpcId });
    vpc.isolatedSubnets.forEach(({ subnetId }, index) => new CfnOutput(stack, `Subnet${index}`, { value: subnetId }));
    define({ stack, vpc, brokers, clients });
  };

  async function rulesOf(groupId: string, isEgress: boolean): Promise<SecurityGroupRule[]> {
    const Filters = [{ Name: 'group-id', Values: [groupId] }];
    const { SecurityGroupRules } = await client.send(new DescribeSecurityGroupRulesCommand({ Filters }));
    return SecurityGroupRules!.filter((rule) => rule.IsEgress === isEgress);
  }

  test('shows rules inside a group and rules beside it', async () => {
    await stage.deploy(
      guarded(({ brokers, clients }) => {
        brokers.addIngressRule(ec2.Peer.ipv4('10.0.0.0/16'), IAM_PORT, 'inside'); // literal peers stay in the group
        brokers.connections.allowFrom(clients, IAM_PORT, 'beside');
      }),
    );
    const { BrokersId, ClientsId } = await stage.outputs('Guarded');

    expect(await rulesOf(BrokersId, false)).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 9098, ToPort: 9098, CidrIpv4: '10.0.0.0/16', Description: 'inside' },
      { IpProtocol: 'tcp', FromPort: 9098, ToPort: 9098, ReferencedGroupInfo: { GroupId: ClientsId } },
    ]);
    expect(await rulesOf(ClientsId, true)).toMatchObject([
      { ReferencedGroupInfo: { GroupId: BrokersId }, FromPort: 9098 },
    ]);
    const found = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [BrokersId] }));
    expect(found.SecurityGroups).toMatchObject([{ IpPermissions: [{ FromPort: 9098 }, { FromPort: 9098 }] }]);
  });

  test('forgets the rules that leave the template, and only those', async () => {
    await stage.deploy(
      guarded(({ brokers, clients }) => {
        brokers.addIngressRule(ec2.Peer.ipv4('10.0.0.0/16'), IAM_PORT);
        brokers.connections.allowFrom(clients, IAM_PORT);
        brokers.connections.allowFrom(clients, ec2.Port.tcp(9096));
      }),
    );
    const before = await stage.outputs('Guarded');
    await stage.deploy(guarded(({ brokers, clients }) => brokers.connections.allowFrom(clients, IAM_PORT)));

    expect(await stage.outputs('Guarded')).toEqual(before);
    expect(await rulesOf(before.BrokersId, false)).toMatchObject([{ FromPort: 9098, ReferencedGroupInfo: {} }]);
  });

  test('refuses the same rule twice', async () => {
    const twice = guarded(({ stack, brokers, clients }) => {
      const rule = { groupId: brokers.securityGroupId, ipProtocol: 'tcp', fromPort: 9098, toPort: 9098 };
      for (const id of ['One', 'Other']) {
        new ec2.CfnSecurityGroupIngress(stack, id, { ...rule, sourceSecurityGroupId: clients.securityGroupId });
      }
    });

    expect(await stage.refused(twice)).toMatch(
      /the specified rule "peer: sg-\w+, TCP, from port: 9098, to port: 9098, ALLOW" already exists.*AlreadyExists/,
    );
  });

  test('refuses the same outbound rule twice', async () => {
    const twice = guarded(({ stack, brokers }) => {
      const rule = { groupId: brokers.securityGroupId, ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
      for (const description of ['one', 'other']) {
        new ec2.CfnSecurityGroupEgress(stack, description, { ...rule, description, cidrIp: '0.0.0.0/0' });
      }
    });

    expect(await stage.refused(twice)).toContain(
      'the specified rule "peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW" already exists',
    );
  });

  const duplicate = { name: 'InvalidPermission.Duplicate', message: expect.stringMatching(/ALLOW" already exists$/) };

  test('refuses a rule through the API that a stack has defined, and the other way round', async () => {
    await stage.deploy(guarded(({ brokers }) => brokers.connections.allowInternally(IAM_PORT)));
    const { BrokersId: GroupId, ClientsId } = await stage.outputs('Guarded');
    const permission = (peer: string) => ({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 9098, ToPort: 9098, UserIdGroupPairs: [{ GroupId: peer }] }],
    });

    await expect(client.send(new AuthorizeSecurityGroupIngressCommand(permission(GroupId)))).rejects.toMatchObject(
      duplicate,
    );
    await expect(client.send(new AuthorizeSecurityGroupEgressCommand(permission(GroupId)))).rejects.toMatchObject(
      duplicate,
    );
    await client.send(new AuthorizeSecurityGroupIngressCommand(permission(ClientsId)));
    const again = guarded(({ brokers, clients }) => {
      brokers.connections.allowInternally(IAM_PORT);
      brokers.connections.allowFrom(clients, IAM_PORT);
    });
    expect(await stage.refused(again)).toContain(`the specified rule "peer: ${ClientsId}, TCP`);
    await client.send(new RevokeSecurityGroupIngressCommand(permission(ClientsId))); // or the group could not be deleted
  });

  test('passes the tags of a stack on to its resources, whose own tags come first', async () => {
    const tagged = (tags: Record<string, string>) => (app: App) => {
      const stack = stage.stack(app, 'Tagged', { tags });
      const own = [{ Key: 'owner', Value: 'network' }];
      const properties = { CidrBlock: '10.9.0.0/16', Tags: own };
      const vpc = new CfnResource(stack, 'Vpc', { type: 'AWS::EC2::VPC', properties }); // the CDK adds no tags to it
      new CfnOutput(stack, 'VpcId', { value: vpc.ref });
    };
    const tagsOf = async (vpcId: string) => {
      const { Vpcs } = await client.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
      return Object.fromEntries(Vpcs![0].Tags!.map(({ Key, Value }) => [Key, Value]));
    };
    await stage.deploy(tagged({ team: 'orders', owner: 'orders' }));
    const { VpcId } = await stage.outputs('Tagged');

    expect(await tagsOf(VpcId)).toEqual({ team: 'orders', owner: 'network' });
    await stage.deploy(tagged({ team: 'billing' }));
    expect(await tagsOf(VpcId)).toEqual({ team: 'billing', owner: 'network' });
    await stage.destroy(tagged({}));
  });

  test('shows subnets with zone and tags, and their routes', async () => {
    await stage.deploy(guarded(() => undefined));
    const { Subnet0: Subnet } = await stage.outputs('Guarded');
    const { Subnets } = await client.send(new DescribeSubnetsCommand({ SubnetIds: [Subnet] }));
    const Filters = [{ Name: 'association.subnet-id', Values: [Subnet] }];
    const { RouteTables } = await client.send(new DescribeRouteTablesCommand({ Filters }));

    const Tags = expect.arrayContaining([{ Key: 'purpose', Value: 'test' }]) as unknown;
    expect(Subnets).toMatchObject([{ AvailabilityZone: 'us-east-1a', AvailabilityZoneId: 'use1-az1', Tags }]);
    expect(RouteTables).toMatchObject([{ Routes: [{ DestinationCidrBlock: '10.0.0.0/16', State: 'active' }] }]);
  });

  interface Used {
    readonly groups: string[];
    readonly subnets: string[];
    readonly vpc: string;
  }

  /** Resources of another stack that use a group and subnets by ID. */
  const users: Record<string, (stack: Stack, used: Used) => void> = {
    cluster: (stack, { groups, subnets }) =>
      void new msk.CfnCluster(stack, 'Cluster', {
        clusterName: 'events',
        kafkaVersion: '3.9.x.kraft',
        numberOfBrokerNodes: 3,
        brokerNodeGroupInfo: { instanceType: 'kafka.m7g.large', clientSubnets: subnets, securityGroups: groups },
      }),
    function: (stack, { groups, subnets }) =>
      void new lambda.CfnFunction(stack, 'Function', {
        code: { zipFile: 'exports.handler = async () => {};' },
        handler: 'index.handler',
        runtime: 'nodejs24.x',
        role: 'arn:aws:iam::000000000000:role/any',
        vpcConfig: { securityGroupIds: groups, subnetIds: subnets },
      }),
    subnet: (stack, { vpc: vpcId }) =>
      void new ec2.CfnSubnet(stack, 'Subnet', { vpcId, cidrBlock: '10.0.255.0/24', availabilityZone: 'us-east-1a' }),
    'rule of another group': (stack, { groups: [sourceSecurityGroupId] }) => {
      const rule = { groupId: 'sg-00000001', ipProtocol: 'tcp', fromPort: 9098, toPort: 9098 };
      new ec2.CfnSecurityGroupIngress(stack, 'Rule', { ...rule, sourceSecurityGroupId });
    },
  };

  test.each([
    [
      'a security group and its subnets',
      'cluster',
      ['has a dependent object', 'has dependencies and cannot be deleted'],
    ],
    [
      'a security group and its subnets',
      'function',
      ['has a dependent object', 'has dependencies and cannot be deleted'],
    ],
    ['a security group', 'rule of another group', ['has a dependent object']],
    ['a VPC', 'subnet', ['The vpc ', 'has dependencies and cannot be deleted']],
  ])('keeps %s that a %s uses', async (_what, user, reasons) => {
    await stage.deploy(guarded(() => undefined));
    const { BrokersId, ...outputs } = await stage.outputs('Guarded');
    const subnets = ['Subnet0', 'Subnet1', 'Subnet2'].map((name) => outputs[name]);
    const using = (app: App) =>
      users[user](stage.stack(app, 'Using'), { groups: [BrokersId], subnets, vpc: outputs.VpcId });
    await stage.deploy(using);

    if (reasons.includes('has a dependent object'))
      await expect(client.send(new DeleteSecurityGroupCommand({ GroupId: BrokersId }))).rejects.toMatchObject({
        name: 'DependencyViolation',
      });
    const refusal = await stage.undeletable(guarded(() => undefined));
    reasons.forEach((reason) => expect(refusal).toContain(reason));
    expect((await stage.describe('Guarded')).StackStatus).toBe('DELETE_FAILED');
    await stage.destroy(using);
  });
});
