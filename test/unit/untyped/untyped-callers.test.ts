import { Duration, Lazy, Size, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from '../../../lib';
import { aCluster, aStack, aVpc, ENVIRONMENT, Match } from '../../../testkit/stacks';

/** What JavaScript and the jsii languages can do: the types of TypeScript do not hold there. */
const untyped = (value: unknown) => value as never;

const refused = (call: () => unknown, message: string | RegExp) => expect(call).toThrow(message);

describe('A constructor refuses', () => {
  const stack = aStack({ env: ENVIRONMENT });
  const vpc = aVpc(stack);
  const { cluster } = aCluster({ vpc }, stack);
  const topic = (props: object) => new msk.Topic(stack, 'Tried', untyped({ cluster, ...props }));

  test.each<[string, object, RegExp]>([
    [
      'a number in place of a duration',
      { configs: { retention: 5 } },
      /'configs\.retention' must be a Duration, such as Duration\.days\(…\), got 5 \[PropertyType\]/,
    ],
    ['text in place of a switch', { allowDataLoss: 'yes' }, /'allowDataLoss' must be true or false, got 'yes'/],
    ['text in place of a number', { partitionCount: '12' }, /'partitionCount' must be a finite number, got '12'/],
    ['NaN', { partitionCount: NaN }, /'partitionCount' must be a finite number, got NaN/],
    ['infinity', { replicationFactor: Infinity }, /'replicationFactor' must be a finite number, got Infinity/],
    ['null', { topicName: null }, /'topicName' must not be null; leave it out \[PropertyType\]/],
    [
      'a misspelt value of an enum',
      { onExisting: 'adpot' },
      /'onExisting' must be a value of TopicOnExisting, such as TopicOnExisting\.ADOPT, got 'adpot'/,
    ],
    [
      'a number as the value of a config',
      { configs: { other: { 'retention.ms': 1000 } } },
      /'configs\.other\.retention\.ms' must be a string, got 1000/,
    ],
    [
      'a misspelt property',
      { partitonCount: 3 },
      /'partitonCount' is not a property of TopicProps; did you mean 'partitionCount'\? \[PropertyMisspelt\]/,
    ],
    ['the property as another language writes it', { partition_count: 3 }, /did you mean 'partitionCount'\?/],
    [
      'a token object',
      { topicName: Lazy.any({ produce: () => 'x' }) },
      /must be a string \(of a token, use Token\.asString\(…\)\), got a \w+ \[/,
    ],
    ['more than one, all at once', { partitionCount: '1', allowDataLoss: 1 }, /allowDataLoss[^]*partitionCount/],
  ])('%s', (_what, props, message) => refused(() => topic(props), message));

  test('missing props, and names the path that the construct would have', () => {
    refused(
      () => new msk.ExpressCluster(stack, 'Express', untyped(undefined)),
      "Invalid configuration at 'Stack/Express (ExpressCluster)':\n  - 'props' is required; set it to an ExpressClusterProps with 'vpc' [PropertyMissing]",
    );
  });

  test.each<[string, object, RegExp]>([
    [
      'an instance type as text',
      { instanceType: 'kafka.m7g.large' },
      /'instanceType' must be a BrokerInstanceType, such as BrokerInstanceType\.of\(…\), got 'kafka\.m7g\.large'/,
    ],
    [
      'a size as text',
      { storage: '100GB' },
      /'storage' must be a BrokerStorage, such as BrokerStorage\.local\(…\), got '100GB'/,
    ],
    [
      'a size where the storage belongs',
      { storage: Size.gibibytes(100) },
      /'storage' must be a BrokerStorage, .*, got a Size/,
    ],
    [
      'an ID in place of the VPC',
      { vpc: 'vpc-12345678' },
      /'vpc' must be an IVpc, such as new Vpc\(…\), got 'vpc-12345678'/,
    ],
    [
      'a list that is none',
      { authentication: msk.ClientAuthentication.iam() },
      /'authentication' must be a list of ClientAuthentication, got a ClientAuthentication/,
    ],
    [
      'a wrong entry of a list',
      { authentication: ['iam'] },
      /'authentication\[0\]' must be a ClientAuthentication, .* got 'iam'/,
    ],
  ])('a cluster with %s', (_what, props, message) => {
    refused(() => new msk.ProvisionedCluster(stack, 'Other', untyped({ vpc, ...props })), message);
  });

  test.each(['NaN', 'Infinity'])('a threshold of %s', (name) => {
    const thresholds = { DiskFillingUp: Number(name) };
    refused(
      () => new msk.ClusterAlarms(stack, 'Alarms', { cluster, thresholds }),
      /'thresholds\.DiskFillingUp' must be a finite number/,
    );
  });

  test('a scope that is none, and an empty ID', () => {
    refused(
      () => new msk.Topic(untyped(undefined), 'Orders', { cluster }),
      /at 'Topic':\n {2}- 'scope' is required; set it to a Construct/,
    );
    refused(() => new msk.Topic(stack, '', { cluster }), /'id' must not be empty/);
    refused(
      () => new msk.Topic(stack, Token.asString({ Ref: 'X' }), { cluster }),
      /'id' must be known at synthesis, got a token/,
    );
  });
});

describe('A method refuses', () => {
  const { cluster } = aCluster();

  test('a topic name that is missing, and names the construct', () => {
    refused(
      () => cluster.grants.topic(untyped(undefined)),
      /at 'ClusterGrants\.topic':\n {2}- 'topicName' is required; set it to a string/,
    );
    refused(
      () => cluster.addTopic('orders', untyped({ partitionCount: '3' })),
      /at 'Stack\/Events \(ProvisionedCluster\.addTopic\)'/,
    );
  });

  test('a grantee that is none', () => {
    refused(
      () => cluster.grants.connect(untyped('arn:aws:iam::111122223333:role/app')),
      /'grantee' must be an IGrantable/,
    );
  });

  test('a wrong place of a list of arguments', () => {
    refused(
      () => msk.BrokerLogs.all(msk.BrokerLogs.cloudWatch(), untyped('logs')),
      /'places\[1\]' must be a BrokerLogs/,
    );
  });

  test('what an imported cluster is given', () => {
    const imported = msk.Cluster.fromClusterArn(cluster, 'Imported', cluster.clusterArn);
    refused(
      () => imported.addTopic('orders', untyped({ allowDataLoss: 1 })),
      /\(ICluster\.addTopic\)':\n {2}- 'allowDataLoss'/,
    );
  });

  test('a secret in place of one that is wrapped, without showing it', () => {
    const keystore = untyped({ bucket: {}, objectKey: 'x', password: 'hunter2' });
    refused(() => msk.GlueAuthentication.tls(keystore), /'password' must be a SecretValue, .*, got a string/);
  });

  test.each([0, 721])('retries of permissions for %d seconds only up to the time of the function', (seconds) => {
    const add = () => cluster.addTopic(`t${seconds}`, { permissionGracePeriod: Duration.seconds(seconds) });
    if (seconds === 0) add();
    else
      refused(
        add,
        /'permissionGracePeriod' must be a whole number of seconds from 0 to 720, got 721 seconds \[PropertyRange\]/,
      );
  });

  test('text of a form that its property cannot have', () => {
    refused(
      () => cluster.metrics.cpuIdle({ brokerId: 'one' }),
      /'brokerId' must be the number of a broker, such as '1', got "one" \[PropertyText\]/,
    );
    refused(
      () => cluster.metrics.cpuIdle({ period: Duration.seconds(45) }),
      /'period' .* got 45 seconds \[MetricPeriod\]/,
    );
    refused(
      () =>
        new msk.TopicSchema(cluster, 'S', {
          definition: msk.SchemaDefinition.avro('"int"'),
          description: 'x'.repeat(1001),
        }),
      /'description' must not exceed 1,000 characters, got 1001/,
    );
    refused(
      () => cluster.bootstrapBrokers.toParameter({ parameterName: 'kafka/brokers' }),
      /must begin with '\/' .* \[ParameterNameForm\]/,
    );
    refused(() => msk.PrometheusScrape.brokerDomain('localhost'), /\[BrokerDomainForm\]/);
  });
});

describe('An untyped caller may', () => {
  test('hand over tokens, and values of enums as text', () => {
    const { cluster, template } = aCluster();
    const props = { partitionCount: Token.asNumber({ Ref: 'Count' }), onExisting: 'adopt' };
    cluster.addTopic('orders', untyped(props));
    template().hasResourceProperties('Custom::KafkaTopic', { PartitionCount: { Ref: 'Count' }, OnExisting: 'adopt' });
  });

  test('hand over a value that the CDK got after this version of the library', () => {
    const { cluster } = aCluster();
    const source = { startingPosition: lambda.StartingPosition.TRIM_HORIZON };
    expect(() => new msk.TopicEventSource(cluster.addTopic('orders'), source)).not.toThrow();
  });

  test('hand over what no construct knows, with the warning PropertyIgnored', () => {
    const { cluster, stack } = aCluster();
    cluster.addTopic('orders', untyped({ owner: 'checkout' }));
    const message = Match.stringLikeRegexp("'owner' is not a property of TopicOptions and is ignored");
    Annotations.fromStack(stack).hasWarning('/Stack/Events', message);
  });

  test('derive a class whose props have more properties', () => {
    class CompanyCluster extends msk.ProvisionedCluster {}
    const stack = aStack({ env: ENVIRONMENT });
    const props = { vpc: aVpc(stack), team: 'payments' };
    const cluster = new CompanyCluster(stack, 'Events', props);
    expect(cluster).toBeInstanceOf(msk.ProvisionedCluster);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('team'))).toEqual([]);
    Template.fromStack(Stack.of(cluster)).resourceCountIs('AWS::MSK::Cluster', 1);
  });
});
