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
 * comments, and without two members of one name in an object. Each object and list is walked once, and no further than somebody asks,
 * so that many questions cost no more than a few readings of the text.
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
      const at = this.#childrenOf(offset).offsetOf(member);
      if (at === undefined) return offset;
      offset = at;
    }
    return offset;
  }

  #childrenOf(offset: number): Children {
    const known = this.#children.get(offset) ?? new Children(this.#text, offset);
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

/** What an object or a list holds, by the names that a JSON Pointer has for it. */
class Children {
  readonly #text: string;
  readonly #isList: boolean;
  readonly #offsets = new Map<string, number>();
  /** Where the walk begins, and the value up to which it has come. */
  readonly #begin: number;
  #last: number | undefined;
  #isAtEnd = false;

  constructor(text: string, offset: number) {
    const kind = text.charCodeAt(offset);
    this.#text = text;
    this.#isList = kind === OPEN_LIST;
    // What is neither object nor list holds nothing.
    this.#begin = this.#isList || kind === OPEN_OBJECT ? afterSpace(text, offset + 1) : text.length;
  }

  offsetOf(member: string): number | undefined {
    while (!this.#isAtEnd && !this.#offsets.has(member)) this.#goOn();
    return this.#offsets.get(member);
  }

  /** Walks to the next value. */
  #goOn(): void {
    const text = this.#text;
    const at = this.#last === undefined ? this.#begin : afterComma(text, endOfValue(text, this.#last));
    this.#isAtEnd = isClose(text, at);
    if (this.#isAtEnd) return;
    const behindName = this.#isList ? at : endOfText(text, at);
    this.#last = this.#isList ? at : afterSpace(text, afterSpace(text, behindName) + 1);
    this.#offsets.set(this.#isList ? String(this.#offsets.size) : nameIn(text, at, behindName), this.#last);
  }
}

function nameIn(text: string, start: number, end: number): string {
  return String(JSON.parse(text.slice(start, end)));
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
