import type { ParsedNode, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { FilePath } from '../../core/gsatest/suite.ts';
import { readJson } from '../json/read.ts';
import type { TextPosition } from '../text/position.ts';
import { parseYaml } from '../yaml/parse.ts';

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

/** YAML as everywhere in gsa. */
export function readYaml(text: string): DocumentReading {
  const reading = parseYaml(text);
  if ('faults' in reading) return { problems: reading.faults };
  const { value, root, positionAt } = reading;
  return { document: { value, positionOf: (path) => positionAt(offsetOf(root, path)) } };
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
    const pair = pairsOf(node).get(String(part));
    return pair === undefined ? undefined : { offset: startOf(pair.key), node: pair.value };
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

const PAIRS = new WeakMap<YAMLMap, ReadonlyMap<string, YAMLMap['items'][number]>>();

/** The members of an object by their keys, found once: there may be many, and something to say of each. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, YAMLMap['items'][number]> {
  const known = PAIRS.get(map);
  if (known !== undefined) return known;
  const pairs = new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])));
  PAIRS.set(map, pairs);
  return pairs;
}

function startOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : 0;
}
