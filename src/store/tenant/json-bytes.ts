import { MOST_LEVELS, TextFault } from '../../core/values/text-fault.ts';
import { writtenNumber } from '../../core/values/written-number.ts';
import { alikeItems } from './alike-items.ts';
import { guidRun, keepMembers } from './guid-run.ts';
import type { JsonProblem } from './json-fault.ts';
import { endsEarly, problemOf, unexpected } from './json-fault.ts';
import {
  BACKSLASH,
  behindSpace,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from './json-signs.ts';
import { ListBytes, noteList } from './list-bytes.ts';
import { keepRanges, rangeRun } from './range-run.ts';
import { SameTexts } from './same-texts.ts';

export type JsonReading = { readonly value: unknown } | { readonly problem: JsonProblem };

/** How deep the items of a tenant lie: the lists that hold them are members of `tenant`, which is a member of its file. */
const ITEM_DEPTH = 3;

/**
 * Reads one JSON text strictly, from the bytes of UTF-8 and in one walk. Beyond the grammar it refuses what `JSON.parse` lets
 * pass and a later write would lose: two members of one name in an object, and nesting deeper than {@link MOST_LEVELS}. Never throws.
 *
 * The bytes must stay as they are: lists remember where their items stand in them (list-bytes.ts, range-run.ts).
 */
export function readJson(bytes: Buffer): JsonReading {
  try {
    return { value: new JsonBytes(bytes).read() };
  } catch (error) {
    if (error instanceof TextFault) return { problem: problemOf(bytes, error) };
    throw error;
  }
}

const FIRST_PRINTABLE = 0x20;
const FIRST_BEYOND_ASCII = 0x80;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/;
/** A number whose text is the one that `JSON.stringify` has for it. */
const WHOLE_NUMBER = /^(?:0|-?[1-9]\d{0,14})$/;
/** More characters than any number has that somebody wrote on purpose are read on in further slices. */
const NUMBER_CHARACTER = /[-+.0-9eE]/;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const ASCII = /^[ -~]*$/;
const WORDS: readonly (readonly [text: string, value: true | false | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** One walk over a text. `#at` is the byte that is read next. */
class JsonBytes {
  readonly #bytes: Buffer;
  readonly #texts: SameTexts;
  #at = 0;
  /** Whether the item that is read stands as `JSON.stringify` writes its texts and numbers. */
  #isPlain = true;
  /** Whether the members of all objects inside of it stand in code unit order, and its own have names in ASCII. */
  #isInOrder = true;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#texts = new SameTexts(bytes);
  }

  read(): unknown {
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#at !== this.#bytes.length) throw unexpected(this.#bytes, this.#at, 'the end of the file');
    return value;
  }

  #value(depth: number): unknown {
    switch (this.#bytes[this.#at]) {
      case QUOTE:
        return this.#text();
      case OPEN_OBJECT:
        return this.#object(depth);
      case OPEN_LIST:
        return depth === ITEM_DEPTH - 1 ? this.#items(depth) : this.#list(depth);
      default:
        return this.#scalar();
    }
  }

  #object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    if (this.#opened(depth, CLOSE_OBJECT)) return object;
    let before = '';
    do {
      const name = this.#name(object);
      if (depth === ITEM_DEPTH ? !ASCII.test(name) : name < before) this.#isInOrder = false;
      before = name;
      if (name === 'ipRanges' && this.#ranges(object, depth + 1)) continue;
      if (name === 'members' && depth === ITEM_DEPTH && this.#members(object)) continue;
      const value = this.#value(depth + 1);
      // An assignment to this one name would set the prototype.
      if (name !== '__proto__') object[name] = value;
      else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    } while (this.#goesOn(CLOSE_OBJECT, '`,` or `}`'));
    return object;
  }

  #list(depth: number): unknown[] {
    const list: unknown[] = [];
    if (this.#opened(depth, CLOSE_LIST)) return list;
    do list.push(this.#value(depth + 1));
    while (this.#goesOn(CLOSE_LIST, '`,` or `]`'));
    return list;
  }

  /** A list of the tenant: where each of its items stands is noted. */
  #items(depth: number): unknown[] {
    const list: unknown[] = [];
    if (this.#opened(depth, CLOSE_LIST)) return list;
    const places = new ListBytes(this.#bytes);
    do {
      const start = this.#at;
      this.#isPlain = true;
      this.#isInOrder = true;
      list.push(this.#value(depth + 1));
      places.add(start, this.#at, this.#isPlain, this.#isInOrder);
      this.#alike(list, places, start);
    } while (this.#goesOn(CLOSE_LIST, '`,` or `]`'));
    noteList(list, places);
    return list;
  }

  /** Reads on while the items are like the one that was read from `start` on. */
  #alike(list: unknown[], places: ListBytes, start: number): void {
    const alike = this.#isPlain ? alikeItems(this.#bytes, start, this.#at) : undefined;
    if (alike === undefined) return;
    const { values, places: found } = alike;
    // The first too, so that all are objects of one kind to the engine.
    list[list.length - 1] = values[0];
    for (let at = 1; at < values.length; at++) {
      list.push(values[at]);
      this.#at = found[2 * at + 1] as number;
      places.add(found[2 * at] as number, this.#at, this.#isPlain, this.#isInOrder);
    }
  }

  /** Steps into an object or a list; whether it is empty, and then behind it. */
  #opened(depth: number, close: number): boolean {
    if (depth === MOST_LEVELS) throw new TextFault(`nested deeper than ${MOST_LEVELS} levels`, this.#at);
    this.#at++;
    this.#space();
    if (this.#bytes[this.#at] !== close) return false;
    this.#at++;
    return true;
  }

  /** Steps behind a comma or behind the end; whether there is more. */
  #goesOn(close: number, wanted: string): boolean {
    this.#space();
    const found = this.#bytes[this.#at];
    if (found !== COMMA && found !== close) throw unexpected(this.#bytes, this.#at, wanted);
    this.#at++;
    if (found === close) return false;
    this.#space();
    return true;
  }

  /** Reads `"name" :` of an object, up to its value. */
  #name(object: object): string {
    const start = this.#at;
    if (this.#bytes[start] !== QUOTE) throw unexpected(this.#bytes, start, 'a member name in double quotes');
    const name = this.#text();
    if (Object.hasOwn(object, name)) throw new TextFault(`the member \`${name}\` stands twice in one object`, start);
    this.#space();
    if (this.#bytes[this.#at] !== COLON) throw unexpected(this.#bytes, this.#at, '`:`');
    this.#at++;
    this.#space();
    return name;
  }

  /** Takes a list of plain ranges as a whole, if it is one; its objects are made when somebody asks for them. */
  #ranges(location: object, depth: number): boolean {
    if (depth + 2 > MOST_LEVELS) return false;
    const run = rangeRun(this.#bytes, this.#at);
    if (run === undefined) return false;
    keepRanges(location, run);
    this.#at = run.end;
    return true;
  }

  /** The same with a list of members that is one of GUIDs. */
  #members(group: object): boolean {
    const run = guidRun(this.#bytes, this.#at);
    if (run === undefined) return false;
    keepMembers(group, run.words);
    this.#at = run.end;
    return true;
  }

  #text(): string {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    let at = start;
    let [mark, all] = [0, 0];
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) break;
      if (byte < FIRST_PRINTABLE || byte === BACKSLASH) return this.#spelledText(start, at);
      mark = (Math.imul(mark, 31) + byte) | 0;
      all |= byte;
      at++;
    }
    this.#at = at + 1;
    return all < FIRST_BEYOND_ASCII ? this.#texts.of(start, at, mark) : bytes.toString('utf8', start, at);
  }

  /** A text with escapes, or one that is none; up to `from` there is nothing of either. */
  #spelledText(start: number, from: number): string {
    const bytes = this.#bytes;
    this.#isPlain = false;
    for (let at = from; ; ) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        this.#at = at + 1;
        return String(JSON.parse(`"${bytes.toString('utf8', start, at)}"`));
      }
      if (byte < FIRST_PRINTABLE) {
        throw at >= bytes.length ? endsEarly(at) : new TextFault('a control character inside a string', at);
      }
      at += byte === BACKSLASH ? this.#escape(at) : 1;
    }
  }

  /** How many bytes an escape takes. */
  #escape(at: number): number {
    ESCAPE.lastIndex = 0;
    const found = ESCAPE.exec(this.#bytes.toString('latin1', at, at + 6));
    if (found === null) throw new TextFault('not an escape that JSON knows', at);
    return found[0].length;
  }

  #scalar(): unknown {
    const start = this.#at;
    const text = NUMBER.exec(this.#numberCharacters(start))?.[0];
    if (text !== undefined) {
      this.#at = start + text.length;
      if (!WHOLE_NUMBER.test(text)) this.#isPlain = false;
      return writtenNumber(text);
    }
    const found = this.#bytes.toString('latin1', start, start + 5);
    const word = WORDS.find(([each]) => found.startsWith(each));
    if (word === undefined) throw unexpected(this.#bytes, start, 'a value');
    this.#at = start + word[0].length;
    return word[1];
  }

  #numberCharacters(start: number): string {
    let end = start;
    while (NUMBER_CHARACTER.test(String.fromCharCode(this.#bytes[end] ?? 0))) end++;
    return this.#bytes.toString('latin1', start, end);
  }

  #space(): void {
    this.#at = behindSpace(this.#bytes, this.#at);
  }
}
