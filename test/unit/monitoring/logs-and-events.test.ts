import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as msk from '../../../lib';
import { aCluster, aStack, aVpc, Match } from '../../support/stacks';

describe('BrokerLogAlarms', () => {
  const stack = aStack();
  const logGroup = new logs.LogGroup(stack, 'Brokers');
  new msk.BrokerLogAlarms(stack, 'Logs', { clusterName: 'events', logGroup });
  const template = Template.fromStack(stack);

  test.each([
    ['IsrShrinks', '"Shrinking ISR from"', 20],
    ['AuthenticationFailures', '?"Failed authentication with" ?"failed authentication"', 10],
    ['AuthorizerDenials', Match.stringLikeRegexp('^\\?"is Denied Operation"'), 10],
  ])('count %s in the lines of the brokers', (id, FilterPattern, Threshold) => {
    const MetricName = `${id}-events`;
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern,
      LogGroupName: { Ref: Match.stringLikeRegexp('^Brokers') },
      MetricTransformations: [{ DefaultValue: 0, MetricName, MetricNamespace: 'cdk-msk', MetricValue: '1' }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...{ MetricName, Namespace: 'cdk-msk', Statistic: 'Sum', Period: 300, Threshold },
      TreatMissingData: 'notBreaching',
    });
  });

  test('have a query for each, to look further', () => {
    template.resourceCountIs('AWS::Logs::QueryDefinition', 3);
    template.hasResourceProperties('AWS::Logs::QueryDefinition', {
      Name: 'cdk-msk/events/IsrShrinks',
      QueryString: Match.stringLikeRegexp('filter @message like "Shrinking ISR from"'),
    });
  });
});

describe('ClusterEvents', () => {
  test('tell what MSK and AWS Health say', () => {
    const { cluster, stack, template } = aCluster({ alarms: false });
    const target = new targets.SnsTopic(new sns.Topic(stack, 'Pager'));
    new msk.ClusterEvents(stack, 'News', { cluster, targets: [target] });
    const Targets = [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^Pager') } })];
    template().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.kafka'],
        resources: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Events'), 'Arn'] }],
      },
      Targets,
    });
    template().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['aws.health'], detail: { service: ['KAFKA'] } },
      Targets,
    });
  });
});

describe('PrometheusScrape', () => {
  test('names each broker and port', () => {
    const text = msk.PrometheusScrape.configuration({ brokerDomain: 'events.example', numberOfBrokerNodes: 2 });
    expect(text.split('\n')).toEqual([
      'scrape_configs:',
      '  - job_name: msk-jmx',
      '    scrape_interval: 60s',
      '    static_configs:',
      '      - targets:',
      "          - 'b-1.events.example:11001'",
      "          - 'b-2.events.example:11001'",
      '  - job_name: msk-node',
      '    scrape_interval: 60s',
      '    static_configs:',
      '      - targets:',
      "          - 'b-1.events.example:11002'",
      "          - 'b-2.events.example:11002'",
      '',
    ]);
  });

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
