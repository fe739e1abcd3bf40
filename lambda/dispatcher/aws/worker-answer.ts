import type { WorkerRefusal } from '../../../engine/calls';
import { cut, MAX_BYTES } from '../../../engine/refusal';
import { isMap } from '../../../lib/model/wire/parse';

/** What the worker answered, or undefined if it is no answer that it gives: another version may be deployed there. */
export function readAnswer<Answer>(payload: string): Answer | WorkerRefusal | undefined {
  const answer = parsed(payload);
  if (!isMap(answer)) return undefined;
  if (!('refusal' in answer)) return isSuccess(answer) ? (answer as Answer) : undefined;
  const { code, message } = isMap(answer.refusal) ? answer.refusal : {};
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return { refusal: { code: code as WorkerRefusal['refusal']['code'], message: cut(message, MAX_BYTES) } };
}

/** The message of an error that the worker has thrown. */
export function errorIn(payload: string): string | undefined {
  const error = parsed(payload);
  return isMap(error) && typeof error.errorMessage === 'string' ? error.errorMessage : undefined;
}

/** Of a resource, or of a report. */
const isSuccess = ({ physicalId, topics, warnings }: Readonly<Record<string, unknown>>) =>
  Array.isArray(topics) || (typeof physicalId === 'string' && Array.isArray(warnings));

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
