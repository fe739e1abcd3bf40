import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** The resources of this account for which a service acts, such as `rule/*` of `events`. */
interface Source {
  readonly service: string;
  readonly resource: string;
  readonly resourceName: string;
}

/**
 * A service that can assume a role only for resources of this account. Otherwise it could be made to act for the resources of
 * another account. The ARN is a pattern, since a role that names a resource which uses the role would be a cycle.
 *
 * @param sent `IfExists` for a service of which AWS does not document that it sends these keys
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceForOwn(scope: IConstruct, source: Source, sent: '' | 'IfExists' = ''): iam.ServicePrincipal {
  const stack = Stack.of(scope);
  return new iam.ServicePrincipal(`${source.service}.amazonaws.com`, {
    conditions: {
      [`StringEquals${sent}`]: { 'aws:SourceAccount': stack.account },
      [`ArnLike${sent}`]: { 'aws:SourceArn': stack.formatArn(source) },
    },
  });
}
