import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { ReadItem } from '../tenant/list-bytes.ts';
import { readItemsOf } from '../tenant/list-bytes.ts';
import { canonicalJson, sortedNames } from './canonical-json.ts';

/** What the last entry of a write says of the tenant that it left: SHA-256 over its canonical JSON, so that layout is free. */
export function tenantHashOf(tenant: Tenant): string {
  const hash = new TenantHash();
  for (const name of sortedNames(tenant)) hashMember(name, own(tenant, name), [hash]);
  return hash.digest();
}

/**
 * The hashes of a tenant before and after a write. What both have is put into canonical form once, and hashed once up to where they
 * part.
 */
export function tenantHashesOf(before: Tenant, after: Tenant): { readonly before: string; readonly after: string } {
  const hashes = new TwoHashes();
  for (const name of sortedNames({ ...before, ...after })) {
    const [one, other] = [own(before, name), own(after, name)];
    if (one === other) hashMember(name, one, hashes.both());
    else if (Array.isArray(one) && Array.isArray(other)) hashLists(name, one, other, hashes);
    else {
      hashMember(name, one, [hashes.old()]);
      hashMember(name, other, [hashes.fresh()]);
    }
  }
  return { before: hashes.old().digest(), after: hashes.fresh().digest() };
}

/** What the tenant itself holds: no `constructor` that every object has. */
function own(tenant: Tenant, name: string): unknown {
  return Object.hasOwn(tenant, name) ? Reflect.get(tenant, name) : undefined;
}

/** A member that is `undefined` is none. */
function hashMember(name: string, member: unknown, hashes: readonly TenantHash[]): void {
  if (member === undefined) return;
  for (const hash of hashes) hash.member(name);
  if (Array.isArray(member)) hashList(member, hashes);
  else addTo(hashes, canonicalJson(member));
}

function hashList(list: readonly unknown[], hashes: readonly TenantHash[]): void {
  const readAt = readItemsOf(list);
  for (const hash of hashes) hash.beginList();
  for (const [at, item] of list.entries()) addTo(hashes, canonicalItem(item, readAt(at)));
  for (const hash of hashes) hash.endList();
}

/** Walks along two lists side by side, so that an item that both have, most often nearly all, is met in both at once. */
function hashLists(name: string, before: readonly unknown[], after: readonly unknown[], two: TwoHashes): void {
  const [kept, known] = [new Set(after), new Set(before)];
  const [oldAt, freshAt] = [readItemsOf(before), readItemsOf(after, before)];
  for (const hash of two.both()) {
    hash.member(name);
    hash.beginList();
  }
  let [from, to] = [0, 0];
  while (from < before.length || to < after.length) {
    const [one, other] = [before[from], after[to]];
    const isBoth = from < before.length && to < after.length && one === other;
    const isOld = from < before.length && (to === after.length || !kept.has(one) || known.has(other));
    const hashes = isBoth ? two.both() : [isOld ? two.old() : two.fresh()];
    addTo(hashes, isBoth || isOld ? canonicalItem(one, oldAt(from)) : canonicalItem(other, freshAt(to)));
    if (isBoth || isOld) from++;
    if (isBoth || !isOld) to++;
  }
  for (const hash of two.both()) hash.endList();
}

function canonicalItem(item: unknown, read: ReadItem | undefined): string | Buffer {
  return read?.list.canonicalOf(read.index) ?? canonicalJson(item ?? null);
}

function addTo(hashes: readonly TenantHash[], text: string | Buffer): void {
  for (const hash of hashes) hash.add(text);
}

/** How much is gathered before it is hashed: a call takes longer than what most texts take. */
const HELD = 64 * 1024;

/** The hashes of two tenants: one and the same hash for as long as nothing was added to one of them alone. */
class TwoHashes {
  readonly #old = new TenantHash();
  #fresh = this.#old;

  both(): readonly TenantHash[] {
    return this.#fresh === this.#old ? [this.#old] : [this.#old, this.#fresh];
  }

  old(): TenantHash {
    this.#part();
    return this.#old;
  }

  fresh(): TenantHash {
    this.#part();
    return this.#fresh;
  }

  #part(): void {
    if (this.#fresh === this.#old) this.#fresh = this.#old.copy();
  }
}

/** The canonical JSON of a tenant, hashed while it is put together. */
class TenantHash {
  readonly #hash: Hash;
  readonly #held = Buffer.alloc(HELD);
  #length = 0;
  #before = '{';
  #isInList = false;

  constructor(hash = createHash('sha256')) {
    this.#hash = hash;
  }

  /** One that goes on from here by itself. */
  copy(): TenantHash {
    this.#flush();
    const copy = new TenantHash(this.#hash.copy());
    copy.#before = this.#before;
    copy.#isInList = this.#isInList;
    return copy;
  }

  member(name: string): void {
    this.#add(`${this.#before}${JSON.stringify(name)}:`);
    this.#before = ',';
  }

  beginList(): void {
    this.#add('[');
    this.#before = '';
    this.#isInList = true;
  }

  endList(): void {
    this.#add(']');
    this.#before = ',';
    this.#isInList = false;
  }

  /** The value of a member, or an item of a list. */
  add(text: string | Buffer): void {
    if (this.#isInList && this.#before !== '') this.#add(this.#before);
    if (this.#isInList) this.#before = ',';
    this.#add(text);
  }

  digest(): string {
    this.#add(this.#before === '{' ? '{}' : '}');
    this.#flush();
    return this.#hash.digest('hex');
  }

  #add(text: string | Buffer): void {
    // A letter takes three bytes at most; what UTF-16 has as two takes four.
    const most = typeof text === 'string' ? text.length * 3 : text.length;
    if (this.#length + most > HELD) this.#flush();
    if (most > HELD) this.#hash.update(text);
    else if (typeof text === 'string') this.#length += this.#held.write(text, this.#length);
    else this.#length += text.copy(this.#held, this.#length);
  }

  #flush(): void {
    this.#hash.update(this.#held.subarray(0, this.#length));
    this.#length = 0;
  }
}
