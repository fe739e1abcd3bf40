import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  App,
  CfnOutput,
  DefaultStackSynthesizer,
  Fn,
  NestedStack,
  PermissionsBoundary,
  Stack,
  type StackProps,
  Stage,
  Tags,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import * as msk from '../../lib';
import { defineKinds } from '../../testkit/kinds-stack';
import { nagFindings } from '../../testkit/nag';

const account = '111122223333';
const folders: string[] = [];
const aFolder = () => {
  folders.push(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-company-')));
  return folders[folders.length - 1];
};

afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true })));

const anApp = (context: Record<string, unknown> = {}) =>
  new App({ outdir: aFolder(), context: { ...flags, ...context }, analyticsReporting: false });

/** A cluster, a topic managed over the data plane and one with MSK's API, and everything a client needs. */
function aPlatform(stack: Stack): msk.ProvisionedCluster {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    restrictDefaultSecurityGroup: false, // it would add a function of the CDK
    availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs())),
    subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  const cluster = new msk.ProvisionedCluster(stack, 'Events', { vpc });
  const orders = cluster.addTopic('orders');
  cluster.addTopic('native', { backend: msk.TopicBackend.mskApi() });
  const client = new iam.Role(stack, 'Client', { assumedBy: new iam.AccountRootPrincipal() });
  orders.grants.consume(client, 'billing');
  new CfnOutput(stack, 'Brokers', { value: cluster.bootstrapBrokers.saslIam });
  return cluster;
}

const templateOf = (stack: Stack) => Template.fromStack(stack);
const textOf = (stack: Stack) => JSON.stringify(templateOf(stack).toJSON());

interface Rendered {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}
const resources = (stack: Stack) => Object.values(templateOf(stack).toJSON().Resources as Record<string, Rendered>);

describe("A company's app", () => {
  test('has its permissions boundary on every role', () => {
    const app = anApp();
    const stack = new Stack(app, 'Platform', { permissionsBoundary: PermissionsBoundary.fromName('developers') });
    aPlatform(stack);
    const roles = resources(stack).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThanOrEqual(4);
    for (const { Properties } of roles) expect(JSON.stringify(Properties.PermissionsBoundary)).toContain('developers');
  });

  test('makes no role when roles are made elsewhere, and writes down what they need', () => {
    const app = anApp();
    iam.Role.customizeRoles(app, { usePrecreatedRoles: {} });
    const stack = new Stack(app, 'Platform', { env: { account, region: 'eu-west-1' } });
    aPlatform(stack);
    expect(() => app.synth()).toThrow(/policy-report|[Mm]issing.*role|precreated/i);
    const report = fs.readFileSync(path.join(app.outdir, 'iam-policy-report.txt'), 'utf8');
    expect(report).toMatch(/kafka-cluster:CreateTopic/);
  });

  test('writes down what pollers need, when roles are made elsewhere', () => {
    const app = anApp();
    iam.Role.customizeRoles(app, { usePrecreatedRoles: {} });
    const stack = new Stack(app, 'Platform', { env: { account, region: 'eu-west-1' } });
    const code = lambda.Code.fromInline('exports.handler = () => undefined');
    const fn = new lambda.Function(stack, 'Fn', {
      code,
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
    });
    fn.addEventSource(new msk.TopicEventSource(aPlatform(stack).addTopic('payments')));
    expect(() => app.synth()).toThrow(/policy-report|[Mm]issing.*role|precreated/i);
    const report = fs.readFileSync(path.join(app.outdir, 'iam-policy-report.txt'), 'utf8');
    expect(report).toMatch(/ec2:CreateNetworkInterface/);
  });

  test('takes the roles that were made elsewhere', () => {
    const app = anApp();
    const names = ['KafkaProvider/Dispatcher/ServiceRole', 'KafkaProvider/Framework/framework-onEvent/ServiceRole'];
    const found = rolePaths();
    expect(found).toEqual(expect.arrayContaining(names.map((name) => `Platform/${name}`)));
    const usePrecreatedRoles = Object.fromEntries(found.map((name, index) => [name, `made-elsewhere-${index}`]));
    iam.Role.customizeRoles(app, { usePrecreatedRoles });
    const stack = new Stack(app, 'Platform', { env: { account, region: 'eu-west-1' } });
    aPlatform(stack);
    templateOf(stack).resourceCountIs('AWS::IAM::Role', 0);
    templateOf(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('puts its assets where its bootstrap qualifier says', () => {
    const stack = new Stack(anApp(), 'Platform', {
      env: { account, region: 'eu-west-1' },
      synthesizer: new DefaultStackSynthesizer({ qualifier: 'company1' }),
    });
    aPlatform(stack);
    const functions = resources(stack).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions).toHaveLength(3);
    for (const { Properties } of functions) {
      expect(Properties.Code).toMatchObject({ S3Bucket: `cdk-company1-assets-${account}-eu-west-1` });
    }
  });

  test('has its tags on all that takes any', () => {
    const app = anApp();
    Tags.of(app).add('team', 'payments');
    const stack = new Stack(app, 'Platform');
    aPlatform(stack);
    templateOf(stack).hasResourceProperties('AWS::MSK::Cluster', { Tags: { team: 'payments' } });
    for (const type of ['AWS::Lambda::Function', 'AWS::EC2::SecurityGroup', 'AWS::Logs::LogGroup', 'AWS::IAM::Role']) {
      const untagged = resources(stack).filter(({ Properties, Type }) => Type === type && !hasTag(Properties));
      expect(untagged).toEqual([]);
    }
  });

  test('may put a platform into a nested stack', () => {
    const app = anApp();
    const parent = new Stack(app, 'Parent', { env: { account, region: 'eu-west-1' } });
    const nested = new NestedStack(parent, 'Platform');
    const cluster = aPlatform(nested);
    new CfnOutput(parent, 'Brokers', { value: cluster.bootstrapBrokers.saslIam });
    app.synth();
    templateOf(nested).resourceCountIs('Custom::KafkaBootstrapBrokers', 1);
    templateOf(nested).resourceCountIs('AWS::Lambda::Function', 3);
    templateOf(parent).resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('may have stages in two Regions, alike but for the Region', () => {
    const app = anApp();
    const [first, second] = ['eu-west-1', 'eu-central-1'].map((region) => {
      const stage = new Stage(app, region, { env: { account, region } });
      const stack = new Stack(stage, 'Platform');
      aPlatform(stack);
      return stack;
    });
    app.synth();
    const types = (stack: Stack) => resources(stack).map(({ Type }) => Type);
    expect(types(second)).toEqual(types(first));
    expect(textOf(second)).not.toContain('eu-west-1');
  });

  test('may leave account and Region to the deployment', () => {
    const stack = new Stack(anApp(), 'Platform');
    aPlatform(stack);
    expect(textOf(stack)).not.toMatch(/arn:aws:|us-east-1|amazonaws\.com\b(?!")/);
  });
});

describe("A company's app in another partition", () => {
  test.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('has ARNs of %s, and signs for its Region', (partition, region) => {
    const app = anApp();
    const stack = new Stack(app, 'Platform', { env: { account, region } });
    aPlatform(stack);
    importedIn(stack, partition, region);
    const text = textOf(stack);
    expect(text).not.toContain('arn:aws:');
    expect(text).toContain(`arn:${partition}:kafka:${region}:${account}:topic/old/`);
    const functions = resources(stack).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    for (const { Properties } of functions)
      expect(JSON.stringify(Properties.Environment ?? {})).not.toMatch(/us-east-1/);
  });
});

describe("cdk-nag on a company's app", () => {
  const context = { ...flags, '@aws-cdk/core:validateAgainstDefaultRules': true };
  const findings = (define: (app: App) => void) => nagFindings(define, context); // the VPC has findings of its own
  const inside = /\/(KafkaProvider|Events|Old)\//;

  test.each<[string, StackProps]>([
    ['without an environment', {}],
    ['in aws', { env: { account, region: 'eu-west-1' } }],
    ['in aws-cn', { env: { account, region: 'cn-north-1' } }],
    ['in aws-us-gov', { env: { account, region: 'us-gov-west-1' } }],
  ])('finds nothing on what the library defines inside: %s', (_, props) => {
    const found = findings((app) => void aPlatform(new Stack(app, 'Platform', props)));
    expect(found.filter((finding) => inside.test(finding))).toEqual([]);
    expect(found).toContainEqual(expect.stringMatching(/AwsSolutions-VPC7/));
  });

  test('finds nothing inside clusters of the three kinds, with all that each can have', () => {
    const found = findings(defineKinds);
    const ours = found.filter((finding) => /\/(KafkaProvider|Standard|Express|Serverless)\//.test(finding));
    // older versions of the CDK do not know AuthorizerLogs; an acknowledgment would hide such findings in the whole app
    expect(ours.filter((finding) => finding !== 'F3002 Kinds/Standard/Resource')).toEqual([]);
    expect(found).toContainEqual(expect.stringMatching(/AwsSolutions-S\d+ Kinds\/Logs/)); // the test's own bucket
  });

  test('finds nothing in a nested stack of a stage', () => {
    const found = findings((app) => {
      const stage = new Stage(app, 'Prod', { env: { account, region: 'eu-west-1' } });
      aPlatform(new NestedStack(new Stack(stage, 'Parent'), 'Platform'));
    });
    expect(found.filter((finding) => inside.test(finding))).toEqual([]);
  });
});

/** The paths of all roles that the library and its app define. */
function rolePaths(): string[] {
  const stack = new Stack(anApp(), 'Platform', { env: { account, region: 'eu-west-1' } });
  aPlatform(stack);
  const roles = stack.node.findAll().filter((one) => one instanceof iam.CfnRole);
  return roles.map(({ node }) => node.path.replace(/\/Resource$/, ''));
}

function hasTag({ Tags: tags }: Readonly<Record<string, unknown>>): boolean {
  return ((tags ?? []) as { Key: string }[]).some(({ Key }) => Key === 'team');
}

/** A cluster of another team, with a topic and a grant. */
function importedIn(stack: Stack, partition: string, region: string): void {
  const clusterArn = `arn:${partition}:kafka:${region}:${account}:cluster/old/11111111-2222-3333-4444-555555555555-1`;
  const old = msk.Cluster.fromClusterArn(stack, 'Old', clusterArn);
  const topic = old.addTopic('audit', { backend: msk.TopicBackend.mskApi() });
  topic.grants.produce(new iam.Role(stack, 'Auditor', { assumedBy: new iam.AccountRootPrincipal() }));
}
