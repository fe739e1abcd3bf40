export type LogFields = Readonly<Record<string, unknown>>;

/** One JSON line an event. */
export type Log = (message: string, fields?: LogFields) => void;

const SECRET = /secret|password|token|credential|responseurl|privatekey/i;

/** What signs an address, such as the one that takes the answer for CloudFormation: whoever has it can answer. */
const SIGNED = /(X-Amz-(?:Credential|Security-Token|Signature)=)[^&\s"']+/gi;

/** Writes to standard output, which Lambda keeps in the log group; values under the name of a secret stay out. */
export function logTo(write: (line: string) => void): Log {
  return (message, fields = {}) => write(`${JSON.stringify({ message, ...fields }, withoutSecrets)}\n`);
}

function withoutSecrets(key: string, value: unknown): unknown {
  if (SECRET.test(key) && key !== 'ServiceToken') return '***';
  if (typeof value === 'string') return value.replace(SIGNED, '$1***');
  return typeof value === 'bigint' ? value.toString() : value;
}
