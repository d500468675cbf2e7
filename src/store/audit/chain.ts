import { createHash } from 'node:crypto';
import { isObject } from '../../core/values/is-object.ts';
import { plural } from '../../core/values/plural.ts';
import { writtenNumber } from '../../core/values/written-number.ts';
import type { AuditAnchor } from '../tenant/format.ts';
import type { AuditEntry } from '../types.ts';
import { canonicalJson } from './canonical-json.ts';

/** What stands for the hash of the entry before the first. */
export const NO_HASH = '0'.repeat(64);

export const NO_ENTRIES: AuditAnchor = { head: NO_HASH, length: 0, bytes: 0 };

/** The entry with its place in the chain: the hash covers everything of it but itself. */
export function chained(entry: AuditEntry, previousHash: string): AuditEntry {
  const placed = { ...entry, gsa: { ...entry.gsa, previousHash } };
  return { ...placed, gsa: { ...placed.gsa, hash: hashOf(placed) } };
}

/** SHA-256 over the canonical JSON of the entry without `hash`, as 64 lower-case hex digits. */
function hashOf(entry: AuditEntry): string {
  const { hash: _, ...gsa } = entry.gsa;
  return createHash('sha256')
    .update(canonicalJson({ ...entry, gsa }))
    .digest('hex');
}

/** Whether the content of an entry is what its hash was taken of. */
export function isIntact(entry: AuditEntry): boolean {
  return hashOf(entry) === entry.gsa.hash;
}

/**
 * The serial of the last write when the tenant is not the one that it left: then somebody edited the file. Undefined too
 * where the entry does not tell; journals of earlier versions lack the hash. `hash` is of the tenant as it is now.
 */
export function editedSince(last: AuditEntry | undefined, hash: () => string): number | undefined {
  const { tenantHash, serialAfter } = last?.gsa ?? {};
  return tenantHash === undefined || tenantHash === hash() ? undefined : serialAfter;
}

/** One line of the journal, with its newline: Graph's members first, the chain at the end where a reader sees it. */
export function lineOf(entry: AuditEntry): string {
  const { previousHash, hash, ...gsa } = entry.gsa;
  return `${JSON.stringify({ ...entry, gsa, previousHash, hash })}\n`;
}

/** The entry of one line; `undefined` when the line is not one that {@link lineOf} made. */
export function entryOf(line: string): AuditEntry | undefined {
  const value = valueOfLine(line);
  if (!isObject(value)) return undefined;
  const { previousHash, hash, gsa, ...entry } = value;
  if (typeof previousHash !== 'string' || typeof hash !== 'string' || !isObject(gsa)) return undefined;
  return { ...entry, gsa: { ...gsa, previousHash, hash } } as unknown as AuditEntry;
}

/**
 * The value of a text that comes out of it again; a second member of one name, other spellings of a number, other spaces: none
 * survives that. Only where the engine's own reader loses digits of a number is the text read number by number.
 */
function valueOfLine(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    if (JSON.stringify(value) === line) return value;
    const exact: unknown = JSON.parse(line, withWrittenNumbers);
    return JSON.stringify(exact) === line ? exact : undefined;
  } catch {
    return undefined;
  }
}

/** Takes each number as it was written; `source` is its text. */
function withWrittenNumbers(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined ? writtenNumber(context.source) : value;
}

/** Problems of a chain of lines that should end at `anchor`, each naming its entry; empty when it is whole. */
export function chainProblems(lines: readonly string[], anchor: AuditAnchor): readonly string[] {
  const problems: string[] = [];
  let previous = NO_HASH;
  for (const [index, line] of lines.entries()) {
    const entry = entryOf(line);
    const name = `entry ${index + 1}`;
    if (entry === undefined) {
      problems.push(`${name} is not an audit entry`);
      continue;
    }
    const { hash, previousHash } = entry.gsa;
    if (hashOf(entry) !== hash)
      problems.push(`${name} (\`${entry.id}\`) was changed: its content does not match its hash`);
    if (previousHash !== previous) {
      problems.push(`${name} (\`${entry.id}\`) does not follow the entry before it: one was added, removed or moved`);
    }
    previous = hash;
  }
  if (lines.length !== anchor.length) {
    problems.push(
      `the journal holds ${plural(lines.length, 'entry', 'entries')}, the tenant file acknowledges ${anchor.length}`,
    );
  } else if (previous !== anchor.head) {
    problems.push('the last entry is not the one that the tenant file acknowledges');
  }
  return problems;
}
