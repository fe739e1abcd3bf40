import { Refusal, refusalOf } from './verdict';

/** Alphabetic escapes of Java's regular expressions, outside and inside a class. */
const OUTSIDE = new Set('ABDGHNPQRSVWXZabcdefhknprstuvwxz');
const INSIDE = new Set('DHNPSQVWacdefhnprstuvwx');
/** Escapes that stand for several characters, so that they cannot end a range. */
const CLASSES = new Set('DHPSVWdhpsvw');
const GROUP = /^\((\?(:|=|!|>|<=|<!|<([a-zA-Z][a-zA-Z0-9]*)>|([idmsuxU]*(-[idmsuxU]+)?)(:|\))))?/;
const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,(\d*))?\})[+?]?/;

/**
 * Why Java does not take a pattern, or undefined if it does. Names of properties (`\p{…}`) and the length of look-behinds are not
 * checked.
 *
 * @see https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html
 */
export const javaPatternProblem = (pattern: string): string | undefined =>
  refusalOf(() => new JavaPattern(pattern).check());

class JavaPattern {
  private at = 0;
  private depth = 0;
  private readonly names = new Set<string>();

  public constructor(private readonly pattern: string) {}

  public check(): void {
    let hasAtom = false;
    while (this.at < this.pattern.length) hasAtom = this.next(hasAtom);
    if (this.depth > 0) throw new Refusal("a '(' is not closed");
  }

  /** Reads one part, and returns whether a quantifier may follow. */
  private next(hasAtom: boolean): boolean {
    const rest = this.pattern.slice(this.at);
    switch (rest[0]) {
      case '\\':
        this.escape(OUTSIDE);
        return true;
      case '[':
        this.characters();
        return true;
      case '(':
        return this.open(rest);
      case ')':
        if (this.depth-- === 0) throw new Refusal("a ')' closes nothing");
        this.at++;
        return true;
      case '|':
        this.at++;
        return false;
      case '*':
      case '+':
      case '?':
      case '{':
        return this.quantifier(rest, hasAtom);
      default:
        this.at++;
        return true;
    }
  }

  private open(rest: string): boolean {
    const [all, , , name, flags, , end] = GROUP.exec(rest) ?? [''];
    if (rest.startsWith('(?') && all === '(') throw new Refusal(`Java does not know the group '${rest.slice(0, 4)}'`);
    if (name !== undefined && this.names.has(name)) throw new Refusal(`the group '${name}' is defined twice`);
    if (name !== undefined) this.names.add(name);
    this.at += all.length;
    if (flags !== undefined && end === ')') return false;
    this.depth++;
    return false;
  }

  private quantifier(rest: string, hasAtom: boolean): boolean {
    const [all, least, , most] = QUANTIFIER.exec(rest) ?? [];
    if (all === undefined) throw new Refusal("a '{' must be escaped, or begin a repetition such as {2} or {2,3}");
    if (!hasAtom) throw new Refusal(`'${rest[0]}' repeats nothing`);
    if (most && Number(most) < Number(least)) throw new Refusal(`the repetition ${all} ends before it begins`);
    this.at += all.length;
    return false;
  }

  /** Reads an escape, and returns the letter. */
  private escape(known: ReadonlySet<string>): string {
    const rest = this.pattern.slice(this.at + 1);
    const [letter] = rest;
    if (letter === undefined) throw new Refusal("a '\\' must escape something");
    if (letter === 'Q') return this.quote();
    const isKnown = /[a-zA-Z]/.test(letter) ? known.has(letter) : !(known === INSIDE && /[1-9]/.test(letter));
    const shape = SHAPES.get(letter);
    const [found] = shape ? (shape.exec(rest) ?? []) : [letter];
    if (!isKnown || found === undefined) throw new Refusal(`Java does not know the escape '\\${letter}'`);
    const group = letter === 'k' ? found.slice(2, -1) : undefined;
    if (group !== undefined && !this.names.has(group)) throw new Refusal(`there is no group '${group}'`);
    this.at += 1 + found.length;
    return letter;
  }

  private quote(): string {
    const end = this.pattern.indexOf('\\E', this.at);
    this.at = end < 0 ? this.pattern.length : end + 2;
    return 'Q';
  }

  /** Reads a class, which can contain others. A ']' that comes first is one of the characters. */
  private characters(): void {
    this.at += this.pattern[this.at + 1] === '^' ? 2 : 1;
    for (let isFirst = true; ; isFirst = false) {
      const character = this.pattern[this.at];
      if (character === undefined) throw new Refusal("a '[' is not closed");
      if (character === ']' && !isFirst) break;
      if (character === '[') this.characters();
      else if (this.pattern.startsWith('&&', this.at)) this.at += 2;
      else this.range();
    }
    this.at++;
  }

  private range(): void {
    const first = this.character();
    const after = this.pattern[this.at + 1];
    if (this.pattern[this.at] !== '-' || first === undefined || after === undefined || after === ']' || after === '[')
      return;
    this.at++;
    const last = this.character();
    if (last === undefined || last < first)
      throw new Refusal(`a range must not end before it begins, or with a class of characters`);
  }

  /** The code of a character in a class, or undefined for several. Escapes of a code are taken as they are. */
  private character(): number | undefined {
    if (this.pattern[this.at] === '\\') {
      const begin = this.at;
      const letter = this.escape(INSIDE);
      if (CLASSES.has(letter) || letter === 'Q') return undefined;
      return /[a-zA-Z0-9]/.test(letter) ? codeOf(this.pattern.slice(begin + 1, this.at)) : letter.codePointAt(0);
    }
    return this.pattern.codePointAt(this.at++);
  }
}

/** What follows the letter of an escape. */
const SHAPES: ReadonlyMap<string, RegExp> = new Map([
  ['0', /^0[0-3]?[0-7]{1,2}/],
  ['x', /^x([0-9a-fA-F]{2}|\{[0-9a-fA-F]{1,6}\})/],
  ['u', /^u[0-9a-fA-F]{4}/],
  ['c', /^c[^]/],
  ['k', /^k<[a-zA-Z][a-zA-Z0-9]*>/],
  ['p', /^p([A-Z]|\{[\w ^=-]+\})/i],
  ['P', /^P([A-Z]|\{[\w ^=-]+\})/i],
  ['N', /^N\{[\w -]+\}/],
]);

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

function codeOf(escape: string): number {
  const [, hex] = /^[xu]\{?([0-9a-fA-F]+)/.exec(escape) ?? [];
  if (hex !== undefined) return parseInt(hex, 16);
  return CONTROLS[escape[0]] ?? parseInt(escape.slice(1), 8);
}
