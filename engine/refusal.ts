import type { WorkerRefusal } from './calls';
import type { ErrorCode } from './error-codes';

/** Of a message or a list of warnings, since CloudFormation takes 4096 bytes with everything around them. */
export const MAX_BYTES = 1000;

/** What to do about properties that the constructs would not have written. */
export const FIX_PROPERTIES = 'correct the properties of the resource; the constructs of cdk-msk write them for you';

/** What a person needs in addition to the reason. */
export interface RefusalDetails {
  /** What had been changed before it was refused, if anything. */
  readonly changed?: string;
  /** What to do about it, as an imperative: `choose another 'topicName'`. */
  readonly fix: string;
}

/** An error whose message is meant for the person at the terminal, without a stack trace. */
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

/** Consists of a stable code, what exists and what was requested, what was changed, and how to fix it. */
export class Refusal extends UserError {
  public constructor(
    code: ErrorCode,
    private readonly what: string,
    private readonly details: RefusalDetails,
  ) {
    super(code, compose(code, what, details));
  }

  /** The same refusal, after something had already been changed. */
  public after(changes: readonly string[]): Refusal {
    if (changes.length === 0) return this;
    const changed = [...changes, ...(this.details.changed ? [`the rest is ${this.details.changed}`] : [])].join(', ');
    return new Refusal(this.code, this.what, { ...this.details, changed });
  }
}

/** A refusal is an answer; only unexpected errors are thrown. */
export async function answerOf<Answer>(work: () => Promise<Answer>): Promise<Answer | WorkerRefusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return { refusal: { code: error.code, message: error.message } };
    throw error;
  }
}

function compose(code: string, what: string, { changed, fix }: RefusalDetails): string {
  const rest = ` ${changed === undefined ? 'Nothing was changed.' : `Changed: ${changed}.`} To fix: ${fix}.`;
  const reason = what.trimEnd().replace(/\.$/, ''); // some messages of brokers end with a period, some do not
  const room = MAX_BYTES - Buffer.byteLength(code) - Buffer.byteLength(rest) - 3;
  return cut(`${code}: ${cut(reason, Math.max(room, 100))}.${rest}`, MAX_BYTES);
}

/** Shortens to a number of bytes, never inside a character. Control characters would need six bytes each in JSON. */
export function cut(untidy: string, bytes: number): string {
  const text = untidy.replace(/\p{Cc}/gu, (character) => (character === '\n' ? character : ' '));
  if (Buffer.byteLength(text) <= bytes) return text;
  const head = Buffer.from(text).subarray(0, bytes - 3);
  return `${new TextDecoder().decode(head).replace(/\uFFFD+$/, '')}…`;
}
