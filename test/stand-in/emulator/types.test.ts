import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CfnOutput, CfnResource, RemovalPolicy, SecretValue, type App, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const metric = (name: string) => new cloudwatch.Metric({ namespace: 'AWS/Kafka', metricName: name });
const sum = (a: string, b: string) =>
  new cloudwatch.MathExpression({ expression: 'a + b', usingMetrics: { a: metric(a), b: metric(b) } });

describe('a resource type', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.start();
  });

  afterEach(() => stage.destroy(defining(() => undefined)));

  afterAll(() => stage?.stop());

  const defining = (define: (stack: Stack) => void) => (app: App) => define(stage.stack(app, 'Types'));
  const output = (stack: Stack, id: string, value: string) => void new CfnOutput(stack, id, { value });

  test('Alarm takes metrics, expressions and other alarms', async () => {
    await stage.deploy(
      defining((stack) => {
        const options = { threshold: 60, evaluationPeriods: 3 };
        const cpu = new cloudwatch.Alarm(stack, 'Cpu', { metric: sum('CpuUser', 'CpuSystem'), ...options });
        const disk = new cloudwatch.Alarm(stack, 'Disk', { metric: metric('KafkaDataLogsDiskUsed'), ...options });
        const alarmRule = cloudwatch.AlarmRule.anyOf(cpu, disk);
        const any = new cloudwatch.CompositeAlarm(stack, 'Any', { alarmRule });
        output(stack, 'Arns', [cpu, disk, any].map(({ alarmArn }) => alarmArn).join(' '));
      }),
    );

    const arn = expect.stringMatching(
      /^arn:aws:cloudwatch:us-east-1:000000000000:alarm:Types-?(Cpu|Disk|Any)/,
    ) as string;
    expect((await stage.outputs('Types')).Arns.split(' ')).toEqual([arn, arn, arn]);
  });

  test.each<[string, cloudwatch.CfnAlarm.MetricDataQueryProperty[], string]>([
    [
      'two answers',
      ['a', 'b'].map((id) => ({ id, expression: 'TIME_SERIES(1)', returnData: true })),
      'Exactly one element',
    ],
    ['one name twice', [true, false].map((returnData) => ({ id: 'a', expression: '1', returnData })), 'must be unique'],
  ])('Alarm refuses %s', async (_case, metrics, reason) => {
    const alarm = { metrics, comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, threshold: 1 };

    expect(await stage.refused(defining((stack) => void new cloudwatch.CfnAlarm(stack, 'A', alarm)))).toContain(reason);
  });

  test('LogGroup keeps its retention, and its name to itself', async () => {
    const named = (retention: logs.RetentionDays, copies = ['One']) =>
      defining((stack) => {
        const options = { logGroupName: 'named', retention, removalPolicy: RemovalPolicy.DESTROY };
        copies.forEach((id) => new logs.LogGroup(stack, id, options));
      });
    const client = new CloudWatchLogsClient({});
    await stage.deploy(named(logs.RetentionDays.ONE_DAY));
    await stage.deploy(named(logs.RetentionDays.ONE_WEEK));
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'named' }));

    expect(logGroups).toMatchObject([{ logGroupName: 'named', retentionInDays: 7 }]);
    expect(await stage.refused(named(logs.RetentionDays.ONE_WEEK, ['One', 'Other']))).toContain(
      "identifier 'named' already exists",
    );
  });

  test('Secret is known by its ARN, and its fields may be used', async () => {
    await stage.deploy(
      defining((stack) => {
        const generateSecretString = {
          secretStringTemplate: '{"username":"alice"}',
          generateStringKey: 'password',
          passwordLength: 20,
        };
        const secret = new secretsmanager.Secret(stack, 'Alice', { secretName: 'alice', generateSecretString });
        output(stack, 'Arn', secret.secretArn);
        const name = SecretValue.secretsManager('alice', { jsonField: 'username' }).unsafeUnwrap();
        const group = new logs.CfnLogGroup(stack, 'Named', { logGroupName: name });
        group.node.addDependency(secret);
        output(stack, 'User', group.ref);
      }),
    );
    const { Arn, User } = await stage.outputs('Types');
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: Arn }));

    expect(Arn).toMatch(/:secret:alice-.{6}$/);
    expect(User).toBe('alice');
    expect(JSON.parse(SecretString!)).toEqual({
      username: 'alice',
      password: expect.stringMatching(/^.{20}$/) as string,
    });
  });

  test('Role keeps what policies have attached when it changes', async () => {
    const described = (description: string) =>
      defining((stack) => {
        const role = new iam.Role(stack, 'Role', { description, assumedBy: new iam.AccountRootPrincipal() });
        role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['kafka-cluster:Connect'], resources: ['*'] }));
        output(stack, 'Name', role.roleName);
      });
    await stage.deploy(described('one'));
    const { Name } = await stage.outputs('Types');
    await stage.deploy(described('two'));
    const { IAMClient, ListRolePoliciesCommand } = await import('@aws-sdk/client-iam');
    const { PolicyNames } = await new IAMClient({}).send(new ListRolePoliciesCommand({ RoleName: Name }));

    expect(PolicyNames).toEqual([expect.stringContaining('RoleDefaultPolicy')]);
    expect((await stage.outputs('Types')).Name).toBe(Name);
  });

  test('that the emulator does not carry out is remembered, with what its schema tells', async () => {
    const scaled = (MaxCapacity: number) =>
      defining((stack) => {
        const identity = {
          ResourceId: 'cluster',
          ScalableDimension: 'kafka:broker-storage:VolumeSize',
          ServiceNamespace: 'kafka',
        };
        const properties = { ...identity, MinCapacity: 1, MaxCapacity };
        const target = new CfnResource(stack, 'Target', {
          type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          properties,
        });
        output(stack, 'Ref', target.ref);
      });
    await stage.deploy(scaled(100));
    const before = await stage.outputs('Types');
    await stage.deploy(scaled(200));

    expect(before).toEqual({ Ref: 'cluster|kafka:broker-storage:VolumeSize|kafka' });
    expect(await stage.outputs('Types')).toEqual(before);
  });

  test('that a region lacks is refused there', async () => {
    const elsewhere = (app: App) => {
      const stack = stage.stack(app, 'Elsewhere', { env: { ...stage.env, region: 'us-west-1' } });
      new CfnResource(stack, 'Any', { type: 'AWS::MSK::ServerlessCluster', properties: {} });
    };
    await stage.bootstrap({ region: 'us-west-1' });

    expect(await stage.refused(elsewhere)).toContain('Unrecognized resource types: [AWS::MSK::ServerlessCluster]');
  });
});
