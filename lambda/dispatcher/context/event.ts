import { isMap } from '../../../lib/model/wire/parse';
import { type Checks, isMissingOr, isOneOf, isText, readShape } from '../../shared/read-shape';

/** What the provider framework passes on from CloudFormation's event. */
export interface ResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** What the provider framework turns into an answer to CloudFormation, of at most 4096 bytes with everything it adds. */
export interface ResourceAnswer {
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

const CHECKS: Checks = {
  RequestType: isOneOf('Create', 'Update', 'Delete'),
  StackId: (value) => typeof value === 'string' && /^arn:[\w-]+:cloudformation:/.test(value),
  LogicalResourceId: isText,
  RequestId: isText,
  ResourceType: isText,
  PhysicalResourceId: isMissingOr(isText),
  ResourceProperties: isMap,
  OldResourceProperties: isMissingOr(isMap),
};

/** What CloudFormation has sent. */
export const readEvent = (event: unknown): ResourceEvent => readShape(event, CHECKS, 'an event from CloudFormation');
