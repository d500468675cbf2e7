import { BACKSLASH, behindSpace, CLOSE_OBJECT, COMMA, OPEN_OBJECT, QUOTE, SPACE } from './json-signs.ts';

/** Bytes that the engine reads at once: all of a large list would be one text beside its values. */
const PIECE = 64 * 1024;

const WORDS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

/** Items that were read, and where each begins and ends. */
export interface AlikeItems {
  readonly values: readonly unknown[];
  readonly places: readonly number[];
}

/**
 * The item that was read from `start` to `end`, and those behind it that differ from it in nothing but texts without escapes, `true`,
 * `false` and `null`, as the people of a company do. All that stands between these is compared, so that no name stands twice where none
 * does in the first, and the engine reads them in a third of the time. `undefined` where there is no second one. The item has no escapes.
 */
export function alikeItems(bytes: Buffer, start: number, end: number): AlikeItems | undefined {
  const between = bytes[start] === OPEN_OBJECT ? betweenValues(bytes, start) : undefined;
  if (between === undefined) return undefined;
  const places = [start, end];
  let last = end;
  while (last - start < PIECE) {
    const comma = behindSpace(bytes, last);
    if (bytes[comma] !== COMMA) break;
    const next = behindSpace(bytes, comma + 1);
    const behind = endOfAlike(bytes, next, between);
    if (behind < 0) break;
    places.push(next, behind);
    last = behind;
  }
  if (last === end) return undefined;
  return { values: JSON.parse(`[${bytes.toString('utf8', start, last)}]`) as unknown[], places };
}

/**
 * Where what stands before, between and behind the values of an object begins and ends; `undefined` where one of them is of another kind.
 */
function betweenValues(bytes: Buffer, start: number): readonly number[] | undefined {
  const between = [start];
  for (let at = start; ; ) {
    const name = behindSpace(bytes, at + 1);
    if (bytes[name] !== QUOTE) return undefined;
    const colon = behindSpace(bytes, endOfPlainText(bytes, name));
    const value = behindSpace(bytes, colon + 1);
    const end = endOfValue(bytes, value);
    if (end < 0) return undefined;
    between.push(value, end);
    at = behindSpace(bytes, end);
    if (bytes[at] === CLOSE_OBJECT) return [...between, at + 1];
  }
}

/** The place behind an item that is alike; -1 where that at `start` is not. */
function endOfAlike(bytes: Buffer, start: number, between: readonly number[]): number {
  let at = start;
  for (let part = 0; part < between.length; part += 2) {
    if (part > 0) at = endOfValue(bytes, at);
    if (at < 0) return -1;
    const to = between[part + 1] as number;
    for (let place = between[part] as number; place < to; place++, at++) if (bytes[at] !== bytes[place]) return -1;
  }
  return at;
}

function endOfValue(bytes: Buffer, at: number): number {
  return bytes[at] === QUOTE ? endOfPlainText(bytes, at) : endOfWord(bytes, at);
}

/** The place behind the text that begins at `start`; -1 for one with escapes, or that is none. */
function endOfPlainText(bytes: Buffer, start: number): number {
  for (let at = start + 1; ; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte < SPACE || byte === BACKSLASH) return -1;
  }
}

function endOfWord(bytes: Buffer, start: number): number {
  const word = WORDS.find(([first]) => first === bytes[start]);
  if (word === undefined) return -1;
  for (let at = 0; at < word.length; at++) if (bytes[start + at] !== word[at]) return -1;
  return start + word.length;
}
