import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from '../../../lib';
import { aCluster, Match } from '../../../testkit/stacks';

const BROKERS = 'b-1:9098,b-2:9098';
const iam = msk.ClientConfiguration.iam(BROKERS);

describe('ClientConfiguration.iam', () => {
  test('has what the Java client takes with the library of AWS', () => {
    expect(iam.java.text).toBe(
      [
        'bootstrap.servers=b-1:9098,b-2:9098',
        'security.protocol=SASL_SSL',
        'sasl.mechanism=AWS_MSK_IAM',
        'sasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;',
        'sasl.client.callback.handler.class=software.amazon.msk.auth.iam.IAMClientCallbackHandler',
        '',
      ].join('\n'),
    );
  });

  test('has what librdkafka takes', () => {
    expect(iam.librdkafka.values).toEqual({
      'bootstrap.servers': BROKERS,
      'security.protocol': 'SASL_SSL',
      'sasl.mechanisms': 'OAUTHBEARER',
    });
  });

  test('has what kafkajs takes', () => {
    expect(JSON.parse(iam.kafkaJs.text)).toEqual({
      brokers: ['b-1:9098', 'b-2:9098'],
      ssl: true,
      mechanism: 'oauthbearer',
    });
  });

  test('has what kafka-python takes', () => {
    expect(JSON.parse(iam.python.text)).toEqual({
      bootstrap_servers: BROKERS,
      security_protocol: 'SASL_SSL',
      sasl_mechanism: 'OAUTHBEARER',
    });
  });
});

describe('ClientConfiguration', () => {
  test.each([
    ['scram', msk.ClientConfiguration.scram(BROKERS), ['SASL_SSL', 'SCRAM-SHA-512']],
    ['tls', msk.ClientConfiguration.tls(BROKERS), ['SSL', undefined]],
  ])(
    'has protocol and mechanism of %s for each library',
    (_, { java, librdkafka, kafkaJs, python }, [protocol, way]) => {
      expect([java.values['security.protocol'], java.values['sasl.mechanism']]).toEqual([protocol, way]);
      expect([librdkafka.values['security.protocol'], librdkafka.values['sasl.mechanisms']]).toEqual([protocol, way]);
      expect([python.values.security_protocol, python.values.sasl_mechanism]).toEqual([protocol, way]);
      expect([kafkaJs.values.ssl, kafkaJs.values.mechanism]).toEqual(['true', way?.toLowerCase()]);
    },
  );

  test('is an environment', () => {
    expect(iam.librdkafka.environment).toEqual({
      KAFKA_BOOTSTRAP_SERVERS: BROKERS,
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      KAFKA_SASL_MECHANISMS: 'OAUTHBEARER',
    });
  });
});

describe('The client configuration of a cluster', () => {
  const SASL_IAM = { 'Fn::GetAtt': [Match.stringLikeRegexp('^EventsBootstrapBrokers'), 'SaslIam'] };

  test('sets the environment of a function', () => {
    const { cluster, stack, template } = aCluster();
    const code = lambda.Code.fromInline('exports.handler = () => undefined');
    const runtime = lambda.Runtime.NODEJS_24_X;
    cluster
      .clientConfiguration()
      .python.addToFunction(new lambda.Function(stack, 'Fn', { code, runtime, handler: 'i.h' }));
    template().hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({ KAFKA_BOOTSTRAP_SERVERS: SASL_IAM, KAFKA_SASL_MECHANISM: 'OAUTHBEARER' }),
      },
    });
  });

  test('is kept in Parameter Store', () => {
    const { cluster, stack, template } = aCluster();
    cluster.clientConfiguration().java.toParameter(stack, 'Java', { parameterName: '/kafka/java' });
    template().hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/kafka/java',
      Value: {
        'Fn::Join': ['', ['bootstrap.servers=', SASL_IAM, Match.stringLikeRegexp('^\nsecurity.protocol=SASL_SSL\n')]],
      },
    });
  });

  test.each([
    ['iam', msk.ClientAuthentication.iam(), 'SaslIam', 'SASL_SSL'],
    ['scram', msk.ClientAuthentication.scram(), 'SaslScram', 'SASL_SSL'],
    ['none', msk.ClientAuthentication.unauthenticated(), 'Tls', 'SSL'],
  ])('is for clients by %s', (_, authentication, list, protocol) => {
    const ways = [
      msk.ClientAuthentication.iam(),
      msk.ClientAuthentication.scram(),
      msk.ClientAuthentication.unauthenticated(),
    ];
    const { cluster, stack } = aCluster({ authentication: ways });
    const { values } = cluster.clientConfiguration(authentication).librdkafka;
    expect(JSON.stringify(stack.resolve(values['bootstrap.servers']))).toContain(`"${list}"`);
    expect(values['security.protocol']).toBe(protocol);
  });

  test('is for clients in plain text where the cluster has nothing else', () => {
    const { cluster } = aCluster({
      authentication: [msk.ClientAuthentication.unauthenticated()],
      encryptionInTransit: msk.EncryptionInTransit.plaintext(),
    });
    const { kafkaJs, librdkafka } = cluster.clientConfiguration();
    expect([kafkaJs.values.ssl, librdkafka.values['security.protocol']]).toEqual(['false', 'PLAINTEXT']);
  });

  test('is refused for a way that the cluster does not have', () => {
    const { cluster } = aCluster();
    expect(() => cluster.clientConfiguration(msk.ClientAuthentication.scram())).toThrow(/\[AuthenticationOff\]/);
  });

  test('makes a list of addresses that are not known yet', () => {
    const { cluster, stack } = aCluster();
    const text = JSON.stringify(stack.resolve(cluster.clientConfiguration().kafkaJs.text));
    expect(text).toMatch(/"Fn::Join":\["\\",\\"",\{"Fn::Split":\[",",\{"Fn::GetAtt"/);
  });
});
