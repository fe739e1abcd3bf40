export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one line of JSON per event. */
export type Log = (message: string, fields?: LogFields) => void;

const SECRET = /secret|password|token|credential|responseurl|privatekey/i;

/** What signs a URL, such as the one that receives CloudFormation's answer: anyone who has it can answer. */
const SIGNED = /(X-Amz-(?:Credential|Security-Token|Signature)=)[^&\s"']+/gi;

/** Masks values under names that suggest a secret. */
export function logTo(write: (line: string) => void): Log {
  return (message, fields = {}) => write(`${JSON.stringify({ message, ...fields }, withoutSecrets)}\n`);
}

function withoutSecrets(key: string, value: unknown): unknown {
  if (SECRET.test(key) && key !== 'ServiceToken') return '***';
  if (typeof value === 'string') return value.replace(SIGNED, '$1***');
  return typeof value === 'bigint' ? value.toString() : value;
}
