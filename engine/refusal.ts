import type { ErrorCode } from './error-codes';

const MOST_BYTES = 1000;

/** What a person needs beside the reason. */
export interface RefusalDetails {
  /** What was changed before it was refused, if anything. */
  readonly changed?: string;
  /** The way out. */
  readonly todo: string;
}

/** An error whose message is for the person at the terminal, and whose stack is for nobody. */
export class UserError extends Error {
  public constructor(
    public readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
    this.name = code;
    this.stack = message;
  }
}

/** Composed of a stable code, what is and what was asked, what was changed, and what to do. */
export class Refusal extends UserError {
  public constructor(
    code: ErrorCode,
    private readonly what: string,
    private readonly details: RefusalDetails,
  ) {
    super(code, compose(code, what, details));
  }

  /** The same refusal, after something had been changed. */
  public after(changes: readonly string[]): Refusal {
    if (changes.length === 0) return this;
    const changed = [...changes, ...(this.details.changed ? [`the rest is ${this.details.changed}`] : [])].join(', ');
    return new Refusal(this.code, this.what, { ...this.details, changed });
  }
}

function compose(code: string, what: string, { changed, todo }: RefusalDetails): string {
  const rest = ` ${changed === undefined ? 'Nothing was changed.' : `Changed: ${changed}.`} Do: ${todo}.`;
  const reason = what.trimEnd().replace(/\.$/, ''); // brokers end their sentences or do not
  const room = MOST_BYTES - Buffer.byteLength(code) - Buffer.byteLength(rest) - 3;
  return cut(`${code}: ${cut(reason, Math.max(room, 100))}.${rest}`, MOST_BYTES);
}

/** Shortens to a number of bytes, never in the middle of a character; control characters would take six bytes in JSON. */
export function cut(untidy: string, bytes: number): string {
  const text = untidy.replace(/\p{Cc}/gu, (character) => (character === '\n' ? character : ' '));
  if (Buffer.byteLength(text) <= bytes) return text;
  const head = Buffer.from(text).subarray(0, bytes - 3);
  return `${new TextDecoder().decode(head).replace(/\uFFFD+$/, '')}…`;
}
