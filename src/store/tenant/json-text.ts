import { writtenNumber } from '../../core/values/written-number.ts';

/** A rule that a JSON text breaks, and where; line and column count from 1, columns in UTF-16 units. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type JsonReading = { readonly value: unknown } | { readonly problem: JsonProblem };

/** Deeper values could be read but not written again: `JSON.stringify` gives up long before `JSON.parse`. */
export const MAX_DEPTH = 64;

/** Digits that a number of JavaScript holds, whatever they are. */
const EXACT_DIGITS = 15;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORDS = ['true', 'false', 'null'];

/**
 * Reads one JSON text strictly. Beyond the grammar it refuses what `JSON.parse` lets pass and a later write would lose:
 * two members of one name in an object, and nesting deeper than {@link MAX_DEPTH}. Never throws.
 */
export function readJson(text: string): JsonReading {
  const found = { longNumber: false };
  const fault = firstFault(text, found);
  if (fault !== undefined) return { problem: { ...placeOf(text, fault.at), message: fault.message } };
  // Asking for the text of every number costs as much again, so only where one needs it.
  const value: unknown = found.longNumber ? JSON.parse(text, asWritten) : JSON.parse(text);
  return { value };
}

function asWritten(_name: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  return typeof value === 'number' && source !== undefined ? writtenNumber(source) : value;
}

interface Fault {
  readonly at: number;
  readonly message: string;
}

/** One container that is still open: the names seen so far in an object, `undefined` for an array. */
type Open = { names: string[] | Set<string> } | undefined;

function firstFault(text: string, found: { longNumber: boolean }): Fault | undefined {
  const open: Open[] = [];
  let at = afterSpace(text, 0);
  // Each turn reads one value, then closes what it completes.
  for (;;) {
    const top = open.at(-1);
    if (top !== undefined) {
      const name = readName(text, at, top);
      if (typeof name !== 'number') return name;
      at = name;
    }
    const start = text[at];
    if (start === '{' || start === '[') {
      if (open.length === MAX_DEPTH) return { at, message: `nested deeper than ${MAX_DEPTH} levels` };
      const close = start === '{' ? '}' : ']';
      at = afterSpace(text, at + 1);
      if (text[at] !== close) {
        open.push(start === '{' ? { names: [] } : undefined);
        continue;
      }
      at++;
    } else {
      const end = endOfScalar(text, at);
      if (typeof end !== 'number') return end;
      if (end - at > EXACT_DIGITS && start !== '"') found.longNumber = true;
      at = end;
    }
    at = afterSpace(text, at);
    while (open.length > 0 && text[at] === (open.at(-1) === undefined ? ']' : '}')) {
      open.pop();
      at = afterSpace(text, at + 1);
    }
    if (open.length === 0) return at === text.length ? undefined : unexpected(text, at, 'the end of the file');
    if (text[at] !== ',') return unexpected(text, at, open.at(-1) === undefined ? '`,` or `]`' : '`,` or `}`');
    at = afterSpace(text, at + 1);
  }
}

/** Reads `"name" :` of an object; the position of the value, or what is wrong. */
function readName(text: string, at: number, object: { names: string[] | Set<string> }): number | Fault {
  if (text[at] !== '"') return unexpected(text, at, 'a member name in double quotes');
  const end = endOfString(text, at);
  if (typeof end !== 'number') return end;
  const raw = text.slice(at + 1, end - 1);
  const name = raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
  const { names } = object;
  if (Array.isArray(names)) {
    if (names.includes(name)) return { at, message: `the member \`${name}\` stands twice in one object` };
    names.push(name);
    if (names.length > 16) object.names = new Set(names);
  } else {
    if (names.has(name)) return { at, message: `the member \`${name}\` stands twice in one object` };
    names.add(name);
  }
  const colon = afterSpace(text, end);
  return text[colon] === ':' ? afterSpace(text, colon + 1) : unexpected(text, colon, '`:`');
}

function endOfScalar(text: string, at: number): number | Fault {
  if (text[at] === '"') return endOfString(text, at);
  NUMBER.lastIndex = at;
  if (NUMBER.test(text)) return NUMBER.lastIndex;
  const word = WORDS.find((candidate) => text.startsWith(candidate, at));
  return word === undefined ? unexpected(text, at, 'a value') : at + word.length;
}

function endOfString(text: string, start: number): number | Fault {
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code === 0x5c) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return { at, message: 'not an escape that JSON knows' };
      at = ESCAPE.lastIndex;
    } else if (code >= 0x20) at++;
    else return at >= text.length ? endsEarly(at) : { at, message: 'a control character inside a string' };
  }
}

function afterSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at++;
  }
}

function unexpected(text: string, at: number, wanted: string): Fault {
  if (at >= text.length) return endsEarly(at);
  return { at, message: `expected ${wanted}, found \`${String.fromCodePoint(text.codePointAt(at) ?? 0)}\`` };
}

const endsEarly = (at: number): Fault => ({ at, message: 'the text ends too early' });

function placeOf(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return { line, column: at - start + 1 };
}
