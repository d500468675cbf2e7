import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { isObject } from '../../core/values/is-object.ts';
import { plural } from '../../core/values/plural.ts';
import type { AuditAnchor } from '../tenant/format.ts';
import type { AuditEntry } from '../types.ts';

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

/** What the last entry of a write says of the tenant that it left: SHA-256 over its canonical JSON, so that layout is free. */
export function tenantHashOf(tenant: Tenant): string {
  return digestOf(createHash('sha256'), piecesOf(tenant), '');
}

/** The hashes of a tenant before and after a write. What both have in front of the first difference is hashed once for both. */
export function tenantHashesOf(before: Tenant, after: Tenant): { readonly before: string; readonly after: string } {
  const shared = createHash('sha256');
  const [old, fresh] = [piecesOf(before), piecesOf(after)];
  for (;;) {
    const [one, other] = [old.next().value ?? '', fresh.next().value ?? ''];
    if (one === '' || one !== other) {
      const copy = shared.copy();
      return { before: digestOf(copy, old, one), after: digestOf(shared, fresh, other) };
    }
    shared.update(one);
  }
}

function digestOf(hash: Hash, pieces: Iterable<string>, first: string): string {
  hash.update(first);
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** Item by item: no text of a whole tenant is put together only to be hashed. */
function* piecesOf(tenant: Tenant): Generator<string, undefined> {
  let separator = '{';
  for (const name of sortedNames(tenant)) {
    const member: unknown = Reflect.get(tenant, name);
    if (member === undefined) continue;
    yield `${separator}${JSON.stringify(name)}:`;
    if (Array.isArray(member)) yield* itemPieces(member);
    else yield canonicalJson(member);
    separator = ',';
  }
  yield separator === '{' ? '{}' : '}';
  return undefined;
}

function* itemPieces(items: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [at, item] of items.entries()) {
    if (at > 0) yield ',';
    yield canonicalItem(item ?? null);
  }
  yield ']';
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
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  // A second member of one name, other spellings of a number, other spaces: none survives a round trip.
  if (!isObject(value) || JSON.stringify(value) !== line) return undefined;
  const { previousHash, hash, gsa, ...entry } = value;
  if (typeof previousHash !== 'string' || typeof hash !== 'string' || !isObject(gsa)) return undefined;
  return { ...entry, gsa: { ...gsa, previousHash, hash } } as unknown as AuditEntry;
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

const CANONICAL = new WeakMap<object, string>();

/** The canonical text of an item of a list: a write leaves most of them as they are, and they are hashed before and after. */
function canonicalItem(item: unknown): string {
  if (!isObject(item)) return canonicalJson(item);
  const text = CANONICAL.get(item) ?? canonicalJson(item);
  CANONICAL.set(item, text);
  return text;
}

/** JSON with the members of every object in code unit order, so that equal values have equal texts. */
function canonicalJson(value: unknown): string {
  // Almost everything is in order already, and then the engine's own writer is ten times as fast.
  if (isInOrder(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return canonicalList(value);
  if (!isObject(value)) return JSON.stringify(value);
  let text = '';
  for (const name of sortedNames(value)) {
    const member = value[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Whether all objects of the value have their names in code unit order. */
function isInOrder(value: unknown): boolean {
  if (Array.isArray(value)) {
    for (const item of value) if (!isInOrder(item)) return false;
    return true;
  }
  if (!isObject(value)) return true;
  let before = '';
  for (const name in value) {
    if (name < before || !isInOrder(value[name])) return false;
    before = name;
  }
  return true;
}

function canonicalList(list: readonly unknown[]): string {
  let text = '';
  for (const item of list) text += `${text === '' ? '' : ','}${canonicalJson(item ?? null)}`;
  return `[${text}]`;
}

/** Most objects come with their names in order already, or have few. */
function sortedNames(value: object): readonly string[] {
  const names = Object.keys(value);
  for (let at = 1; at < names.length; at++) {
    if ((names[at - 1] ?? '') > (names[at] ?? '')) return names.sort();
  }
  return names;
}
