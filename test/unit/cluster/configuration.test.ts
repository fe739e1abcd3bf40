import { RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import { aCluster, aStack, ENVIRONMENT, Match, propertiesOf } from '../../../testkit/stacks';

const CONFIGURATION = 'AWS::MSK::Configuration';

function aConfiguration(props: Partial<msk.ConfigurationProps> = {}) {
  const stack = aStack({ env: ENVIRONMENT });
  const configuration = new msk.Configuration(stack, 'Shared', { serverProperties: {}, ...props });
  return { stack, configuration, template: () => Template.fromStack(stack) };
}

describe('Configuration', () => {
  test('is safe unless told otherwise', () => {
    const { template } = aConfiguration();
    expect(propertiesOf(template(), CONFIGURATION).ServerProperties).toBe(
      'auto.create.topics.enable=false\nunclean.leader.election.enable=false',
    );
  });

  test('writes server properties in the order of their names', () => {
    const { template } = aConfiguration({
      serverProperties: { numPartitions: 6, other: { 'auto.create.topics.enable': 'true' } },
    });
    expect(propertiesOf(template(), CONFIGURATION).ServerProperties).toBe(
      'auto.create.topics.enable=true\nnum.partitions=6\nunclean.leader.election.enable=false',
    );
  });

  test('names no Kafka versions, so that an upgrade does not replace it', () => {
    aConfiguration().template().hasResourceProperties(CONFIGURATION, { KafkaVersionsList: Match.absent() });
  });

  test('has a name that the next deployment of a destroyed stack does not have', () => {
    const { template } = aConfiguration();
    expect(JSON.stringify(propertiesOf(template(), CONFIGURATION).Name)).toMatch(/"Stack-Shared-[^"]*".*AWS::StackId/);
  });

  test('takes a name of its own, a description and a removal policy', () => {
    const { template } = aConfiguration({
      configurationName: 'safe',
      description: 'For all',
      removalPolicy: RemovalPolicy.DESTROY,
    });
    template().hasResource(CONFIGURATION, {
      Properties: { Name: 'safe', Description: 'For all' },
      DeletionPolicy: 'Delete',
    });
  });

  test('can be shared by clusters, which follow its latest revision', () => {
    const { configuration, stack, template } = aConfiguration();
    aCluster({ configuration }, stack);
    template().resourceCountIs(CONFIGURATION, 1);
    template().hasResourceProperties('AWS::MSK::Cluster', {
      ConfigurationInfo: {
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Shared'), 'Arn'] },
        Revision: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Shared'), 'LatestRevision.Revision'] },
      },
    });
  });

  test("is the cluster's own by default, with more server properties by prop", () => {
    const { template } = aCluster({ serverProperties: { numPartitions: 6, other: { 'min.insync.replicas': '1' } } });
    expect(propertiesOf(template(), CONFIGURATION).ServerProperties).toBe(
      'auto.create.topics.enable=false\ndefault.replication.factor=3\nmin.insync.replicas=1\nnum.partitions=6\nunclean.leader.election.enable=false',
    );
  });
});

describe('A configuration that an escape hatch has changed', () => {
  const changed = (text: unknown) => {
    const { configuration, template } = aConfiguration({ serverProperties: { unlisted: { 'new.property': '1' } } });
    (configuration.node.defaultChild as CfnConfiguration).addPropertyOverride('ServerProperties', text);
    return template;
  };

  test('is judged by what is written, and not by an expression', () => {
    expect(changed('num.partitions=0')).toThrow(/'num.partitions' must be .*\[ServerPropertyValue\]/);
    expect(changed('# mine\nno.such = 1')).toThrow(/'no.such' is not a server property.*\[ServerPropertyUnknown\]/);
    expect(changed('num.partitions=1\nnew.property=2')).not.toThrow();
    expect(changed({ Ref: 'AWS::Region' })).not.toThrow();
  });
});
