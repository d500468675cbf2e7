import { createScanner } from 'jsonc-parser';
import { MOST_LEVELS, TextFault } from '../../core/values/text-fault.ts';
import { isExact, writtenNumber } from '../../core/values/written-number.ts';
import { excerpt } from '../text/excerpt.ts';
import { TextPositions } from '../text/position.ts';
import type { JsonDocument, JsonFault, JsonFinding, JsonLimits, JsonReading } from './document.ts';
import { JsonOffsets } from './offsets.ts';
import { plainJson } from './plain.ts';
import { membersOf, pointerTo } from './pointer.ts';

/**
 * JSON as text to a value with places. Stricter than `JSON.parse` where that loses something (duplicate members, numbers
 * that do not survive, depth that cannot be written back: hazards 15), more tolerant in one thing: comments.
 * A member named `__proto__` is an ordinary member.
 */

/** Characters of a number; what has more is no number of anybody. */
const LONGEST_NUMBER = 1_000;

const LIMITS: JsonLimits = { depth: MOST_LEVELS, textLength: 1_048_576 };

/** Reads one document that fills the text, comments and white space aside. Never throws for what the text holds. */
export function readJson(text: string, limits: JsonLimits = LIMITS): JsonReading {
  const plain = plainJson(text, limits);
  return plain === undefined ? new JsonReader(text, limits).read() : { ok: true, document: documentOf(plain, text) };
}

function documentOf({ value }: { readonly value: unknown }, text: string): JsonDocument {
  const positions = new TextPositions(text);
  const offsets = new JsonOffsets(text);
  return { value, findings: [], positionOf: (pointer) => positions.at(offsets.of(pointer)) };
}

/** jsonc-parser's `SyntaxKind`, whose own declaration is a const enum and cannot be imported as a value. */
const Token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  text: 10,
  number: 11,
  end: 17,
} as const;

/** Offsets of the members of one object or list. */
type Offsets = Map<string, number>;

class Fault extends TextFault {
  readonly code: JsonFault['code'];

  constructor(code: JsonFault['code'], message: string, at: number) {
    super(message, at);
    this.code = code;
  }
}

class JsonReader {
  readonly #text: string;
  readonly #limits: JsonLimits;
  readonly #scanner;
  readonly #positions: TextPositions;
  readonly #offsets = new WeakMap<object, Offsets>();
  readonly #findings: JsonFinding[] = [];

  constructor(text: string, limits: JsonLimits) {
    this.#text = text;
    this.#limits = limits;
    this.#scanner = createScanner(text, true);
    this.#positions = new TextPositions(text);
  }

  read(): JsonReading {
    try {
      if (this.#next() === Token.end) throw new Fault('emptyFile', 'is empty', 0);
      const start = this.#scanner.getTokenOffset();
      const value = this.#value('', 1);
      if (this.#next() !== Token.end) throw this.#unexpected('the end of the file');
      const positionOf = (pointer: string) => this.#positions.at(this.#offsetOf(value, start, pointer));
      return { ok: true, document: { value, findings: this.#findings, positionOf } };
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      const position = this.#positions.at(fault.at);
      return { ok: false, fault: { code: fault.code, message: fault.message, position } };
    }
  }

  /** The value that begins with the current token; its last token is the current one afterwards. */
  #value(pointer: string, depth: number): unknown {
    switch (this.#scanner.getToken()) {
      case Token.openBrace:
        return this.#object(pointer, this.#deeper(depth));
      case Token.openBracket:
        return this.#list(pointer, this.#deeper(depth));
      case Token.text:
        return this.#textValue(pointer);
      case Token.number:
        return this.#number(pointer);
      case Token.true:
        return true;
      case Token.false:
        return false;
      case Token.null:
        return null;
      default:
        throw this.#unexpected('a value');
    }
  }

  #object(pointer: string, depth: number): object {
    const object = {};
    const offsets: Offsets = new Map();
    this.#offsets.set(object, offsets);
    if (this.#next() === Token.closeBrace) return object;
    for (;;) {
      if (this.#scanner.getToken() !== Token.text) throw this.#unexpected('a member name in double quotes');
      const name = this.#textValue(pointer);
      const member = pointerTo(pointer, name);
      const offset = this.#scanner.getTokenOffset();
      if (offsets.has(name)) {
        this.#find(
          'error',
          'duplicateMember',
          `the member \`${excerpt(name)}\` stands here a second time`,
          member,
          offset,
        );
      }
      if (this.#next() !== Token.colon) throw this.#unexpected('a colon');
      this.#next();
      offsets.set(name, this.#scanner.getTokenOffset());
      const value = this.#value(member, depth);
      // A plain assignment would set the prototype instead of a member.
      if (name === '__proto__') define(object, name, value);
      else Reflect.set(object, name, value);
      if (this.#next() === Token.closeBrace) return object;
      if (this.#scanner.getToken() !== Token.comma) throw this.#unexpected('a comma or a closing brace');
      this.#next();
    }
  }

  #list(pointer: string, depth: number): unknown[] {
    const list: unknown[] = [];
    const offsets: Offsets = new Map();
    this.#offsets.set(list, offsets);
    if (this.#next() === Token.closeBracket) return list;
    for (;;) {
      offsets.set(String(list.length), this.#scanner.getTokenOffset());
      list.push(this.#value(pointerTo(pointer, list.length), depth));
      if (this.#next() === Token.closeBracket) return list;
      if (this.#scanner.getToken() !== Token.comma) throw this.#unexpected('a comma or a closing bracket');
      this.#next();
    }
  }

  #textValue(pointer: string): string {
    if (this.#scanner.getTokenError() !== 0) throw this.#unexpected('a complete text');
    const text = this.#scanner.getTokenValue();
    const offset = this.#scanner.getTokenOffset();
    if (text.length > this.#limits.textLength) {
      const message = `a text of ${text.length} characters is longer than ${this.#limits.textLength}`;
      this.#find('error', 'textTooLong', message, pointer, offset);
    } else if (!text.isWellFormed()) {
      this.#find('warning', 'loneSurrogate', 'a text holds half a character (a lone surrogate)', pointer, offset);
    }
    return text;
  }

  #number(pointer: string): unknown {
    if (this.#scanner.getTokenError() !== 0) throw this.#unexpected('a number');
    const written = this.#scanner.getTokenValue();
    const number = Number(written);
    const offset = this.#scanner.getTokenOffset();
    if (!Number.isFinite(number)) {
      const message = `the number ${excerpt(written, 40)} is too large to be kept`;
      this.#find('error', 'numberRange', message, pointer, offset);
    } else if (written.length > LONGEST_NUMBER) {
      const message = `the number ${excerpt(written, 40)} has ${written.length} digits`;
      this.#find('error', 'numberRange', message, pointer, offset);
    } else if (!isExact(written, number)) {
      const message = `the number ${excerpt(written, 40)} has more digits than are counted with; it is kept as it is written`;
      this.#find('warning', 'numberPrecision', message, pointer, offset);
    }
    return Number.isFinite(number) && written.length <= LONGEST_NUMBER ? writtenNumber(written) : number;
  }

  #next(): number {
    return this.#scanner.scan();
  }

  #deeper(depth: number): number {
    if (depth > this.#limits.depth) {
      const message = `is nested more than ${this.#limits.depth} levels deep`;
      throw new Fault('tooDeep', message, this.#scanner.getTokenOffset());
    }
    return depth + 1;
  }

  #find(
    severity: JsonFinding['severity'],
    code: JsonFinding['code'],
    message: string,
    pointer: string,
    offset: number,
  ): void {
    // A file of nothing but trouble does not need a million messages.
    if (this.#findings.length >= 1000) return;
    this.#findings.push({ severity, code, message, pointer, position: this.#positions.at(offset) });
  }

  #unexpected(wanted: string): Fault {
    const offset = this.#scanner.getTokenOffset();
    const cut =
      this.#scanner.getToken() === Token.end ||
      (this.#scanner.getTokenError() === 2 && this.#scanner.getPosition() >= this.#text.length);
    if (cut && wanted !== 'the end of the file') {
      return new Fault('truncatedJson', `is cut off: ${wanted} is missing at the end`, this.#text.length);
    }
    const found = this.#text.slice(offset, offset + 24);
    return new Fault('invalidJson', `is not valid JSON: expected ${wanted}, found \`${excerpt(found, 20)}\``, offset);
  }

  #offsetOf(root: unknown, start: number, pointer: string): number {
    let value = root;
    let offset = start;
    for (const member of membersOf(pointer)) {
      const offsets = typeof value === 'object' && value !== null ? this.#offsets.get(value) : undefined;
      const at = offsets?.get(member);
      if (at === undefined || typeof value !== 'object' || value === null) return offset;
      offset = at;
      value = Reflect.get(value, member);
    }
    return offset;
  }
}

function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
