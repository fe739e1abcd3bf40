import { CfnParameter } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as msk from '../../../lib';
import { allowed, inShort } from '../../../testkit/policies';
import { aCluster } from '../../../testkit/stacks';

const TOPIC = 'Custom::KafkaTopic';
const backend = (topicNamePrefix?: string) => msk.TopicBackend.dataPlane({ topicNamePrefix });

/** Topics on one cluster, each with the prefix of its backend. */
function topicsWith(topics: Record<string, string | undefined>): Template {
  const { cluster, template } = aCluster();
  for (const [name, prefix] of Object.entries(topics)) cluster.addTopic(name, { backend: backend(prefix) });
  return template();
}

/** The resources of topics in the policies of all workers. */
const topicsOf = (template: Template) =>
  inShort(allowed(template, 'KafkaProviderWorker'))
    .filter((line) => line.includes('DeleteTopic'))
    .map((line) => line.replace(/^.* on /, ''));

const workersOf = (template: Template) =>
  Object.values(template.findResources(TOPIC)).map(({ Properties }) => Properties.Worker as unknown);

describe('A topicNamePrefix', () => {
  test('limits the policy of the function to topics with it', () => {
    const template = topicsWith({ 'orders.paid': 'orders.', 'orders.sent': 'orders.' });
    expect(topicsOf(template)).toEqual(['topic/orders.*']);
    expect(new Set(workersOf(template).map((worker) => JSON.stringify(worker))).size).toBe(1);
  });

  test('has a function of its own, so that the policy of no other function changes with it', () => {
    const before = topicsWith({ payments: undefined });
    const after = topicsWith({ payments: undefined, 'orders.paid': 'orders.', 'orders.eu.paid': 'orders.eu.' });
    expect(topicsOf(after).sort()).toEqual(['topic/*', 'topic/orders.*', 'topic/orders.eu.*']);
    const [worker] = workersOf(before);
    expect(workersOf(after).filter((one) => JSON.stringify(one) === JSON.stringify(worker))).toHaveLength(1);
  });

  test('is kept by the role until the last topic is deleted, since topics wait for its policy', () => {
    const template = topicsWith({ 'orders.paid': 'orders.' });
    const [{ DependsOn }] = Object.values(template.findResources(TOPIC)) as { DependsOn: string[] }[];
    expect(DependsOn).toEqual([expect.stringMatching(/^KafkaProviderWorker[0-9a-f]{12}ordersDispatchPolicy/)]);
  });

  test('takes a name that only the deployment knows', () => {
    const { cluster, stack } = aCluster();
    const topicName = new CfnParameter(stack, 'Name').valueAsString;
    expect(() => cluster.addTopic('Named', { topicName, backend: backend('orders.') })).not.toThrow();
  });

  test('refuses a topic outside of it', () => {
    expect(() => topicsWith({ payments: 'orders.' })).toThrow(
      /'topicName' must start with 'orders\.'.*got 'payments' \[TopicNameOutsidePrefix\]/,
    );
  });

  test.each(['', '*', 'orders*', 'or?ers', 'orders/', '${Token[x.1]}'])("refuses '%s'", (prefix) => {
    expect(() => topicsWith({ 'orders.paid': prefix })).toThrow(/'topicNamePrefix' must.*\[TopicNamePrefix\]/);
  });

  test('refuses authentication without IAM, on which policies have no effect', () => {
    const { cluster, stack } = aCluster({ authentication: [msk.ClientAuthentication.scram()] });
    const authentication = msk.ClientCredentials.scram(new secretsmanager.Secret(stack, 'User'));
    const scram = msk.TopicBackend.dataPlane({ authentication, topicNamePrefix: 'orders.' });
    expect(() => cluster.addTopic('orders.paid', { backend: scram })).toThrow(/\[TopicNamePrefixWithoutIam\]/);
  });
});

describe('The function that manages topics', () => {
  test('may connect to the cluster and manage its topics, and nothing else', () => {
    expect(inShort(allowed(topicsWith({ orders: undefined }), 'KafkaProviderWorker'))).toEqual([
      'Connect on cluster',
      'AlterTopic AlterTopicDynamicConfiguration CreateTopic DeleteTopic DescribeTopic DescribeTopicDynamicConfiguration on topic/*',
    ]);
  });
});
