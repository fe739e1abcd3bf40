import { Annotations } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib';
import { aCluster, Match } from '../../../testkit/stacks';

/** A stack with a role that has grants on topics, and managed policies of the user. */
function granted(topics: number, managed = 0): Stack {
  const { cluster, stack } = aCluster();
  const managedPolicies = Array.from({ length: managed }, (_, index) =>
    iam.ManagedPolicy.fromAwsManagedPolicyName(`Policy${index}`),
  );
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal(), managedPolicies });
  for (let topic = 0; topic < topics; topic++) cluster.grants.topic(`topic-${topic}`).consume(role, 'group');
  return stack;
}

const warnings = (stack: Stack) =>
  Annotations.fromStack(stack)
    .findWarning('/Stack/Role/Resource', Match.stringLikeRegexp('GrantsFillPolicies'))
    .map(({ entry }) => entry.data as string);

describe('A role with grants on many topics', () => {
  test('is warned of, and pointed to prefixes, once', () => {
    const [warning, ...others] = warnings(granted(200));
    expect(warning).toMatch(/fill 1\d managed policies, but IAM attaches 10.*20 at most;.*topicsWithPrefix/);
    expect(others).toEqual([]);
  });

  test('is warned of with the policies of the user, from the eleventh on', () => {
    const split = 2; // of 40 topics
    expect(warnings(granted(40, 10 - split))).toEqual([]);
    expect(warnings(granted(40, 11 - split))).toEqual([expect.stringMatching(/fill 11 managed policies/)]);
  });

  test('is not warned of, where the policies are all of the user', () => {
    expect(warnings(granted(1, 11))).toEqual([]);
  });

  test('needs one grant by prefix in their place', () => {
    const { cluster, stack } = aCluster();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    cluster.grants.topicsWithPrefix('topic-').consume(role, 'group');
    expect(warnings(stack)).toEqual([]);
  });
});
