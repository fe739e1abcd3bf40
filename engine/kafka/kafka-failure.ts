import type { RequestName } from './requests';

/** A request, or one item of it, that a broker refused or did not answer. */
export class KafkaFailure extends Error {
  public constructor(
    public readonly request: RequestName,
    /** Kafka's name for the error, such as `TOPIC_AUTHORIZATION_FAILED`; `NO_ANSWER` if there was none, `TOO_MANY_CONNECTS` for MSK's rate. */
    public readonly error: string,
    public readonly detail: string,
    public readonly options: {
      /** It may have been carried out all the same. */
      readonly uncertain?: boolean;
      /** How long the broker asks us to wait. */
      readonly throttleMs?: number;
    } = {},
  ) {
    super(`${request}: ${error}${detail ? `: ${detail}` : ''}`);
    this.name = 'KafkaFailure';
  }
}

/** What became of one item of a request. */
export type ItemResult<T> = T | KafkaFailure;

/** The value of an item; throws its failure if it has none. */
export function valueOf<T>(result: ItemResult<T>): T {
  if (result instanceof KafkaFailure) throw result;
  return result;
}
