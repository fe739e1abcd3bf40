import { Refusal } from '../../../engine/refusal';
import { isMap } from '../../../lib/model/wire/parse';

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

/** CloudFormation sends nothing else, but anyone who may invoke the function can. */
export function readEvent(event: unknown): ResourceEvent {
  const fields = isMap(event) ? event : {};
  const { OldResourceProperties, PhysicalResourceId, RequestType, ResourceProperties, StackId } = fields;
  const wrong = [
    ['RequestType', ['Create', 'Update', 'Delete'].includes(RequestType as string)],
    ['StackId', typeof StackId === 'string' && /^arn:[\w-]+:cloudformation:/.test(StackId)],
    ...TEXTS.map((name) => [name, typeof fields[name] === 'string'] as const),
    ['PhysicalResourceId', PhysicalResourceId === undefined || typeof PhysicalResourceId === 'string'],
    ['ResourceProperties', isMap(ResourceProperties)],
    ['OldResourceProperties', OldResourceProperties === undefined || isMap(OldResourceProperties)],
  ].flatMap(([name, isRight]) => (isRight ? [] : [`'${name}'`]));
  if (wrong.length === 0) return fields as unknown as ResourceEvent;
  throw new Refusal('InvalidEvent', `this is not an event from CloudFormation, because of ${wrong.join(', ')}`, {
    fix: 'let CloudFormation invoke the provider, through the constructs of cdk-msk',
  });
}

const TEXTS = ['LogicalResourceId', 'RequestId', 'ResourceType'] as const;
