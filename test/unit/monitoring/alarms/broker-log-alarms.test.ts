import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as msk from '../../../../lib';
import { aStack, Match } from '../../../../testkit/stacks';

describe('BrokerLogAlarms', () => {
  const stack = aStack();
  const logGroup = new logs.LogGroup(stack, 'Brokers');
  new msk.BrokerLogAlarms(stack, 'Logs', { clusterName: 'events', logGroup });
  const template = Template.fromStack(stack);

  test.each([
    ['IsrShrinks', '"Shrinking ISR from"', 20],
    [
      'AuthenticationFailures',
      '?"Failed authentication with" ?"Failed re-authentication with" ?"failed authentication"',
      10,
    ],
    ['AuthorizerDenials', Match.stringLikeRegexp('^\\?"is Denied" '), 10],
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
