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
