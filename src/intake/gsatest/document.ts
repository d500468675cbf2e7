import type { ParsedNode } from 'yaml';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { FilePath } from '../../core/gsatest/suite.ts';
import { readJson } from '../json/read.ts';
import { excerpt } from '../text/excerpt.ts';
import type { TextPosition } from '../text/position.ts';

/** A test file as a value with places. */
export interface SuiteDocument {
  readonly value: unknown;
  /** The position of the key or the item that a path ends in; of the nearest parent when there is none. */
  positionOf(path: FilePath): TextPosition;
}

export interface DocumentProblem {
  readonly message: string;
  readonly position: TextPosition;
}

export type DocumentReading = { readonly document: SuiteDocument } | { readonly problems: readonly DocumentProblem[] };

/** Aliases that may be followed before a file counts as a bomb. */
const MOST_ALIASES = 1_000;

/** YAML 1.2 with its core schema: `no` is text, dates are text, keys stand once. */
export function readYaml(text: string): DocumentReading {
  const lines = new LineCounter();
  const at = (offset: number): TextPosition => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const parsed = parsedDocument(text, lines);
  if (parsed === undefined) return failed('is nested too deep', { line: 1, column: 1 });
  if (parsed.errors.length > 0) {
    return {
      problems: parsed.errors.map(({ code, message, pos }) => ({
        message: yamlMessage(code, message),
        position: at(pos[0]),
      })),
    };
  }
  try {
    const value: unknown = parsed.toJS({ maxAliasCount: MOST_ALIASES });
    const root = parsed.contents;
    return { document: { value, positionOf: (path) => at(offsetOf(root, path)) } };
  } catch (error) {
    return failed(`cannot be read: ${error instanceof Error ? excerpt(error.message) : 'unknown'}`, {
      line: 1,
      column: 1,
    });
  }
}

/** JSON with comments, as everywhere in gsa. */
export function readJsonSuite(text: string): DocumentReading {
  const reading = readJson(text);
  if (!reading.ok) return failed(reading.fault.message, reading.fault.position);
  const { value, findings, positionOf } = reading.document;
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { problems: errors };
  const pointerOf = (path: FilePath) =>
    path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { document: { value, positionOf: (path) => positionOf(pointerOf(path)) } };
}

function failed(message: string, position: TextPosition): DocumentReading {
  return { problems: [{ message, position }] };
}

/** `undefined` for a file nested so deep that the parser gave up. */
function parsedDocument(text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function yamlMessage(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'the key stands here a second time';
  if (code === 'MULTIPLE_DOCS') return 'holds several YAML documents; one file is one suite';
  const [first = ''] = message.split('\n');
  return `is not valid YAML: ${excerpt(first.charAt(0).toLowerCase() + first.slice(1), 160)}`;
}

function offsetOf(root: ParsedNode | null, path: FilePath): number {
  let node: unknown = root;
  let offset = root?.range[0] ?? 0;
  for (const part of path) {
    const found = childOf(node, part);
    if (found === undefined) return offset;
    offset = found.offset;
    node = found.node;
  }
  return offset;
}

/** A member by its key, an item by its position, or (as problems about the values of a matrix have it) by its text. */
function childOf(
  node: unknown,
  part: string | number,
): { readonly offset: number; readonly node: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    if (pair === undefined) return undefined;
    return { offset: startOf(pair.key), node: pair.value };
  }
  if (isSeq(node)) {
    const item =
      typeof part === 'number'
        ? node.items[part]
        : node.items.find((each) => isScalar(each) && String(each.value) === part);
    return item === undefined ? undefined : { offset: startOf(item), node: item };
  }
  return undefined;
}

function startOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : 0;
}
