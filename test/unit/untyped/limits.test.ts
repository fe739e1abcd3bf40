import { Duration, Fn } from 'aws-cdk-lib';
import * as msk from '../../../lib';
import { aCluster } from '../../../testkit/stacks';

describe('A metric', () => {
  const { metrics } = aCluster({ monitoringLevel: msk.MonitoringLevel.PER_TOPIC_PER_PARTITION }).cluster;
  const lagOf = (consumerGroup: string) => () => metrics.sumOffsetLag({ consumerGroup, topicName: 'orders' });
  const per = (seconds: number) => () => metrics.cpuIdle({ period: Duration.seconds(seconds) });

  test.each([1, 255])('takes a consumer group of %d characters', (length) => {
    expect(lagOf('g'.repeat(length))).not.toThrow();
  });

  test('refuses a consumer group of 256 characters', () => {
    expect(lagOf('g'.repeat(256))).toThrow(
      /must have 1 to 255 characters, got 256 \[MetricDimensionLength\]|PropertyText/,
    );
  });

  test.each([1, 30, 60, 300, 86_400])('takes a period of %d seconds', (seconds) => expect(per(seconds)).not.toThrow());

  test.each([0, 2, 45, 90])('refuses a period of %d seconds', (seconds) => {
    expect(per(seconds)).toThrow(/\[MetricPeriod\]/);
  });

  test.each(['p99', 'Maximum', 'TM(10%:90%)', 'avg'])('takes the statistic %s', (statistic) => {
    expect(() => metrics.cpuIdle({ brokerId: '1', statistic })).not.toThrow();
  });

  test('refuses a statistic that CloudWatch does not have', () => {
    expect(() => metrics.cpuIdle({ brokerId: '1', statistic: 'worst' })).toThrow(
      /a statistic of CloudWatch.*\[PropertyText\]/,
    );
  });
});

describe('The name of a parameter', () => {
  const name = (parameterName: string) => () => aCluster().cluster.bootstrapBrokers.toParameter({ parameterName });
  const levels = (count: number) => '/x'.repeat(count);

  test.each(['brokers', '/kafka/events/brokers', levels(15), 'x'.repeat(1011)])('may be %.40s', (text) =>
    expect(name(text)).not.toThrow(),
  );

  test('is refused if it is a token, since its ARN would be unknown', () =>
    expect(name(Fn.ref('AWS::StackName'))).toThrow(
      /must be known at synthesis, got a token; .* \[ParameterNameForm\]/,
    ));

  test.each(['', 'a b', 'kafka/brokers', '/kafka/', '/kafka//x', levels(16), 'x'.repeat(1012), 'aws-x', '/ssm/x'])(
    'is refused if it is %.40j',
    (text) => expect(name(text)).toThrow(/\[ParameterNameForm\]/),
  );
});

describe('The configuration of Prometheus', () => {
  const brokerDomain = 'events.abc123.c2.kafka.eu-west-1.amazonaws.com';
  const configuration = (props: Partial<msk.PrometheusScrapeProps>) => () =>
    msk.PrometheusScrape.configuration({ brokerDomain, numberOfBrokerNodes: 3, ...props });

  test.each([1, 1000])('takes %d brokers', (numberOfBrokerNodes) => {
    expect(configuration({ numberOfBrokerNodes })).not.toThrow();
  });

  test.each([0, 1.5, 1001, 1e9])('refuses %d brokers', (numberOfBrokerNodes) => {
    expect(configuration({ numberOfBrokerNodes })).toThrow(/from 1 to 1,000 .*, got .*\[BrokerIds\]/);
  });

  test('refuses an interval of less than a second, and a domain that is none', () => {
    expect(configuration({ intervalSeconds: 0.5 })).toThrow(/'intervalSeconds' .* \[PrometheusScrapeRange\]/);
    expect(configuration({ brokerDomain: 'events' })).toThrow(
      /'brokerDomain' must be a domain .* \[BrokerDomainForm\]/,
    );
  });

  test('takes tokens', () => expect(configuration({ brokerDomain: Fn.ref('Domain') })).not.toThrow());
});

describe('A schema', () => {
  test('refuses a file that cannot be read, and names the folder in which it looked', () => {
    expect(() => msk.SchemaDefinition.avroFile('missing.avsc')).toThrow(
      `got 'missing.avsc' in ${process.cwd()} (ENOENT) [SchemaFile]`,
    );
  });
});
