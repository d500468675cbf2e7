import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { once } from '../../core/values/once.ts';

/**
 * Tenants by which sign-ins were judged, as they were then. Each member of a tenant is kept once for all tenants that have it so:
 * who changes a policy keeps no second directory.
 */
export const JUDGING_SCHEMA = `
  CREATE TABLE IF NOT EXISTS part (number INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, length INTEGER NOT NULL, content BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS judging (number INTEGER PRIMARY KEY, members TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS judged_block (block INTEGER PRIMARY KEY, judging INTEGER NOT NULL);
`;

/** What no block names any more. */
export const REMOVE_UNUSED_JUDGINGS = `
  DELETE FROM judged_block WHERE block NOT IN (SELECT number FROM block);
  DELETE FROM judging WHERE number NOT IN (SELECT judging FROM judged_block);
  DELETE FROM part WHERE number NOT IN (SELECT member.value FROM judging, json_each(judging.members) AS member);
`;

/** A member of a tenant as the log keeps it: its JSON packed, with the length and the SHA-256 of what was packed. */
export interface PackedMember extends Part {
  readonly hash: Uint8Array;
}

/** The members that a tenant has. */
export type PackedTenant = readonly PackedMember[];

/**
 * What was packed of tenants. The JSON of a company takes longer to make than anything else of it, and a hundred times the room: it is
 * made once, and what is remembered and sent to another thread is packed.
 */
const PACKED = new WeakMap<Tenant, PackedTenant>();

export function packedTenant(tenant: Tenant): PackedTenant {
  const known = PACKED.get(tenant);
  if (known !== undefined) return known;
  const members = Object.entries(tenant).filter(([, value]) => value !== undefined);
  const packed = members.map(([name, value]) => packedMember(name, Buffer.from(JSON.stringify(value))));
  PACKED.set(tenant, packed);
  return packed;
}

function packedMember(name: string, text: Buffer): PackedMember {
  const hash = createHash('sha256').update(text).digest();
  return { name, hash, length: text.length, content: zstdCompressSync(text) };
}

/** The tenant that another thread has packed; its members are read when they are asked for. */
export function tenantOfPacked(packed: PackedTenant): Tenant {
  const tenant = tenantOfParts(packed, readPart);
  PACKED.set(tenant, packed);
  return tenant;
}

/**
 * Numbers of the tenants that judge, over one connection. A tenant that is not there yet is promised a number, and is put there
 * when something is kept by it: of sign-ins that the log has already, no tenant stays.
 */
export class JudgingNumbers {
  readonly #database: DatabaseSync;
  #numbers = new WeakMap<Tenant, number>();
  readonly #promised = new Map<number, Tenant>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  numberOf(tenant: Tenant): number {
    const known = this.#numbers.get(tenant);
    if (known !== undefined) return known;
    const number = this.#find(tenant) ?? this.#promise(tenant);
    this.#numbers.set(tenant, number);
    return number;
  }

  isPromised(number: number): boolean {
    return this.#promised.has(number);
  }

  /** Something is kept by the tenant with that number: puts it there, if it is not. */
  keep(number: number): void {
    const tenant = this.#promised.get(number);
    if (tenant === undefined) return;
    this.#promised.delete(number);
    const parts = packedTenant(tenant).map((member) => [member.name, this.#part(member) ?? this.#insertPart(member)]);
    const members = JSON.stringify(Object.fromEntries(parts));
    this.#database.prepare('INSERT INTO judging (number, members) VALUES (?, ?)').run(number, members);
  }

  /** Takes back what was promised and not needed, so that others may have the numbers; gives these. */
  takeBack(): readonly number[] {
    const numbers = [...this.#promised.keys()];
    for (const tenant of this.#promised.values()) this.#numbers.delete(tenant);
    this.#promised.clear();
    return numbers;
  }

  /** Removes those that no block names any more, if there is one of these among them; says whether there was. */
  removeUnused(among: ReadonlySet<number>): boolean {
    const isUsed = this.#database.prepare('SELECT 1 FROM judged_block WHERE judging = ? LIMIT 1');
    if ([...among].every((number) => isUsed.get(number) !== undefined)) return false;
    this.#database.exec(REMOVE_UNUSED_JUDGINGS);
    return true;
  }

  /** After a transaction that was taken back, and where some may have been removed: the numbers are free again. */
  forget(): void {
    this.#numbers = new WeakMap();
    this.#promised.clear();
  }

  /** The number of a tenant all of whose members are there. */
  #find(tenant: Tenant): number | undefined {
    const parts = packedTenant(tenant).map((member) => [member.name, this.#part(member)]);
    if (parts.some(([, number]) => number === undefined)) return undefined;
    const row = this.#database
      .prepare('SELECT number FROM judging WHERE members = ?')
      .get(JSON.stringify(Object.fromEntries(parts)));
    return row === undefined ? undefined : Number(row['number']);
  }

  #promise(tenant: Tenant): number {
    const last = this.#database.prepare('SELECT max(number) AS number FROM judging').get()?.['number'];
    const number = Math.max(Number(last ?? 0), ...this.#promised.keys()) + 1;
    this.#promised.set(number, tenant);
    return number;
  }

  #part({ hash }: PackedMember): number | undefined {
    const row = this.#database.prepare('SELECT number FROM part WHERE hash = ?').get(hash);
    return row === undefined ? undefined : Number(row['number']);
  }

  #insertPart({ hash, length, content }: PackedMember): number {
    const insert = this.#database.prepare('INSERT INTO part (hash, length, content) VALUES (?, ?, ?)');
    return Number(insert.run(hash, length, content).lastInsertRowid);
  }
}

/** A tenant that is missing or does not hold what was written. */
export class DamagedTenant extends Error {
  constructor(number: number, cause: unknown) {
    super(`the tenant ${number} that judged cannot be read`, { cause });
    this.name = 'DamagedTenant';
  }
}

/** Gives what is wrong with the log the words that a user can act on. */
export type Guarded = <T>(work: () => T) => T;

/** A member of a tenant as the database has it. */
interface Part {
  readonly name: string;
  readonly length: number;
  readonly content: Uint8Array;
}

/**
 * Reads tenants by their numbers. The bytes are taken at once, as a writer may remove them at any time; the tenant is made of
 * them when somebody asks for it.
 */
export class JudgingReader {
  readonly #database: DatabaseSync;
  readonly #guarded: Guarded;
  readonly #tenants = new Map<number, () => Tenant>();
  #members: StatementSync | undefined;
  #part: StatementSync | undefined;

  /** `guarded` gives what is wrong with a member its words: it is read long after the log was. */
  constructor(database: DatabaseSync, guarded: Guarded) {
    this.#database = database;
    this.#guarded = guarded;
  }

  /** The numbers may be those of others now. */
  forget(): void {
    this.#tenants.clear();
  }

  /** What has a number and is not in the database, until it is taken back. */
  lend(number: number, tenant: () => Tenant): void {
    this.#tenants.set(number, tenant);
  }

  takeBack(number: number): void {
    this.#tenants.delete(number);
  }

  /** Throws {@link DamagedTenant}; members of what it returns are read when they are asked for, and throw what `guarded` makes of it. */
  tenantOf(number: number): () => Tenant {
    const known = this.#tenants.get(number);
    if (known !== undefined) return known;
    const parts = whole(number, () => this.#partsOf(number));
    const readMember = (part: Part) => this.#guarded(() => whole(number, () => readPart(part)));
    const read = once(() => tenantOfParts(parts, readMember));
    this.#tenants.set(number, read);
    return read;
  }

  #partsOf(number: number): readonly Part[] {
    this.#members ??= this.#database.prepare('SELECT members FROM judging WHERE number = ?');
    this.#part ??= this.#database.prepare('SELECT length, content FROM part WHERE number = ?');
    const members: unknown = JSON.parse(String(this.#members.get(number)?.['members'] ?? 'null'));
    if (typeof members !== 'object' || members === null) throw new Error(`tenant ${number} is missing`);
    const select = this.#part;
    return Object.entries(members).map(([name, at]) => {
      const row = select.get(Number(at));
      const content = row?.['content'];
      if (!(content instanceof Uint8Array)) throw new Error(`part ${at} of tenant ${number} is missing`);
      return { name, length: Number(row?.['length']), content };
    });
  }
}

function whole<T>(number: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new DamagedTenant(number, error);
  }
}

/** Each member is read when it is asked for: a list of the log needs the locations of a tenant and not its people. */
function tenantOfParts(parts: readonly Part[], read: (part: Part) => unknown): Tenant {
  const tenant = {};
  for (const part of parts) {
    const member = once(() => read(part));
    Object.defineProperty(tenant, part.name, { get: member, enumerable: true, configurable: true });
  }
  return tenant as Tenant;
}

function readPart({ name, length, content }: Part): unknown {
  const text = zstdDecompressSync(content, { maxOutputLength: length + 64 });
  if (text.length !== length) throw new Error(`\`${name}\` is not whole`);
  return JSON.parse(text.toString('utf8'));
}
