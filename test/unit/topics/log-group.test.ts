import type { Template } from 'aws-cdk-lib/assertions';
import { aCluster } from '../../../testkit/stacks';

interface RoleProperties {
  readonly Policies?: { readonly PolicyDocument: { readonly Statement: unknown[] } }[];
}

/** The statements in the roles themselves of all functions that write to a log group of the template. */
function statementsInRoles(template: Template): unknown[][] {
  const roles = template.findResources('AWS::IAM::Role');
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  return functions
    .filter(({ Properties }) => (Properties.LoggingConfig as object | undefined) !== undefined)
    .map(({ Properties }) => {
      const [id] = (Properties.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
      const { Policies = [] } = roles[id].Properties as RoleProperties;
      return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    });
}

test('No function that manages topics creates the log group again when it is deleted', () => {
  const { cluster, template } = aCluster();
  cluster.addTopic('orders');
  const never = { Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*' };
  expect(statementsInRoles(template())).toEqual([[never], [never], [never]]);
});
