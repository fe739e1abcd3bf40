import { CfnOutput, CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { parse } from 'yaml';
import * as msk from '../../../lib';
import { aCluster, aStack, aVpc } from '../../../testkit/stacks';

const DOMAIN = 'events.abc123.c2.kafka.eu-west-1.amazonaws.com';
const BROKERS = `b-2.${DOMAIN}:9098,b-3.${DOMAIN}:9098,b-1.${DOMAIN}:9098`;

interface Configuration {
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly scrape_interval: string;
    readonly static_configs: readonly { readonly targets: readonly string[] }[];
  }[];
}

/** Resolves intrinsic functions as CloudFormation does, with the same known value for every reference. */
function deployed(value: unknown, known: string): string | string[] {
  if (typeof value === 'string') return value;
  const [[name, argument]] = Object.entries(value as Record<string, unknown[]>);
  const text = (one: unknown) => deployed(one, known) as string;
  if (name === 'Fn::Join') return (argument[1] as unknown[]).map(text).join(argument[0] as string);
  if (name === 'Fn::Split') return text(argument[1]).split(argument[0] as string);
  if (name === 'Fn::Select') return (deployed(argument[1], known) as string[])[Number(argument[0])];
  return known;
}

function targetsOf(text: string): Record<string, readonly string[]> {
  const { scrape_configs } = parse(text) as Configuration;
  return Object.fromEntries(scrape_configs.map((job) => [job.job_name, job.static_configs[0].targets]));
}

const ports = (port: number, brokers = [1, 2, 3]) => brokers.map((broker) => `b-${broker}.${DOMAIN}:${port}`);

describe('The scrape configuration of a cluster', () => {
  const { JMX, ALL } = msk.OpenMonitoring;
  /** The scrape configuration as a stack output, after the deployment. */
  const scrape = (props: Partial<msk.ProvisionedClusterProps>, options?: msk.PrometheusScrapeOptions): string => {
    const { cluster, stack } = aCluster(props);
    const output = new CfnOutput(stack, 'Scrape', { value: cluster.prometheusScrape(options) });
    return deployed(stack.resolve(output.value), BROKERS) as string;
  };

  test('names all brokers, of which MSK tells three', () => {
    const jobs = targetsOf(scrape({ openMonitoring: ALL, brokersPerAz: 2 }));
    const brokers = [1, 2, 3, 4, 5, 6];
    expect(jobs).toEqual({ 'msk-jmx': ports(11001, brokers), 'msk-node': ports(11002, brokers) });
  });

  test('names the brokers that are left, where some have been removed', () => {
    const brokerIds = [1, 2, 3, 7, 8, 9];
    expect(targetsOf(scrape({ openMonitoring: JMX }, { brokerIds }))).toEqual({ 'msk-jmx': ports(11001, brokerIds) });
    expect(
      targetsOf(msk.PrometheusScrape.configuration({ brokerDomain: DOMAIN, brokerIds, openMonitoring: JMX })),
    ).toEqual({ 'msk-jmx': ports(11001, brokerIds) });
  });

  test.each([[[]], [[0]], [[1, 1]], [[1.5]], [[Token.asNumber({ Ref: 'Id' })]]])(
    'refuses the broker IDs %j',
    (brokerIds) => {
      expect(() => scrape({ openMonitoring: ALL }, { brokerIds })).toThrow(/'brokerIds' must contain .*\[BrokerIds\]/);
    },
  );

  test('refuses neither IDs nor a number of brokers, and a number that is a token', () => {
    const scraped = (numberOfBrokerNodes?: number) => () =>
      msk.PrometheusScrape.configuration({ brokerDomain: DOMAIN, numberOfBrokerNodes });
    expect(scraped(1)).not.toThrow();
    for (const wrong of [undefined, 0, Token.asNumber({ Ref: 'Count' })])
      expect(scraped(wrong)).toThrow(/'numberOfBrokerNodes' must be .* got (none|0|a token); .*\[BrokerIds\]/);
  });

  test('has only what the brokers offer', () => {
    expect(targetsOf(scrape({ openMonitoring: JMX }))).toEqual({ 'msk-jmx': ports(11001) });
  });

  test('asks every minute, or as often as is said', () => {
    const [{ scrape_interval }] = (parse(scrape({ openMonitoring: ALL })) as Configuration).scrape_configs;
    const often = parse(scrape({ openMonitoring: ALL }, { intervalSeconds: 15 })) as Configuration;
    expect([scrape_interval, often.scrape_configs[0].scrape_interval]).toEqual(['60s', '15s']);
  });

  test.each([
    ['SaslScram', { authentication: [msk.ClientAuthentication.scram()] }],
    ['SaslIam', { authentication: [msk.ClientAuthentication.scram(), msk.ClientAuthentication.iam()] }],
    ['Tls', { authentication: [msk.ClientAuthentication.unauthenticated()] }],
  ])('reads the addresses that the cluster has: %s', (list, props) => {
    const { cluster, template } = aCluster({ openMonitoring: ALL, ...props });
    cluster.prometheusScrape();
    template().hasResourceProperties('Custom::KafkaBootstrapBrokers', { Lists: [list] });
  });

  test('is refused when brokers offer nothing', () => {
    expect(() => aCluster().cluster.prometheusScrape()).toThrow(/\[OpenMonitoringOff\]/);
  });
});

describe('PrometheusScrape', () => {
  test('writes the configuration for a cluster that is known by its domain', () => {
    const text = msk.PrometheusScrape.configuration({ brokerDomain: DOMAIN, numberOfBrokerNodes: 2 });
    expect(targetsOf(text)).toEqual({ 'msk-jmx': ports(11001, [1, 2]), 'msk-node': ports(11002, [1, 2]) });
  });

  test('takes the domain out of addresses that are known', () => {
    expect(new Stack().resolve(msk.PrometheusScrape.brokerDomain(BROKERS))).toBe(DOMAIN);
  });

  test.each([DOMAIN, 'tmssandbox.1pyj69.c12.kafka.cn-north-1.amazonaws.com.cn'])(
    'takes the domain out of addresses that come at deployment: %s',
    (domain) => {
      const stack = aStack();
      const parameter = new CfnParameter(stack, 'Brokers').valueAsString;
      const value = stack.resolve(Fn.join('', [msk.PrometheusScrape.brokerDomain(parameter)]));
      expect(deployed(value, `b-10.${domain}:9096,b-2.${domain}:9096`)).toBe(domain);
    },
  );

  test('lets a server reach both ports', () => {
    const stack = aStack();
    const vpc = aVpc(stack);
    const [brokers, server] = ['Brokers', 'Server'].map((id) => new ec2.SecurityGroup(stack, id, { vpc }));
    msk.PrometheusScrape.allow(brokers, server);
    const rule = (port: number) => ({ FromPort: port, ToPort: port, IpProtocol: 'tcp' });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', rule(11001));
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', rule(11002));
  });
});
