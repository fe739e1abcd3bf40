/** The parsed value, or what is wrong with the text and in which line. */
export type Parsed = { readonly value: unknown } | { readonly problem: string };

export function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const { message } = error as SyntaxError;
    const [reason] = message.split(/, (?:\.\.\.)?"| in JSON at position/);
    const offset = offsetOf(message, text);
    const line = offset === undefined ? '' : `line ${text.slice(0, offset).split('\n').length}: `;
    return { problem: `${line}it is not valid JSON: ${reason}` };
  }
}

/** V8 reports the position, or the ten characters before and after it, or a short text as a whole. */
function offsetOf(message: string, text: string): number | undefined {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return Number(position);
  const [, before, shown, after] = /, (\.\.\.)?"(.*)"(\.\.\.)? is not valid JSON/s.exec(message) ?? [];
  if (shown === undefined) return text.length;
  if (!before) return after ? shown.length - 10 : undefined;
  const start = text.indexOf(shown);
  return start === text.lastIndexOf(shown) ? start + 10 : undefined; // ambiguous if the excerpt occurs twice
}
