import type { WorkerCall } from '../../engine/calls';
import { Refusal } from '../../engine/refusal';
import type { DriftCall } from '../../engine/topics/drift-call';
import { isMap } from '../../lib/model/wire/parse';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value !== '';
const isOptionalText: Check = (value) => value === undefined || typeof value === 'string';
const isOptionalMap: Check = (value) => value === undefined || isMap(value);
/** Lambda runs a function for at most 15 minutes. */
const isTime: Check = (value) => typeof value === 'number' && value >= 0 && value <= 900_000;
const isOneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value as string);

/** What each kind of credentials contains. */
const CREDENTIALS: ReadonlyMap<unknown, (fields: Fields) => boolean> = new Map([
  ['iam', () => true],
  ['scram', ({ password, username }: Fields) => isText(username) && isText(password)],
  ['tls', ({ certificate, privateKey }: Fields) => isText(certificate) && isText(privateKey)],
  ['none', ({ tls }: Fields) => typeof tls === 'boolean'],
]);

const LIMITS: Readonly<Record<string, Check>> = {
  bootstrapBrokers: (value) => typeof value === 'string' && /^[^\s,]+:\d+(,[^\s,]+:\d+)*$/.test(value),
  credentials: (value) => isMap(value) && CREDENTIALS.get(value.kind)?.(value) === true,
  patienceMs: isTime,
  budgetMs: (value) => Number.isFinite(value), // below 0 if the dispatcher has no time left
};

const RESOURCE: Readonly<Record<string, Check>> = {
  ...LIMITS,
  resourceType: isText,
  requestType: isOneOf('Create', 'Update', 'Delete'),
  physicalId: isOptionalText,
  replacedBy: isOptionalText,
  properties: isMap,
  oldProperties: isOptionalMap,
  stack: isOneOf('forward', 'rollingBack', 'unknown'),
};

const REPORT: Readonly<Record<string, Check>> = {
  ...LIMITS,
  topics: (value) =>
    Array.isArray(value) && value.every((one) => isMap(one) && isText(one.physicalId) && isMap(one.properties)),
};

/** The dispatcher sends nothing else, but anyone who may invoke the function can. */
export function readCall(call: unknown): WorkerCall | DriftCall {
  const fields: Fields = isMap(call) ? call : {};
  const checks = fields.requestType === 'Report' ? REPORT : RESOURCE;
  const wrong = Object.entries(checks).filter(([name, isRight]) => !isRight(fields[name]));
  if (wrong.length === 0) return fields as unknown as WorkerCall | DriftCall;
  const names = wrong.map(([name]) => `'${name}'`).join(', ');
  throw new Refusal('InvalidEvent', `this is not a call of the dispatcher, because of ${names}`, {
    fix: 'let CloudFormation invoke the provider, through the constructs of cdk-msk',
  });
}
