import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { aCluster, anApp, aStack, aVpc, ENVIRONMENT } from '../../../testkit/stacks';

const RULE = 'AWS::EC2::SecurityGroupIngress';

/** A client with a group in each of two stacks, of which the second one depends on the first. */
function aClient() {
  const app = anApp();
  const [network, first, second] = ['Network', 'First', 'Second'].map((id) => aStack({ app, id, env: ENVIRONMENT }));
  const vpc = aVpc(network);
  second.addStackDependency(first);
  const { cluster } = aCluster({ vpc }, network);
  const groups = [first, second].map((stack) => new ec2.SecurityGroup(stack, 'Group', { vpc }));
  return { app, cluster, first, groups, second };
}

const rulesIn = (stack: Stack) => Object.keys(Template.fromStack(stack).findResources(RULE)).length;

describe('A client with groups in two stacks', () => {
  test('has each rule in the stack of its group, where the stacks depend on each other', () => {
    const { cluster, first, groups, second } = aClient();
    cluster.allowClients({ connections: new ec2.Connections({ securityGroups: groups }) });
    expect([rulesIn(first), rulesIn(second)]).toEqual([1, 1]);
    expect(first.dependencies).not.toContain(second);
  });

  test('has all rules in the stack of its first group otherwise', () => {
    const { cluster, first, groups, second } = aClient();
    cluster.allowClients({ connections: new ec2.Connections({ securityGroups: [...groups].reverse() }) });
    expect([rulesIn(first), rulesIn(second)]).toEqual([0, 2]);
  });
});
