import fc from 'fast-check';
import { aCall } from './handling';
import { creation } from './topic-events';

/** Anything that JSON can carry, and what JavaScript trips over. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(undefined, NaN, Infinity, -1, [null], { toString: 1, valueOf: 1 }, { toString: null }),
);

/** What is sent normally, with at least one field broken so that it cannot be carried out. */
const broken = (sent: object, names: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...names), anything)
    .map(([name, value]) => ({ ...sent, [name]: value === undefined ? undefined : { odd: value } }));

const ENVELOPE = {
  ResourceType: 'Custom::KafkaTopic',
  LogicalResourceId: 'Orders',
  RequestId: 'request',
  StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Shop/1',
};

/** What is no event of CloudFormation. */
export const oddEvents = fc.oneof(
  anything,
  broken({ ...creation(), ...ENVELOPE }, ['RequestType', ...Object.keys(ENVELOPE)]),
);

/** The fields that a call of the worker must have. */
export const CALL_FIELDS = [
  'bootstrapBrokers',
  'credentials',
  'patienceMs',
  'budgetMs',
  'resourceType',
  'requestType',
] as const;

/** What is no call of the dispatcher. */
export const oddCalls = fc.oneof(anything, broken(aCall(), [...CALL_FIELDS, 'stack']));
