import type { WorkerCall } from '../../engine/calls';
import type { DriftCall } from '../../engine/topics/drift-call';
import { isMap } from '../../lib/model/wire/parse';
import { type Check, type Checks, isMissingOr, isOneOf, isText, readShape } from '../shared/read-shape';

type Fields = Readonly<Record<string, unknown>>;

const isFilled: Check = (value) => isText(value) && value !== '';
/** Lambda runs a function for at most 15 minutes. */
const isTime: Check = (value) => typeof value === 'number' && value >= 0 && value <= 900_000;

/** What each kind of credentials contains. */
const CREDENTIALS: ReadonlyMap<unknown, (fields: Fields) => boolean> = new Map([
  ['iam', () => true],
  ['scram', ({ password, username }: Fields) => isFilled(username) && isFilled(password)],
  ['tls', ({ certificate, privateKey }: Fields) => isFilled(certificate) && isFilled(privateKey)],
  ['none', ({ tls }: Fields) => typeof tls === 'boolean'],
]);

const LIMITS: Checks = {
  bootstrapBrokers: (value) => typeof value === 'string' && /^[^\s,]+:\d+(,[^\s,]+:\d+)*$/.test(value),
  credentials: (value) => isMap(value) && CREDENTIALS.get(value.kind)?.(value) === true,
  patienceMs: isTime,
  budgetMs: (value) => Number.isFinite(value), // below 0 if the dispatcher has no time left
};

const RESOURCE: Checks = {
  ...LIMITS,
  resourceType: isFilled,
  requestType: isOneOf('Create', 'Update', 'Delete'),
  physicalId: isMissingOr(isText),
  replacedBy: isMissingOr(isText),
  properties: isMap,
  oldProperties: isMissingOr(isMap),
  stack: isOneOf('forward', 'rollingBack', 'unknown'),
};

const REPORT: Checks = {
  ...LIMITS,
  topics: (value) =>
    Array.isArray(value) && value.every((one) => isMap(one) && isFilled(one.physicalId) && isMap(one.properties)),
};

/** What the dispatcher has sent. */
export function readCall(call: unknown): WorkerCall | DriftCall {
  const isReport = isMap(call) && call.requestType === 'Report';
  return readShape(call, isReport ? REPORT : RESOURCE, 'a call of the dispatcher');
}
