export type LogFields = Readonly<Record<string, unknown>>;

/** One JSON line an event. */
export type Log = (message: string, fields?: LogFields) => void;

const SECRET = /secret|password|token|credential|responseurl|privatekey/i;

/** Writes to standard output, which Lambda keeps in the log group; values under the name of a secret stay out. */
export function logTo(write: (line: string) => void): Log {
  return (message, fields = {}) => write(`${JSON.stringify({ message, ...fields }, withoutSecrets)}\n`);
}

function withoutSecrets(key: string, value: unknown): unknown {
  if (SECRET.test(key) && key !== 'ServiceToken') return '***';
  return typeof value === 'bigint' ? value.toString() : value;
}
