import { type CfnResource, RemovalPolicies, type Stack, Tags } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { aCluster, anExpressCluster, aServerlessCluster, propertiesOf } from '../../../testkit/stacks';

interface Made {
  readonly stack: Stack;
  readonly template: () => Template;
  readonly cluster: { readonly node: { readonly defaultChild?: unknown } };
}

/** Each cluster type, with its resource type in the template. */
const KINDS: [string, string, () => Made][] = [
  ['Standard', 'AWS::MSK::Cluster', aCluster],
  ['Express', 'AWS::MSK::Cluster', anExpressCluster],
  ['Serverless', 'AWS::MSK::ServerlessCluster', aServerlessCluster],
];

type Policies = readonly { readonly DeletionPolicy?: string; readonly UpdateReplacePolicy?: string }[];

const policiesOf = (template: Template, type: string) =>
  (Object.values(template.findResources(type)) as Policies).map(({ DeletionPolicy, UpdateReplacePolicy }) => [
    DeletionPolicy,
    UpdateReplacePolicy,
  ]);

describe.each(KINDS)('A %s cluster', (_kind, type, make) => {
  test('has tags in the form that each resource takes', () => {
    const { stack, template } = make();
    Tags.of(stack).add('team', 'payments');
    expect(propertiesOf(template(), type).Tags).toEqual({ team: 'payments' });
    const groups = Object.values(template().findResources('AWS::EC2::SecurityGroup')) as { Properties: object }[];
    expect(groups.length).toBeGreaterThan(0);
    for (const { Properties } of groups) {
      expect(Properties).toMatchObject({
        Tags: expect.arrayContaining([{ Key: 'team', Value: 'payments' }]) as unknown,
      });
    }
  });

  test('is kept by default, and goes as RemovalPolicies say', () => {
    const kept = make();
    expect(policiesOf(kept.template(), type)).toEqual([['RetainExceptOnCreate', 'Retain']]);
    const { stack, template } = make();
    RemovalPolicies.of(stack).destroy();
    expect(policiesOf(template(), type)).toEqual([['Delete', 'Delete']]);
  });

  test('keeps with it what it cannot live without', () => {
    const { stack, template } = make();
    RemovalPolicies.of(stack).retain();
    for (const one of ['AWS::EC2::SecurityGroup', 'AWS::MSK::Configuration', 'AWS::Logs::LogGroup']) {
      for (const policies of policiesOf(template(), one)) expect(policies).toEqual(['Retain', 'Retain']);
    }
  });

  test('has its L1 for what no prop says', () => {
    const { cluster, template } = make();
    (cluster.node.defaultChild as CfnResource).addPropertyOverride('ClusterName', 'by-hand');
    expect(propertiesOf(template(), type).ClusterName).toBe('by-hand');
  });
});

describe('Tags', () => {
  test('are on no configuration, which takes none', () => {
    const { stack, template } = aCluster();
    Tags.of(stack).add('team', 'payments');
    expect(propertiesOf(template(), 'AWS::MSK::Configuration')).not.toHaveProperty('Tags');
  });
});
