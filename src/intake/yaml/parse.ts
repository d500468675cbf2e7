import type { Document, ParsedNode } from 'yaml';
import { isScalar, LineCounter, visit } from 'yaml';
import { TextFault } from '../../core/values/text-fault.ts';
import { excerpt } from '../text/excerpt.ts';
import type { TextPosition } from '../text/position.ts';
import type { Composed } from './compose.ts';
import { compose } from './compose.ts';

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

/** How often what aliases name may be repeated, through others too: more of them are a bomb. */
const MOST_REPEATED = 1_000;

/**
 * YAML 1.2 with its core schema: `no` is text, dates are text, keys stand once. In bounded time and without an error for what
 * the text holds: levels, faults and aliases are counted, and no alias leads back into what it stands in.
 */
export function parseYaml(text: string): ParsedYaml | { readonly faults: readonly YamlFault[] } {
  const lines = new LineCounter();
  const positionAt = (offset: number): TextPosition => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const failed = (message: string, offset = 0) => ({ faults: [{ message, position: positionAt(offset) }] });
  const composed = composedOf(text, lines);
  if (composed instanceof TextFault) return failed(composed.message, composed.at);
  const { document, next } = composed;
  if (next !== undefined) return failed('holds several YAML documents; one file is one', next);
  const root = document.contents;
  const first = firstAliasIn(root);
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
    const value: unknown = document.toJS({ maxAliasCount: MOST_REPEATED });
    if (holdsItself(value)) return failed('an alias leads back into what it stands in', first);
    return { value, document, root, positionAt };
  } catch (error) {
    return failed(messageOf('', error instanceof Error ? error.message : 'unknown'), first);
  }
}

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

/** Where the first alias stands. */
function firstAliasIn(root: ParsedNode | null): number | undefined {
  let first: number | undefined;
  visit(root, {
    Alias: (_, alias) => {
      first = startOf(alias);
      return visit.BREAK;
    },
  });
  return first;
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

function composedOf(text: string, lines: LineCounter): Composed | TextFault {
  try {
    return compose(text, lines);
  } catch (error) {
    if (error instanceof TextFault) return error;
    throw error;
  }
}

function messageOf(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'the key stands here a second time';
  const [first = ''] = message.split('\n');
  return `is not valid YAML: ${excerpt(first.charAt(0).toLowerCase() + first.slice(1), 160)}`;
}

function startOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : 0;
}
