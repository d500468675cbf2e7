import { membersOf } from './pointer.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const SMALLEST_VISIBLE = 0x21;

/**
 * Where the values of a JSON text begin, found when somebody asks. The text is known to be JSON without comments. Each object
 * and list is walked once, for all that it holds, so that many questions cost no more than a few readings of the text.
 */
export class JsonOffsets {
  readonly #text: string;
  readonly #children = new Map<number, ReadonlyMap<string, number>>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Of the value that the pointer names; of the nearest parent when there is no such value. */
  of(pointer: string): number {
    let offset = afterSpace(this.#text, 0);
    for (const member of membersOf(pointer)) {
      const at = this.#childrenOf(offset).get(member);
      if (at === undefined) return offset;
      offset = at;
    }
    return offset;
  }

  #childrenOf(offset: number): ReadonlyMap<string, number> {
    const known = this.#children.get(offset) ?? childrenOf(this.#text, offset);
    this.#children.set(offset, known);
    return known;
  }
}

/** How many members the objects of a JSON text have, all together: members of one name count as often as they stand there. */
export function countMembers(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    at = afterSpace(text, endOfText(text, at));
    if (text.charCodeAt(at) === COLON) count++;
  }
  return count;
}

function childrenOf(text: string, offset: number): ReadonlyMap<string, number> {
  const children = new Map<string, number>();
  const kind = text[offset];
  if (kind !== '{' && kind !== '[') return children;
  for (let at = afterSpace(text, offset + 1); !isClose(text, at); at = afterComma(text, at)) {
    const name = kind === '[' ? undefined : text.slice(at, endOfText(text, at));
    if (name !== undefined) at = afterSpace(text, afterSpace(text, at + name.length) + 1);
    children.set(name === undefined ? String(children.size) : String(JSON.parse(name)), at);
    at = endOfValue(text, at);
  }
  return children;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') {
      at = endOfText(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (letter === '{' || letter === '[') depth++;
    else if (letter === '}' || letter === ']') {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (letter === ',' && depth === 0) return at;
  }
  return text.length;
}

/** Behind the closing quote of the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE && at < text.length; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

function afterComma(text: string, end: number): number {
  const at = afterSpace(text, end);
  return text.charCodeAt(at) === COMMA ? afterSpace(text, at + 1) : at;
}

function isClose(text: string, at: number): boolean {
  return text[at] === '}' || text[at] === ']' || at >= text.length;
}

/** JSON has four blanks, all of them below the first visible character. */
function afterSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) < SMALLEST_VISIBLE) at++;
  return at;
}
