import type { Stack } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as msk from '../../../lib';
import { allowed, inShort } from '../../../testkit/policies';
import { reaches } from '../../../testkit/reachability';
import { aCluster, logicalIds, Match, propertiesOf } from '../../../testkit/stacks';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_billing-AbCdEf';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const AUTHORITY_ARN =
  'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555';

function aSecret(stack: Stack): secretsmanager.ISecret {
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', KEY_ARN);
  return secretsmanager.Secret.fromSecretAttributes(stack, 'Secret', { secretCompleteArn: SECRET_ARN, encryptionKey });
}

type Props = (cluster: msk.ProvisionedCluster, stack: Stack) => msk.TopicEventSourceProps;

/** A function that reads a topic of a cluster with every authentication method. */
function aReader(props: Props, ...only: msk.ClientAuthentication[]) {
  const authority = (stack: Stack) =>
    acmpca.CertificateAuthority.fromCertificateAuthorityArn(stack, 'Authority', AUTHORITY_ARN);
  const ways = msk.ClientAuthentication;
  const all = [ways.iam(), ways.scram(), ways.tls(authority(aCluster().stack)), ways.unauthenticated()];
  const made = aCluster({ authentication: only.length > 0 ? only : all });
  const fn = new lambda.Function(made.stack, 'Billing', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
  });
  const orders = msk.Topic.fromTopicName(made.stack, 'Orders', made.cluster, 'orders');
  fn.addEventSource(new msk.TopicEventSource(orders, props(made.cluster, made.stack)));
  return made;
}

const scram: Props = (_, stack) => ({ authentication: msk.ClientCredentials.scram(aSecret(stack)) });
const tls: Props = (_, stack) => ({ authentication: msk.ClientCredentials.tls(aSecret(stack)) });
const none: Props = () => ({ authentication: msk.ClientCredentials.unauthenticated() });

const CONTROL_PLANE = 'kafka:DescribeCluster kafka:DescribeClusterV2 kafka:GetBootstrapBrokers on cluster';

describe('TopicEventSource, as a user', () => {
  test.each([
    ['SCRAM', scram, [{ Type: 'SASL_SCRAM_512_AUTH', URI: SECRET_ARN }]],
    ['mutual TLS', tls, [{ Type: 'CLIENT_CERTIFICATE_TLS_AUTH', URI: SECRET_ARN }]],
    ['nobody', none, Match.absent()],
    ['the role', () => ({}), Match.absent()],
  ])('tells Lambda how to come by %s', (_, props: Props, SourceAccessConfigurations) => {
    aReader(props).template().hasResourceProperties(MAPPING, { SourceAccessConfigurations });
  });

  test.each([
    ['SCRAM', scram, ['kafka:ListScramSecrets on cluster']],
    ['mutual TLS', tls, []],
  ])('may read the secret of %s, and nothing of the brokers by IAM', (_, props: Props, more) => {
    const statements = inShort(allowed(aReader(props).template(), 'BillingServiceRole'));
    expect(statements.filter((one) => !one.startsWith('ec2:'))).toEqual([
      `secretsmanager:GetSecretValue on ${SECRET_ARN}`,
      ...more,
      `kms:Decrypt on ${KEY_ARN}`,
      CONTROL_PLANE,
    ]);
  });

  test('writes dead letters as that user', () => {
    const { template } = aReader((cluster, stack) => ({
      ...scram(cluster, stack),
      deadLetterTopic: cluster.addTopic('dead'),
    }));
    template().hasResourceProperties(MAPPING, { DestinationConfig: { OnFailure: { Destination: 'kafka://dead' } } });
    expect(JSON.stringify(allowed(template(), 'BillingServiceRole'))).not.toContain('kafka-cluster:');
  });

  test.each([
    ['SCRAM', scram, [9096]],
    ['mutual TLS', tls, [9094]],
    ['nobody', none, [9092, 9094]],
  ])('reaches the brokers by %s on its own ports', (_, props: Props, ports) => {
    const template = aReader(props).template();
    const { BrokerNodeGroupInfo } = propertiesOf(template, 'AWS::MSK::Cluster') as {
      BrokerNodeGroupInfo: { SecurityGroups: unknown[] };
    };
    const brokers = BrokerNodeGroupInfo.SecurityGroups;
    const open = [9092, 9094, 9096, 9098].filter((port) => reaches(template, brokers, brokers, port));
    expect(open).toEqual(ports);
  });

  test('shares the rules with others: one a port, one to the services', () => {
    const { cluster, stack, template } = aReader(scram);
    const other = new lambda.Function(stack, 'Other', {
      code: lambda.Code.fromInline('exports.handler = () => undefined'),
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
    });
    for (const name of ['clicks', 'visits']) other.addEventSource(new msk.TopicEventSource(cluster.addTopic(name)));
    const rules = ['Ingress', 'Egress'].flatMap((way) => logicalIds(template(), `AWS::EC2::SecurityGroup${way}`));
    expect(rules.filter((id) => id.startsWith('KafkaPollers'))).toHaveLength(5);
  });

  test('needs a way to Secrets Manager too', () => {
    const { stack } = aReader(scram);
    const warning = 'cannot reach lambda, sts and secretsmanager, .*cdk-msk:PollersWithoutWayOut';
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(warning));
  });

  test('is refused where the cluster does not have that way', () => {
    expect(() => aReader(scram, msk.ClientAuthentication.iam())).toThrow(
      /'authentication' is SCRAM, which the cluster does not have enabled; it has IAM \[AuthenticationOff\]/,
    );
    expect(() => aReader(() => ({}), msk.ClientAuthentication.scram())).toThrow(/is IAM, which.*\[AuthenticationOff\]/);
    expect(() => aReader(scram, msk.ClientAuthentication.scram())).not.toThrow();
  });
});
