import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { LoggedSignIn } from '../core/conditional-access/sign-in.ts';

/**
 * Records in one block, and UTF-16 units after which a block is full. Measured on records of 1.7 kB: 32 together take
 * 132 bytes each, one alone 600; opening one block for one record costs 35 µs, so fifty scattered records stay under 5 ms.
 */
const FULL = { records: 32, units: 65_536 };

const LEVEL = { [constants.ZSTD_c_compressionLevel]: 1 };

/** A block that is larger than this is not one that this program wrote. */
const MAX_BLOCK_BYTES = 256 * 1024 * 1024;

/** Blocks kept open while a result is read: neighbours in time lie in one block. */
const OPEN_BLOCKS = 64;

const NEWLINE = 0x0a;

/** A block that is missing or does not hold what was written. */
export class DamagedBlock extends Error {
  constructor(block: number, cause: unknown) {
    super(`block ${block} cannot be read`, { cause });
    this.name = 'DamagedBlock';
  }
}

/** Fills blocks with records, in one transaction of the caller. */
export class BlockWriter {
  readonly #insert: StatementSync;
  #number: number;
  #lines: string[] = [];
  #units = 0;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO block (number, length, content) VALUES (?, ?, ?)');
    const last = database.prepare('SELECT max(number) AS number FROM block').get()?.['number'];
    this.#number = Number(last ?? 0) + 1;
  }

  /** Where the next record will lie. */
  get place(): { readonly block: number; readonly slot: number } {
    return { block: this.#number, slot: this.#lines.length };
  }

  add(signIn: LoggedSignIn): void {
    const line = lineOf(signIn);
    this.#lines.push(line);
    this.#units += line.length;
    if (this.#lines.length >= FULL.records || this.#units >= FULL.units) this.flush();
  }

  flush(): void {
    if (this.#lines.length === 0) return;
    const text = Buffer.from(this.#lines.join('\n'));
    // Room for the worst case at once: a result in pieces costs more than the compression.
    const content = zstdCompressSync(text, { chunkSize: text.length + 1024, params: LEVEL });
    this.#insert.run(this.#number, text.length, content);
    this.#number++;
    this.#lines = [];
    this.#units = 0;
  }
}

const TEXTS = new WeakMap<object, string>();

/**
 * A record as one line. Its applied policies are most of it, and sign-ins that are alike share the list (evaluate-again.ts):
 * its text is made once, which halves the time that all texts together take.
 */
function lineOf({ record, replay }: LoggedSignIn): string {
  const { appliedConditionalAccessPolicies: policies, ...others } = record;
  if (policies === undefined || policies === null) return JSON.stringify({ record, replay });
  const text = TEXTS.get(policies) ?? JSON.stringify(policies);
  TEXTS.set(policies, text);
  const start = JSON.stringify(others).slice(0, -1);
  return `{"record":${start},"appliedConditionalAccessPolicies":${text}},"replay":${JSON.stringify(replay)}}`;
}

/** Reads records out of blocks; keeps the last ones open. */
export class BlockReader {
  readonly #select: StatementSync;
  readonly #open = new Map<number, Buffer>();

  constructor(database: DatabaseSync) {
    this.#select = database.prepare('SELECT length, content FROM block WHERE number = ?');
  }

  /** Throws {@link DamagedBlock}. */
  read(block: number, slot: number): LoggedSignIn {
    try {
      const text = this.#text(block);
      let start = 0;
      for (let at = 0; at < slot; at++) start = text.indexOf(NEWLINE, start) + 1;
      const end = text.indexOf(NEWLINE, start);
      return JSON.parse(text.toString('utf8', start, end === -1 ? text.length : end)) as LoggedSignIn;
    } catch (error) {
      throw new DamagedBlock(block, error);
    }
  }

  #text(block: number): Buffer {
    const open = this.#open.get(block);
    if (open !== undefined) return open;
    const row = this.#select.get(block);
    const content = row?.['content'];
    const length = Number(row?.['length']);
    if (!(content instanceof Uint8Array) || !(length <= MAX_BLOCK_BYTES)) throw new Error('it is missing');
    const text = zstdDecompressSync(content, { chunkSize: Math.max(64, length + 64), maxOutputLength: length + 64 });
    if (this.#open.size >= OPEN_BLOCKS) this.#open.delete(this.#open.keys().next().value ?? block);
    this.#open.set(block, text);
    return text;
  }
}
