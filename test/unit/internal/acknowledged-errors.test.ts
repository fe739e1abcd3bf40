import { App, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import { AGING } from '../../../lib/model/rules/catalog';
import { aCluster, anExpressCluster, aStack, ENVIRONMENT } from '../../../testkit/stacks';

const NEW = { kafkaVersion: msk.KafkaVersion.V4_1_X_KRAFT };

/** A stack of an app whose context acknowledges errors. */
const knowing = (...ids: string[]): Stack =>
  aStack({ app: new App({ context: { 'cdk-msk:acknowledge': ids }, analyticsReporting: false }), env: ENVIRONMENT });

describe('An error by a table that ages', () => {
  test('says how to acknowledge it', () => {
    expect(() => anExpressCluster(NEW)).toThrow(
      /KafkaVersionOfOtherKind\]\nIf AWS has changed this since, set the context 'cdk-msk:acknowledge' to \["KafkaVersionOfOtherKind"\]\.$/,
    );
  });

  test('is a warning once it is acknowledged', () => {
    const stack = knowing('KafkaVersionOfOtherKind');
    const { template } = anExpressCluster(NEW, stack);
    template().hasResourceProperties('AWS::MSK::Cluster', { KafkaVersion: '4.1.x.kraft' });
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('4.1.x.kraft is not available for Express'));
  });

  test('can be acknowledged below a construct', () => {
    const stack = knowing();
    stack.node.setContext('cdk-msk:acknowledge', 'KafkaVersionOfOtherKind');
    expect(() => anExpressCluster(NEW, stack)).not.toThrow();
  });

  test('stays an error beside another one that is acknowledged', () => {
    expect(() => anExpressCluster(NEW, knowing('TieredStorageVersion'))).toThrow(/KafkaVersionOfOtherKind/);
  });
});

test('No other error can be acknowledged', () => {
  expect(AGING.has('BrokersPerAzRange')).toBe(false);
  expect(() => aCluster({ brokersPerAz: 0 }, knowing('BrokersPerAzRange'))).toThrow(
    /:\n {2}- 'brokersPerAz' must be .* got 0 \[BrokersPerAzRange\]$/,
  );
});
