import * as iam from 'aws-cdk-lib/aws-iam';
import { aCluster } from '../../support/stacks';

type Statement = { Action: string | string[]; Resource: unknown };

/** The statements that a grant on the topic `orders` gives to a role, with ARNs as plain text. */
function statements(
  give: (topic: ReturnType<ReturnType<typeof aCluster>['cluster']['addTopic']>, role: iam.Role) => iam.Grant,
) {
  const { cluster, stack, template } = aCluster();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  give(cluster.addTopic('orders'), role).assertSuccess();
  const policies = template().findResources('AWS::IAM::Policy', {
    Properties: { Roles: [stack.resolve(role.roleName)] },
  });
  const found = Object.values(policies).flatMap(
    (policy) => (policy.Properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement,
  );
  return found.map(({ Action, Resource }) => ({ actions: [Action].flat(), resource: asText(Resource) }));
}

function asText(arn: unknown): string {
  const text = JSON.stringify(arn);
  if (/^\{"Fn::GetAtt":\["Events[^"]*","Arn"\]\}$/.test(text)) return 'cluster';
  const [, part, name] = /,":(\w+)\/",.*,"\/([^"]+)"\]\]\}$/.exec(text) ?? [];
  return `${part}/${name}`;
}

describe('TopicGrants.produce', () => {
  test('allows just this topic, and idempotent producers', () => {
    expect(statements((topic, role) => topic.grants.produce(role))).toEqual([
      { actions: ['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'], resource: 'cluster' },
      { actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], resource: 'topic/orders' },
    ]);
  });
});

describe('TopicGrants.consume', () => {
  test('allows just this topic and this group', () => {
    expect(statements((topic, role) => topic.grants.consume(role, 'billing'))).toEqual([
      { actions: ['kafka-cluster:Connect'], resource: 'cluster' },
      { actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], resource: 'topic/orders' },
      { actions: ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], resource: 'group/billing' },
    ]);
  });
});
