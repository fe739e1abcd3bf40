import * as iam from 'aws-cdk-lib/aws-iam';
import * as msk from '../../../lib';
import { aCluster } from '../../../testkit/stacks';

function aPartner() {
  const { cluster, stack, template } = aCluster();
  const partner = new msk.CrossAccountClient({ principal: new iam.AccountPrincipal('222233334444') });
  cluster.addTopic('orders').grants.consume(partner, 'billing').assertSuccess();
  const written = (statements: iam.PolicyStatement[]) =>
    statements.map((statement) => stack.resolve(statement.toStatementJson()) as Record<string, unknown>);
  return { partner, stack, template, written };
}

describe('CrossAccountClient', () => {
  test('gives the statements for the policy of the cluster, with the principal', () => {
    const { partner, stack, written } = aPartner();
    const principal = stack.resolve(new iam.AccountPrincipal('222233334444').policyFragment.principalJson.AWS[0]);
    const statements = written(partner.clusterPolicyStatements);
    expect(statements.map(({ Action }) => Action)).toEqual([
      'kafka-cluster:Connect',
      ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
      ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
    ]);
    for (const { Principal } of statements) expect(Principal).toEqual({ AWS: principal });
  });

  test('gives the same without a principal for a policy in the other account', () => {
    const { partner, written } = aPartner();
    const [connect] = written(partner.identityPolicyStatements);
    expect(connect).toEqual({ Effect: 'Allow', Action: 'kafka-cluster:Connect', Resource: expect.anything() });
  });

  test('adds no policy to the stack of the cluster', () => {
    const { template } = aPartner();
    expect(JSON.stringify(template().findResources('AWS::IAM::Policy'))).not.toContain('ReadData');
  });
});

describe('A CrossAccountClient for everyone', () => {
  const anyone: [string, iam.IPrincipal][] = [
    ['AnyPrincipal', new iam.AnyPrincipal()],
    ['StarPrincipal', new iam.StarPrincipal()],
    ['everyone by ARN', new iam.ArnPrincipal('*')],
    [
      'everyone beside others',
      new iam.CompositePrincipal(new iam.AccountPrincipal('222233334444'), new iam.AnyPrincipal()),
    ],
    ['an empty condition', new iam.AnyPrincipal().withConditions({})],
  ];
  const limited: [string, iam.PrincipalBase, object][] = [
    [
      'an organization',
      new iam.OrganizationPrincipal('o-example123'),
      { StringEquals: { 'aws:PrincipalOrgID': 'o-example123' } },
    ],
    [
      'a condition',
      new iam.StarPrincipal().withConditions({ ArnLike: { 'aws:PrincipalArn': 'arn:*:role/kafka' } }),
      { ArnLike: { 'aws:PrincipalArn': 'arn:*:role/kafka' } },
    ],
  ];

  test.each(anyone)('is refused: %s', (_, principal) => {
    expect(() => new msk.CrossAccountClient({ principal })).toThrow(
      /CrossAccountClient.*every AWS account.*withConditions.*\[CrossAccountAnyone\]/s,
    );
  });

  test.each(limited)('is written with what limits it: %s', (_, principal, condition) => {
    const { cluster, stack } = aCluster();
    const client = new msk.CrossAccountClient({ principal });
    cluster.grants.connect(client);
    const [statement] = client.clusterPolicyStatements.map((one) => stack.resolve(one.toStatementJson()));
    expect(statement).toMatchObject({ Action: 'kafka-cluster:Connect', Condition: condition });
  });
});
