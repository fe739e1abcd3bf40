/** A value, or what is wrong with the text and where. */
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

/** V8 tells the position, or shows ten characters before and after it, or all of a text that is not longer than that. */
function offsetOf(message: string, text: string): number | undefined {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return Number(position);
  const [, before, shown, after] = /, (\.\.\.)?"(.*)"(\.\.\.)? is not valid JSON/s.exec(message) ?? [];
  if (shown === undefined) return text.length;
  if (!before) return after ? shown.length - 10 : undefined;
  const start = text.indexOf(shown);
  return start === text.lastIndexOf(shown) ? start + 10 : undefined; // it may be there twice
}
