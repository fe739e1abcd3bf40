import type { Stack } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as msk from '../../../lib';
import { allowed } from '../../../testkit/policies';
import { aCluster, Match } from '../../../testkit/stacks';

const { Secret } = secretsmanager;
const PARTIAL = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_admin';
const COMPLETE = `${PARTIAL}-AbCdEf`;
const keyOf = (stack: Stack) =>
  kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555');

type Import = (stack: Stack) => secretsmanager.ISecret;
const BY_NAME: [string, Import][] = [
  ['by name', (stack) => Secret.fromSecretNameV2(stack, 'User', 'AmazonMSK_admin')],
  ['by a partial ARN', (stack) => Secret.fromSecretPartialArn(stack, 'User', PARTIAL)],
];
const WITH_ALL: [string, Import][] = [
  ['by its complete ARN', (stack) => Secret.fromSecretCompleteArn(stack, 'User', COMPLETE)],
  ['with its key', (stack) => new Secret(stack, 'User', { encryptionKey: keyOf(stack) })],
];

const Auth = msk.ClientAuthentication;
const aClusterForAll = () => aCluster({ authentication: [Auth.scram(), Auth.tls()] });

/** A topic that is managed with a secret. */
function aTopicWith(secretOf: Import, way: 'scram' | 'tls' = 'scram') {
  const made = aClusterForAll();
  const authentication = msk.ClientCredentials[way](secretOf(made.stack));
  made.cluster.addTopic('orders', { backend: msk.TopicBackend.dataPlane({ authentication }) });
  return made;
}

function anEventSourceWith(secretOf: Import): void {
  const { cluster, stack } = aClusterForAll();
  const fn = new lambda.Function(stack, 'Billing', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
  });
  const authentication = msk.ClientCredentials.scram(secretOf(stack));
  const topic = msk.Topic.fromTopicName(stack, 'Orders', cluster, 'orders');
  fn.addEventSource(new msk.TopicEventSource(topic, { authentication }));
}

function aConnectionWith(secretOf: Import): void {
  const { cluster, stack } = aClusterForAll();
  const authentication = msk.GlueAuthentication.scram(secretOf(stack));
  new msk.GlueConnection(stack, 'Glue', { cluster, authentication });
}

const WARNING = 'only secrets with a customer managed key.*cdk-msk:ScramSecretKey';

describe('A secret that was imported without the end of its ARN', () => {
  test.each(BY_NAME)('is matched with six more characters in policies, %s', (_, secretOf) => {
    const statements = allowed(aTopicWith(secretOf).template(), 'KafkaProviderDispatcher');
    const { resources } = statements.find(({ actions }) => actions.includes('secretsmanager:GetSecretValue'))!;
    expect(resources).toEqual([expect.stringMatching(/:secret:AmazonMSK_admin-\?{6}$/)]);
  });

  test.each(BY_NAME)('is refused where a service looks the ARN up, %s', (_, secretOf) => {
    for (const use of [anEventSourceWith, aConnectionWith])
      expect(() => use(secretOf)).toThrow(/Stack\/User.*Secret\.fromSecretCompleteArn.*\[SecretArnPartial\]/s);
  });

  test.each(WITH_ALL)('is not meant by a secret %s', (_, secretOf) => {
    for (const use of [anEventSourceWith, aConnectionWith]) expect(() => use(secretOf)).not.toThrow();
    expect(JSON.stringify(aTopicWith(secretOf).template())).not.toContain('??????');
  });
});

describe('The key of a secret', () => {
  test.each<[string, Import]>([
    ...BY_NAME,
    ['by its complete ARN', WITH_ALL[0][1]],
    ['with the default key', (stack) => new Secret(stack, 'User')],
  ])('is missed when it is not known, %s', (_, secretOf) => {
    const { stack } = aTopicWith(secretOf);
    Annotations.fromStack(stack).hasWarning('/Stack/User', Match.stringLikeRegexp(WARNING));
  });

  test.each<[string, Import]>([
    WITH_ALL[1],
    [
      'by attributes with the key',
      (stack) =>
        Secret.fromSecretAttributes(stack, 'User', { secretCompleteArn: COMPLETE, encryptionKey: keyOf(stack) }),
    ],
  ])('is known of a secret %s', (_, secretOf) => {
    const { stack } = aTopicWith(secretOf);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('ScramSecretKey'));
  });

  test('may be the default one for a certificate', () => {
    const { stack } = aTopicWith((scope) => new Secret(scope, 'User'), 'tls');
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('ScramSecretKey'));
  });
});
