import type { Template } from 'aws-cdk-lib/assertions';
import { CLUSTER_ARN } from './topics';

/** A policy statement with all references resolved. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

interface Written {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** The statements of a role's policies, with every ARN of the cluster as plain text. */
export function allowed(template: Template, roleId: string): Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties);
  return policies
    .filter(({ Roles }) => (Roles as { Ref: string }[]).some(({ Ref }) => Ref.startsWith(roleId)))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Written[])
    .map(({ Action, Resource }) => ({ actions: [Action].flat(), resources: [Resource].flat().map(asText) }));
}

/** Statements as short lines, such as `ReadData DescribeTopic on topic/orders`. */
export const inShort = (statements: readonly Statement[]): string[] =>
  statements.map(({ actions, resources }) => `${actions.map(short).join(' ')} on ${resources.map(part).join(' ')}`);

const short = (action: string) => action.replace('kafka-cluster:', '');
const [PREFIX, CLUSTER] = CLUSTER_ARN.split(':cluster/');
const part = (arn: string) =>
  arn === CLUSTER_ARN ? 'cluster' : arn.replace(`${PREFIX}:`, '').replace(`/${CLUSTER}/`, '/');

/** The value of an expression, with the cluster's ARN for every reference to a resource or another stack. */
function asText(expression: unknown): string {
  if (typeof expression === 'string') return expression;
  const [[intrinsic, value]] = Object.entries(expression as Record<string, unknown>);
  const [first, second] = value as [string, unknown];
  if (intrinsic === 'Fn::Join') return (second as unknown[]).map(asText).join(first);
  if (intrinsic !== 'Fn::Select') return CLUSTER_ARN;
  const [separator, whole] = (second as { 'Fn::Split': [string, unknown] })['Fn::Split'];
  return asText(whole).split(separator)[Number(first)];
}
