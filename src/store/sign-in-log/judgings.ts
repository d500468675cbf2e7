import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Tenant } from '../../core/tenant/tenant.ts';

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

/** Numbers of the tenants that judge, over one connection; a tenant that is not there yet is put there. */
export class JudgingNumbers {
  readonly #database: DatabaseSync;
  #numbers = new WeakMap<Tenant, number>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  numberOf(tenant: Tenant): number {
    const known = this.#numbers.get(tenant);
    if (known !== undefined) return known;
    const members = Object.entries(tenant)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, this.#part(JSON.stringify(value))]);
    const text = JSON.stringify(Object.fromEntries(members));
    const number = this.#find('judging WHERE members = ?', text) ?? this.#insert('judging (members) VALUES (?)', text);
    this.#numbers.set(tenant, number);
    return number;
  }

  /** After a transaction that was taken back, and where another process may have removed some: the numbers are free again. */
  forget(): void {
    this.#numbers = new WeakMap();
  }

  #part(text: string): number {
    const bytes = Buffer.from(text);
    const hash = createHash('sha256').update(bytes).digest();
    const known = this.#find('part WHERE hash = ?', hash);
    if (known !== undefined) return known;
    return this.#insert('part (hash, length, content) VALUES (?, ?, ?)', hash, bytes.length, zstdCompressSync(bytes));
  }

  #find(rest: string, value: string | Buffer): number | undefined {
    const row = this.#database.prepare(`SELECT number FROM ${rest}`).get(value);
    return row === undefined ? undefined : Number(row['number']);
  }

  #insert(rest: string, ...values: (string | number | Buffer)[]): number {
    return Number(this.#database.prepare(`INSERT INTO ${rest}`).run(...values).lastInsertRowid);
  }
}

/** A tenant that is missing or does not hold what was written. */
export class DamagedTenant extends Error {
  constructor(number: number, cause: unknown) {
    super(`the tenant ${number} that judged cannot be read`, { cause });
    this.name = 'DamagedTenant';
  }
}

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
  readonly #tenants = new Map<number, () => Tenant>();
  #members: StatementSync | undefined;
  #part: StatementSync | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The numbers may be those of others now. */
  forget(): void {
    this.#tenants.clear();
  }

  /** Throws {@link DamagedTenant}, as what it returns. */
  tenantOf(number: number): () => Tenant {
    const known = this.#tenants.get(number);
    if (known !== undefined) return known;
    const parts = whole(number, () => this.#partsOf(number));
    let tenant: Tenant | undefined;
    const read = () => {
      tenant ??= whole(number, () => tenantOfParts(parts));
      return tenant;
    };
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

function tenantOfParts(parts: readonly Part[]): Tenant {
  const members = parts.map(({ name, length, content }) => {
    const text = zstdDecompressSync(content, { maxOutputLength: length + 64 });
    if (text.length !== length) throw new Error(`\`${name}\` is not whole`);
    return [name, JSON.parse(text.toString('utf8'))];
  });
  return Object.fromEntries(members) as Tenant;
}
