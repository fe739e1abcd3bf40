import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type App, CfnOutput, Fn, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Inspector, TopicDescription } from '../../../local/kafka/inspector';
import { StandIn } from '../../../local/stand-in';
import * as msk from '../../../lib';
import { aVpc } from '../../stand-in/emulator/support/networks';
import { Stage } from '../../stand-in/emulator/support/stage';

/** What another app knows about a cluster. */
export interface ClusterParts {
  readonly clusterArn: string;
  readonly securityGroupId: string;
}

type Define = (stack: Stack, vpc: ec2.Vpc) => ClusterParts;

/**
 * The stand-in with one cluster in its own stack, and the CDK's own deployment code, which needs no process for each
 * deployment. The apps of the tests import the cluster by its attributes.
 */
export class World {
  public static async start(define: Define = aStandardCluster): Promise<World> {
    const standIn = await StandIn.start();
    try {
      const world = new World(standIn, await Stage.on(standIn.emulator));
      await world.deployPlatform(define);
      return world;
    } catch (error) {
      await standIn.stop(); // otherwise its processes would keep the test from ending
      throw error;
    }
  }

  private inspecting?: Promise<Inspector>;
  private platform: Record<string, string> = {};

  private constructor(
    public readonly standIn: StandIn,
    public readonly stage: Stage,
  ) {}

  /** What is known about the cluster outside its app. */
  public get parts(): Readonly<Record<string, string>> {
    const { account: Account, region: Region } = this.stage.env;
    return { Account, Region, ...this.platform };
  }

  public get clusterArn(): string {
    return this.platform.ClusterArn;
  }

  /** The security group of the brokers. */
  public get securityGroupId(): string {
    return this.platform.GroupId;
  }

  /** Creates or updates the stack of the cluster. */
  public async deployPlatform(define: Define): Promise<void> {
    await this.stage.deploy(this.platformOf(define));
    this.platform = await this.stage.outputs('Platform');
  }

  public destroyPlatform(): Promise<void> {
    return this.stage.destroy(this.platformOf(aStandardCluster));
  }

  private platformOf(define: Define): (app: App) => void {
    return (app) => {
      const stack = this.stage.stack(app, 'Platform');
      const vpc = aVpc(stack);
      const { clusterArn, securityGroupId } = define(stack, vpc);
      const { isolatedSubnets, vpcId } = vpc;
      const subnetIds = isolatedSubnets.map(({ subnetId }) => subnetId);
      const told = {
        ClusterArn: clusterArn,
        GroupId: securityGroupId,
        VpcId: vpcId,
        SubnetIds: Fn.join(',', subnetIds),
      };
      Object.entries(told).forEach(([name, value]) => new CfnOutput(stack, name, { value }));
    };
  }

  public stack(app: App, id: string): Stack {
    return this.stage.stack(app, id);
  }

  public vpc(stack: Stack): ec2.IVpc {
    return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: this.platform.VpcId,
      availabilityZones: ['a', 'b', 'c'].map((zone) => `${stack.region}${zone}`),
      isolatedSubnetIds: this.platform.SubnetIds.split(','),
    });
  }

  public securityGroup(stack: Stack): ec2.ISecurityGroup {
    return ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', this.securityGroupId);
  }

  /** The cluster as another app imports it. */
  public cluster(stack: Stack): msk.ICluster {
    return msk.Cluster.fromClusterAttributes(stack, 'Events', {
      clusterArn: this.clusterArn,
      vpc: this.vpc(stack),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [this.securityGroup(stack)],
    });
  }

  public async status(stackName: string): Promise<string | undefined> {
    return (await this.stage.describe(stackName)).StackStatus;
  }

  /** A topic as Kafka's own client sees it. */
  public async topic(name: string): Promise<TopicDescription | undefined> {
    return (await this.inspector()).topic(name);
  }

  public inspector(): Promise<Inspector> {
    this.inspecting ??= this.standIn.inspector(this.clusterArn);
    return this.inspecting;
  }

  /** The complete logs of the handlers of a stack. */
  public async logs(stackName: string): Promise<string> {
    const client = new CloudWatchLogsClient({});
    const prefix = `/aws/lambda/${stackName}-kafka-`;
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix }));
    const groups = (logGroups ?? []).map(({ logGroupName }) => logGroupName);
    const answers = await Promise.all(
      groups.map((logGroupName) => client.send(new FilterLogEventsCommand({ logGroupName }))),
    );
    return answers.flatMap(({ events }) => (events ?? []).map(({ message }) => message)).join('\n');
  }

  public async stop(): Promise<void> {
    await this.stage.stop();
    await this.standIn.stop();
  }
}

/** A cluster of this library, with topics that its own app declares. */
export function aStandardCluster(
  stack: Stack,
  vpc: ec2.Vpc,
  topics: Readonly<Record<string, { topicName: string; adopt: boolean }>> = {},
  props: Partial<msk.ProvisionedClusterProps> = {},
): ClusterParts {
  const cluster = new msk.ProvisionedCluster(stack, 'Events', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    alarms: false,
    removalPolicy: RemovalPolicy.DESTROY,
    ...props,
  });
  for (const [id, { adopt, topicName }] of Object.entries(topics)) {
    cluster.addTopic(id, { topicName, onExisting: adopt ? msk.TopicOnExisting.ADOPT : msk.TopicOnExisting.FAIL });
  }
  const [group] = cluster.connections.securityGroups;
  return { clusterArn: cluster.clusterArn, securityGroupId: group.securityGroupId };
}
