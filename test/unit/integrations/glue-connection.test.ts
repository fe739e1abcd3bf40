import { CfnParameter, SecretValue, type Stack } from 'aws-cdk-lib';
import { Annotations, type Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import facts from '../../../lib/model/facts/iam.json';
import * as msk from '../../../lib';
import { allowed } from '../../../testkit/policies';
import { reaches, reachesServices } from '../../../testkit/reachability';
import { aBareCluster, aCluster, aStack, aVpc, ENVIRONMENT, Match, propertiesOf } from '../../../testkit/stacks';

const CONNECTION = 'AWS::Glue::Connection';

/** A connection in the stack of the cluster, unless the props name another cluster. */
function aConnection(props: Partial<msk.GlueConnectionProps> = {}, options: Partial<msk.ProvisionedClusterProps> = {}) {
  const made = aCluster(options);
  const connection = new msk.GlueConnection(made.stack, 'Glue', { cluster: made.cluster, ...props });
  return { ...made, connection };
}

interface Place {
  readonly AvailabilityZone: unknown;
  readonly SecurityGroupIdList: unknown[];
  readonly SubnetId: unknown;
}

const inputOf = (template: Template) =>
  (
    propertiesOf(template, CONNECTION) as {
      ConnectionInput: {
        ConnectionProperties: Record<string, unknown>;
        PhysicalConnectionRequirements: Place;
      };
    }
  ).ConnectionInput;
const placeOf = (template: Template) => inputOf(template).PhysicalConnectionRequirements;
const brokersOf = (template: Template) =>
  propertiesOf(template, 'AWS::MSK::Cluster') as {
    BrokerNodeGroupInfo: { ClientSubnets: unknown[]; SecurityGroups: unknown[] };
  };

const all = [msk.ClientAuthentication.iam(), msk.ClientAuthentication.scram(), msk.ClientAuthentication.tls()];
const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_glue-AbCdEf';
const aSecret = (stack: Stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET_ARN);

describe('GlueConnection', () => {
  test('comes by IAM over TLS, from a subnet of the brokers', () => {
    const { template } = aConnection();
    template().hasResourceProperties(CONNECTION, {
      CatalogId: '111122223333',
      ConnectionInput: { ConnectionType: 'KAFKA', Description: Match.absent() },
    });
    expect(inputOf(template()).ConnectionProperties).toEqual({
      KAFKA_BOOTSTRAP_SERVERS: { 'Fn::GetAtt': [expect.stringMatching(/BootstrapBrokers/), 'SaslIam'] },
      KAFKA_SSL_ENABLED: 'true',
      KAFKA_SASL_MECHANISM: 'AWS_MSK_IAM',
    });
    const { ClientSubnets } = brokersOf(template()).BrokerNodeGroupInfo;
    expect(placeOf(template())).toMatchObject({ SubnetId: ClientSubnets[0], AvailabilityZone: 'eu-west-1a' });
  });

  test('has a name that no other stack has', () => {
    const { connection, stack, template } = aConnection({ description: 'Orders' });
    template().hasResourceProperties(CONNECTION, {
      ConnectionInput: { Name: stack.resolve(connection.connectionName), Description: 'Orders' },
    });
    expect(JSON.stringify(stack.resolve(connection.connectionName))).toMatch(/Stack-Glue.*AWS::StackId/);
  });

  test('comes by SCRAM, with the secret by its ARN', () => {
    const { cluster, stack, template } = aCluster({ authentication: all });
    const secret = aSecret(stack);
    new msk.GlueConnection(stack, 'Glue', { cluster, authentication: msk.GlueAuthentication.scram(secret) });
    expect(inputOf(template()).ConnectionProperties).toMatchObject({
      KAFKA_BOOTSTRAP_SERVERS: { 'Fn::GetAtt': [expect.anything(), 'SaslScram'] },
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      KAFKA_SASL_SCRAM_SECRETS_ARN: stack.resolve(secret.secretArn),
    });
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9096 });
  });

  test('comes by a certificate, whose passwords are not in the template', () => {
    const { cluster, stack, template } = aCluster({ authentication: all });
    const keystore = {
      bucket: s3.Bucket.fromBucketName(stack, 'Keys', 'keys'),
      objectKey: 'client.jks',
      password: SecretValue.secretsManager('keystore'),
    };
    new msk.GlueConnection(stack, 'Glue', { cluster, authentication: msk.GlueAuthentication.tls(keystore) });
    const properties = inputOf(template()).ConnectionProperties;
    const password = '{{resolve:secretsmanager:keystore:SecretString:::}}';
    expect(properties).toMatchObject({
      KAFKA_BOOTSTRAP_SERVERS: { 'Fn::GetAtt': [expect.anything(), 'Tls'] },
      KAFKA_CLIENT_KEYSTORE: 's3://keys/client.jks',
      KAFKA_CLIENT_KEYSTORE_PASSWORD: password,
      KAFKA_CLIENT_KEY_PASSWORD: password,
    });
    expect(properties).not.toHaveProperty('KAFKA_SASL_MECHANISM');
  });

  test('takes another password for the private key', () => {
    const { cluster, stack, template } = aCluster({ authentication: all });
    const password = SecretValue.secretsManager('keystore');
    const authentication = msk.GlueAuthentication.tls({
      bucket: s3.Bucket.fromBucketName(stack, 'Keys', 'keys'),
      objectKey: 'client.jks',
      password,
      keyPassword: SecretValue.secretsManager('key'),
    });
    new msk.GlueConnection(stack, 'Glue', { cluster, authentication });
    expect(inputOf(template()).ConnectionProperties.KAFKA_CLIENT_KEY_PASSWORD).toMatch(/secretsmanager:key:/);
  });

  test('comes without authentication, still over TLS', () => {
    const authentication = [msk.ClientAuthentication.unauthenticated()];
    const { template } = aConnection({ authentication: msk.GlueAuthentication.unauthenticated() }, { authentication });
    expect(inputOf(template()).ConnectionProperties).toEqual({
      KAFKA_BOOTSTRAP_SERVERS: { 'Fn::GetAtt': [expect.anything(), 'Tls'] },
      KAFKA_SSL_ENABLED: 'true',
    });
  });

  test('stands where it is told to', () => {
    const { cluster, stack, template } = aCluster();
    const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
    const vpcSubnets = { availabilityZones: ['eu-west-1c'] };
    const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')];
    new msk.GlueConnection(stack, 'Glue', { cluster, vpc, vpcSubnets, securityGroups });
    expect(placeOf(template())).toMatchObject({ AvailabilityZone: 'eu-west-1c', SecurityGroupIdList: ['sg-1'] });
  });
});

describe('The network of a GlueConnection', () => {
  test('lets parts of a job reach each other on every port, the brokers, and what Glue needs', () => {
    const { template } = aConnection();
    const [jobs, brokers] = [
      placeOf(template()).SecurityGroupIdList,
      brokersOf(template()).BrokerNodeGroupInfo.SecurityGroups,
    ];
    for (const port of [1, 9098, 65535]) expect(reaches(template(), jobs, jobs, port)).toBe(true);
    expect(reaches(template(), jobs, brokers, 9098)).toBe(true);
    expect(reachesServices(template(), jobs, 443)).toBe(true);
    expect(reaches(template(), jobs, brokers, 9094)).toBe(false);
    expect(reaches(template(), brokers, jobs, 9098)).toBe(false);
  });

  /** The cluster, and a security group without outbound rules, which a connection may use. */
  function withClosedGroup(define: (stack: Stack, props: msk.GlueConnectionProps) => unknown) {
    const { cluster, stack, template } = aCluster();
    const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
    const group = new ec2.SecurityGroup(stack, 'Closed', { vpc, allowAllOutbound: false });
    define(stack, { cluster, securityGroups: [group] });
    const jobs = [stack.resolve(group.securityGroupId) as unknown];
    return { jobs, template: template(), brokers: brokersOf(template()).BrokerNodeGroupInfo.SecurityGroups };
  }

  test('has the rules also where the group lets nothing out by itself', () => {
    const { brokers, jobs, template } = withClosedGroup((stack, props) => new msk.GlueConnection(stack, 'Glue', props));
    expect(reaches(template, jobs, jobs, 1)).toBe(true);
    expect(reaches(template, jobs, brokers, 9098)).toBe(true);
  });

  test('reaches neither without them', () => {
    const { brokers, jobs, template } = withClosedGroup(() => undefined);
    expect(reaches(template, jobs, jobs, 1)).toBe(false);
    expect(reaches(template, jobs, brokers, 9098)).toBe(false);
  });

  const warned = Match.stringLikeRegexp('cannot reach S3.*cdk-msk:GlueWithoutS3');

  test('is warned of when the subnet has no way to S3', () => {
    Annotations.fromStack(aConnection().stack).hasWarning('*', warned);
  });

  test('is warned of in a public subnet, since jobs have no public address', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const { cluster } = aCluster({ vpc: new ec2.Vpc(stack, 'V', { availabilityZones: ['a', 'b', 'c'] }) }, stack);
    const vpcSubnets = { subnetType: ec2.SubnetType.PUBLIC };
    new msk.GlueConnection(stack, 'Glue', { cluster, vpcSubnets });
    Annotations.fromStack(stack).hasWarning('*', warned);
  });

  test('is not warned of with an endpoint, also one that comes later, nor with NAT', () => {
    const { stack } = aConnection();
    const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
    vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    Annotations.fromStack(stack).hasNoWarning('*', warned);
    const other = aStack({ env: ENVIRONMENT });
    const { cluster } = aCluster({ vpc: new ec2.Vpc(other, 'V', { availabilityZones: ['a', 'b', 'c'] }) }, other);
    new msk.GlueConnection(other, 'Glue', { cluster });
    Annotations.fromStack(other).hasNoWarning('*', warned);
  });
});

describe('GlueConnection.grantJob', () => {
  const aJob = (stack: Stack) =>
    new iam.Role(stack, 'Job', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });

  /** The statements as written, since ARNs of Glue are expressions. */
  function statementsOf(template: Template): { Action: string | string[]; Resource: unknown }[] {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    return policies.find(([id]) => id.startsWith('Job'))![1].Properties.PolicyDocument.Statement;
  }

  test('lets a job read this connection, and nothing else', () => {
    const { connection, stack, template } = aConnection();
    connection.grantJob(aJob(stack));
    const [{ Action, Resource }, ...others] = statementsOf(template());
    expect([Action].flat()).toEqual(facts.consumers.glueConnection);
    expect(JSON.stringify(Resource)).toMatch(/:catalog".*connection\/.*Stack-Glue/);
    expect(others).toEqual([]);
  });

  test('lets it read the secret', () => {
    const { cluster, stack, template } = aCluster({ authentication: all });
    const authentication = msk.GlueAuthentication.scram(aSecret(stack));
    new msk.GlueConnection(stack, 'Glue', { cluster, authentication }).grantJob(aJob(stack));
    expect(allowed(template(), 'Job').flatMap(({ actions }) => actions)).toContain('secretsmanager:GetSecretValue');
  });

  test('lets it read the keystore only', () => {
    const { cluster, stack, template } = aCluster({ authentication: all });
    const bucket = s3.Bucket.fromBucketName(stack, 'Keys', 'keys');
    const password = SecretValue.secretsManager('keystore');
    const authentication = msk.GlueAuthentication.tls({ bucket, objectKey: 'client.jks', password });
    new msk.GlueConnection(stack, 'Glue', { cluster, authentication }).grantJob(aJob(stack));
    const policy = JSON.stringify(statementsOf(template()));
    expect(policy).toMatch(/s3:::keys\/client\.jks/);
    expect(policy).not.toMatch(/keys\/\*/);
  });
});

describe('GlueConnection refuses', () => {
  test('plain text', () => {
    const authentication = [msk.ClientAuthentication.unauthenticated()];
    const options = { authentication, encryptionInTransit: msk.EncryptionInTransit.plaintext() };
    expect(() => aConnection({ authentication: msk.GlueAuthentication.unauthenticated() }, options)).toThrow(
      /\[GluePlaintext\]/,
    );
    const both = { authentication, encryptionInTransit: msk.EncryptionInTransit.tlsOrPlaintext() };
    expect(() => aConnection({ authentication: msk.GlueAuthentication.unauthenticated() }, both)).not.toThrow();
  });

  test('a way in that the cluster does not have', () => {
    expect(() => aConnection({ authentication: msk.GlueAuthentication.unauthenticated() })).toThrow(
      /\[AuthenticationOff\]/,
    );
  });

  test('a bare reference, until it is told the network', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const cluster = aBareCluster(stack);
    expect(() => new msk.GlueConnection(stack, 'Glue', { cluster })).toThrow(/\[ClientsWithoutNetwork\]/);
    const groupId = new CfnParameter(stack, 'Group').valueAsString;
    const clusterSecurityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Theirs', groupId)];
    expect(
      () => new msk.GlueConnection(stack, 'Told', { cluster, vpc: aVpc(stack), clusterSecurityGroups }),
    ).not.toThrow();
  });
});
