import type { Document, ParsedNode } from 'yaml';
import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { excerpt } from '../text/excerpt.ts';
import type { TextPosition } from '../text/position.ts';

export interface YamlFault {
  readonly message: string;
  readonly position: TextPosition;
}

/** A text as a value with places. */
export interface ParsedYaml {
  readonly value: unknown;
  readonly document: Document;
  readonly root: ParsedNode | null;
  positionAt(offset: number): TextPosition;
}

/** Aliases that may be followed before a file counts as a bomb. */
const MOST_ALIASES = 1_000;

/**
 * YAML 1.2 with its core schema: `no` is text, dates are text, keys stand once. In bounded time and without an error for what
 * the text holds: aliases are counted, and none leads back into what it stands in.
 */
export function parseYaml(text: string): ParsedYaml | { readonly faults: readonly YamlFault[] } {
  const lines = new LineCounter();
  const positionAt = (offset: number): TextPosition => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const failed = (message: string, offset = 0) => ({ faults: [{ message, position: positionAt(offset) }] });
  const document = parsedDocument(text, lines);
  if (document === undefined || document.errors.some(({ message }) => GAVE_UP.test(message)))
    return failed('is nested too deep');
  const root = document.contents;
  const { first, areMany } = aliasesIn(root);
  if (areMany) return failed(`has more than ${MOST_ALIASES} aliases`, first);
  const errors = [...document.errors, ...repeatedKeys(root)];
  if (errors.length > 0) {
    return {
      faults: errors.map(({ code, message, pos }) => ({
        message: messageOf(code, message),
        position: positionAt(pos[0]),
      })),
    };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    if (holdsItself(value)) return failed('an alias leads back into what it stands in', first);
    return { value, document, root, positionAt };
  } catch (error) {
    return failed(messageOf('', error instanceof Error ? error.message : 'unknown'), first);
  }
}

/** What the parser says, of a place, where it ran out of stack. */
const GAVE_UP = /call stack/i;

/** Keys that stand in their object a second time. The parser compares each key with all before it, which takes minutes for many. */
function repeatedKeys(root: ParsedNode | null): { code: 'DUPLICATE_KEY'; message: string; pos: [number, number] }[] {
  const found: ReturnType<typeof repeatedKeys> = [];
  visit(root, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        // As it becomes the name of a member: `1` and `"1"` are one.
        const name = String(key.value);
        if (seen.has(name)) found.push({ code: 'DUPLICATE_KEY', message: '', pos: [startOf(key), startOf(key)] });
        seen.add(name);
      }
    },
  });
  return found;
}

/** Where the first alias stands, and whether there are too many: following one takes the parser a walk through the file. */
function aliasesIn(root: ParsedNode | null): { readonly first: number | undefined; readonly areMany: boolean } {
  let first: number | undefined;
  let count = 0;
  visit(root, {
    Alias: (_, alias) => {
      first ??= startOf(alias);
      return ++count > MOST_ALIASES ? visit.BREAK : undefined;
    },
  });
  return { first, areMany: count > MOST_ALIASES };
}

/** Whether somebody who walks through the value comes back to where they were. */
function holdsItself(value: unknown): boolean {
  const above = new Set<object>();
  const done = new WeakSet<object>();
  const walk = (each: unknown): boolean => {
    if (typeof each !== 'object' || each === null || done.has(each)) return false;
    if (above.has(each)) return true;
    above.add(each);
    if (Object.values(each).some(walk)) return true;
    above.delete(each);
    done.add(each);
    return false;
  };
  return walk(value);
}

/** `undefined` for a file nested so deep that the parser gave up. */
function parsedDocument(text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function messageOf(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'the key stands here a second time';
  if (code === 'MULTIPLE_DOCS') return 'holds several YAML documents; one file is one';
  const [first = ''] = message.split('\n');
  return `is not valid YAML: ${excerpt(first.charAt(0).toLowerCase() + first.slice(1), 160)}`;
}

function startOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : 0;
}
