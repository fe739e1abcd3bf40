import { CfnParameter, type Stack } from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Template } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import { aCluster, anExpressCluster, aStack, aVpc, ENVIRONMENT, Match, propertiesOf } from '../../../testkit/stacks';

const CLUSTER = 'AWS::MSK::Cluster';
const ARN = 'arn:aws:acm-pca:eu-west-1:444455556666:certificate-authority/11111111-2222-3333-4444-555555555555';
const Auth = msk.ClientAuthentication;
const Transit = msk.EncryptionInTransit;
const WAYS = { iam: Auth.iam(), scram: Auth.scram(), tls: Auth.tls(), none: Auth.unauthenticated() };
type Way = keyof typeof WAYS;

/** Every non-empty combination of methods. */
const COMBINATIONS = Array.from({ length: 15 }, (_, index) =>
  (Object.keys(WAYS) as Way[]).filter((_way, bit) => ((index + 1) >> bit) & 1),
);
const clusterWith = (ways: Way[], encryptionInTransit?: msk.EncryptionInTransit) =>
  aCluster({ authentication: ways.map((way) => WAYS[way]), encryptionInTransit });

describe('ClientAuthentication', () => {
  test.each(COMBINATIONS.map((ways) => [ways]))('turns on %p, and off what is not there', (ways) => {
    const on = (way: Way) => ({ Enabled: ways.includes(way) });
    expect(propertiesOf(clusterWith(ways).template(), CLUSTER).ClientAuthentication).toEqual({
      Sasl: { Iam: on('iam'), Scram: on('scram') },
      Tls: on('tls'),
      Unauthenticated: on('none'),
    });
  });

  test('takes certificate authorities of this and of other accounts', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const own = new acmpca.CfnCertificateAuthority(stack, 'Authority', {
      keyAlgorithm: 'RSA_2048',
      signingAlgorithm: 'SHA256WITHRSA',
      type: 'ROOT',
      subject: { commonName: 'clients' },
    });
    const other = acmpca.CertificateAuthority.fromCertificateAuthorityArn(stack, 'Other', ARN);
    aCluster({ authentication: [Auth.tls(own, other)] }, stack)
      .template()
      .hasResourceProperties(CLUSTER, {
        ClientAuthentication: {
          Tls: { Enabled: true, CertificateAuthorityArnList: [{ Ref: 'Authority' }, ARN] },
        },
      });
  });

  test('takes an authority that only the deployment knows', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const arn = new CfnParameter(stack, 'Parameter').valueAsString;
    const authority = acmpca.CertificateAuthority.fromCertificateAuthorityArn(stack, 'Other', arn);
    const { template } = aCluster({ authentication: [Auth.tls(authority)] }, stack);
    template().hasResourceProperties(CLUSTER, {
      ClientAuthentication: { Tls: { CertificateAuthorityArnList: [{ Ref: 'Parameter' }] } },
    });
  });

  test('refuses none at all', () => {
    expect(() => aCluster({ authentication: [] })).toThrow(
      /'authentication' must contain at least one method.*\[AuthenticationEmpty\]/,
    );
  });

  test('is the same on Express brokers, over TLS', () => {
    anExpressCluster({ authentication: [Auth.scram(), Auth.unauthenticated()] })
      .template()
      .hasResourceProperties(CLUSTER, {
        ClientAuthentication: { Sasl: { Iam: { Enabled: false }, Scram: { Enabled: true } } },
        EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
      });
  });
});

describe('EncryptionInTransit', () => {
  const transitOf = (ways: Way[], transit: msk.EncryptionInTransit) =>
    propertiesOf(clusterWith(ways, transit).template(), CLUSTER).EncryptionInfo;

  test.each([
    ['TLS', Transit.tls()],
    ['TLS_PLAINTEXT', Transit.tlsOrPlaintext()],
    ['PLAINTEXT', Transit.plaintext()],
  ])('is %s for clients that need no authentication', (mode, transit) => {
    expect(transitOf(['none'], transit)).toEqual({ EncryptionInTransit: { ClientBroker: mode, InCluster: true } });
  });

  test.each(['tls', 'tlsOrPlaintext', 'plaintext'] as const)(
    'may be off inside the cluster for them, with %s',
    (mode) => {
      expect(transitOf(['none'], Transit[mode]({ inCluster: false }))).toMatchObject({
        EncryptionInTransit: { InCluster: false },
      });
    },
  );

  test('is TLS beside plaintext for certificates, also with unauthenticated clients', () => {
    expect(transitOf(['tls', 'none'], Transit.tlsOrPlaintext())).toMatchObject({
      EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' },
    });
  });

  test.each([
    [
      'iam',
      Transit.tlsOrPlaintext(),
      /EncryptionInTransit.tls\(\) with IAM authentication, got TLS_PLAINTEXT.*\[AuthenticationNeedsTls\]/,
    ],
    ['scram', Transit.tlsOrPlaintext(), /with SCRAM authentication, got TLS_PLAINTEXT/],
    ['iam', Transit.plaintext(), /with IAM authentication, got PLAINTEXT/],
    [
      'tls',
      Transit.plaintext(),
      /tls\(\) or EncryptionInTransit.tlsOrPlaintext\(\) with mutual TLS authentication, got PLAINTEXT/,
    ],
    [
      'iam',
      Transit.tls({ inCluster: false }),
      /'inCluster' to true with IAM authentication, got false.*\[AuthenticationNeedsInCluster\]/,
    ],
    ['scram', Transit.tls({ inCluster: false }), /'inCluster' to true with SCRAM authentication/],
    ['tls', Transit.tlsOrPlaintext({ inCluster: false }), /'inCluster' to true with mutual TLS authentication/],
  ] as const)('refuses %s over less, case %#', (way, transit, message) => {
    expect(() => clusterWith([way, 'none'], transit)).toThrow(message);
  });
});

describe('allowClients', () => {
  const rules = (stack: Stack) =>
    Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress')).map(
      ({ Properties }) => Properties.FromPort as number,
    );
  const clientOf = (stack: Stack) =>
    new ec2.SecurityGroup(stack, 'Client', { vpc: stack.node.findChild('Vpc') as ec2.Vpc });

  test.each([
    [['scram', 'iam'], [9098]],
    [['none', 'tls', 'scram'], [9096]],
    [['none', 'tls'], [9094]],
    [['none'], [9094]],
  ] as [Way[], number[]][])('opens what a cluster with %p has, the safest first', (ways, ports) => {
    const { cluster, stack } = clusterWith(ways);
    cluster.allowClients(clientOf(stack));
    expect(rules(stack)).toEqual(ports);
  });

  test.each([
    ['iam', undefined, [9098]],
    ['scram', undefined, [9096]],
    ['tls', undefined, [9094]],
    ['none', undefined, [9094]],
    ['none', Transit.plaintext(), [9092]],
    ['none', Transit.tlsOrPlaintext(), [9094, 9092]],
  ] as const)('opens the ports of %s when told so, case %#', (way, transit, ports) => {
    const { cluster, stack } = clusterWith(transit ? ['none'] : ['iam', 'scram', 'tls', 'none'], transit);
    cluster.allowClients(clientOf(stack), WAYS[way]);
    expect(rules(stack)).toEqual(ports);
  });

  test('refuses a way that the cluster does not have', () => {
    const { cluster, stack } = clusterWith(['iam']);
    expect(() => cluster.allowClients(clientOf(stack), Auth.scram())).toThrow(
      /'authentication' is SCRAM, which the cluster does not have enabled.*\[AuthenticationOff\]/,
    );
  });

  test('takes any way on a cluster that somebody else made', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const cluster = msk.Cluster.fromClusterAttributes(stack, 'Imported', {
      clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1',
      vpc: aVpc(stack),
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-0123456789abcdef0')],
    });
    cluster.allowClients(clientOf(stack), Auth.scram());
    expect(rules(stack)).toEqual([9096]);
  });

  test('and the default port of the connections agree', () => {
    const { cluster, stack, template } = clusterWith(['scram', 'none']);
    clientOf(stack).connections.allowToDefaultPort(cluster);
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9096, ToPort: Match.anyValue() });
  });
});
