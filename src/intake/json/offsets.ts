import { membersOf } from './pointer.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const SMALLEST_VISIBLE = 0x21;

/**
 * The offsets at which the values of a JSON text begin, found when they are asked for. The text is known to be JSON without
 * comments. Each object and list is walked once, for all that it holds, so that many questions cost no more than a few readings
 * of the text.
 */
export class JsonOffsets {
  readonly #text: string;
  readonly #children = new Map<number, Children>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The offset of the value that the pointer names, or of the nearest parent when there is no such value. */
  of(pointer: string): number {
    let offset = afterSpace(this.#text, 0);
    for (const member of membersOf(pointer)) {
      const children = this.#childrenOf(offset);
      const at = isList(children) ? children[positionOf(member)] : children.get(member);
      if (at === undefined) return offset;
      offset = at;
    }
    return offset;
  }

  #childrenOf(offset: number): Children {
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

function isList(children: Children): children is readonly number[] {
  return Array.isArray(children);
}

/** The position of an element by its name in a JSON Pointer: only whole numbers as the pointer writes them count. */
function positionOf(member: string): number {
  return /^(?:0|[1-9]\d*)$/.test(member) ? Number(member) : -1;
}

/** The elements of a list by their positions, the members of an object by their names. */
type Children = readonly number[] | ReadonlyMap<string, number>;

function childrenOf(text: string, offset: number): Children {
  const kind = text.charCodeAt(offset);
  if (kind === OPEN_LIST) return elementsOf(text, offset);
  return kind === OPEN_OBJECT ? membersAt(text, offset) : [];
}

function elementsOf(text: string, offset: number): readonly number[] {
  const elements: number[] = [];
  for (let at = afterSpace(text, offset + 1); !isClose(text, at); ) {
    elements.push(at);
    at = afterComma(text, endOfValue(text, at));
  }
  return elements;
}

function membersAt(text: string, offset: number): ReadonlyMap<string, number> {
  const members = new Map<string, number>();
  for (let at = afterSpace(text, offset + 1); !isClose(text, at); ) {
    const name = text.slice(at, endOfText(text, at));
    const value = afterSpace(text, afterSpace(text, at + name.length) + 1);
    members.set(String(JSON.parse(name)), value);
    at = afterComma(text, endOfValue(text, value));
  }
  return members;
}

/** The codes of `{` and `[` differ in one bit, and so do those of `}` and `]`. */
const CASE = 0x20;

function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfText(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if ((code | CASE) === OPEN_OBJECT) depth++;
    else if ((code | CASE) === CLOSE_OBJECT) {
      depth--;
      if (depth < 0) return at;
      if (depth === 0) return at + 1;
    } else if (code === COMMA && depth === 0) return at;
  }
  return text.length;
}

/**
 * The offset behind the closing quote of the text that begins at `start`: the first quote with an even number of backslashes
 * before it.
 */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((at - before) % 2 === 0) return at + 1;
  }
  return text.length;
}

function afterComma(text: string, end: number): number {
  const at = afterSpace(text, end);
  return text.charCodeAt(at) === COMMA ? afterSpace(text, at + 1) : at;
}

function isClose(text: string, at: number): boolean {
  return (text.charCodeAt(at) | CASE) === CLOSE_OBJECT || at >= text.length;
}

/** JSON has four blanks, all of them below the first visible character. */
function afterSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) < SMALLEST_VISIBLE) at++;
  return at;
}
