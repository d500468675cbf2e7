import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { isSameJudgement, isSameReplay } from './judged-anew.ts';

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

  /** The record at a place that is not written yet. */
  lineAt(block: number, slot: number): string | undefined {
    return block === this.#number ? this.#lines[slot] : undefined;
  }

  /** Takes a record as `lineOf` made it. */
  add(line: string): void {
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
 * A record as one line. Its applied policies are most of it, and sign-ins share the entries (fast/written.ts): the text of
 * each is made once.
 */
export function lineOf({ record, replay }: LoggedSignIn): string {
  const { appliedConditionalAccessPolicies: policies, ...others } = record;
  if (policies === undefined || policies === null) return JSON.stringify({ record, replay });
  const texts = policies.map(textOfEntry).join();
  const start = JSON.stringify(others).slice(0, -1);
  return `{"record":${start},"appliedConditionalAccessPolicies":[${texts}]},"replay":${JSON.stringify(replay)}}`;
}

function textOfEntry(policy: object): string {
  const known = TEXTS.get(policy);
  if (known !== undefined) return known;
  const text = JSON.stringify(policy);
  TEXTS.set(policy, text);
  return text;
}

/** A block, and where each of its records begins. */
interface OpenBlock {
  readonly text: Buffer;
  readonly starts: readonly number[];
}

/** Reads records out of blocks; keeps the last ones open. */
export class BlockReader {
  readonly #select: StatementSync;
  readonly #open = new Map<number, OpenBlock>();
  #scratch = Buffer.alloc(0);

  constructor(database: DatabaseSync) {
    this.#select = database.prepare('SELECT length, content FROM block WHERE number = ?');
  }

  /** Throws {@link DamagedBlock}, as all of these. */
  read(block: number, slot: number): LoggedSignIn {
    try {
      return JSON.parse(this.#line(block, slot).toString('utf8')) as LoggedSignIn;
    } catch (error) {
      throw new DamagedBlock(block, error);
    }
  }

  /**
   * Whether a record came out the same. Its bytes alone decide nearly always, and cost a tenth of reading it; after a change
   * of the tenant it is those of the record, and the few words behind.
   */
  isSame(block: number, slot: number, line: string, signIn: LoggedSignIn): boolean {
    const held = this.#line(block, slot);
    // A character takes at most three bytes for each of its UTF-16 units.
    if (this.#scratch.length < line.length * 3) this.#scratch = Buffer.alloc(line.length * 4);
    const length = this.#scratch.write(line, 'utf8');
    if (length === held.length && this.#scratch.compare(held, 0, length, 0, length) === 0) return true;
    const start = length - Buffer.byteLength(JSON.stringify(signIn.replay)) - 1;
    const isSameRecord = start < held.length && this.#scratch.compare(held, 0, start, 0, start) === 0;
    if (!isSameRecord) return isSameJudgement(this.read(block, slot), signIn);
    return isSameReplay(JSON.parse(held.toString('utf8', start, held.length - 1)), signIn.replay);
  }

  /** How many records a block holds. */
  size(block: number): number {
    return this.#block(block).starts.length;
  }

  /** The texts of all records of a block. */
  lines(block: number): readonly string[] {
    return this.#block(block).text.toString('utf8').split('\n');
  }

  #line(block: number, slot: number): Buffer {
    const { text, starts } = this.#block(block);
    const start = starts[slot];
    if (start === undefined) throw new DamagedBlock(block, new Error(`it has no record ${slot}`));
    const next = starts[slot + 1];
    return text.subarray(start, next === undefined ? text.length : next - 1);
  }

  #block(block: number): OpenBlock {
    const open = this.#open.get(block);
    if (open !== undefined) return open;
    try {
      const text = this.#text(block);
      const starts = [0];
      for (let at = text.indexOf(NEWLINE); at !== -1; at = text.indexOf(NEWLINE, at + 1)) starts.push(at + 1);
      if (this.#open.size >= OPEN_BLOCKS) this.#open.delete(this.#open.keys().next().value ?? block);
      this.#open.set(block, { text, starts });
      return { text, starts };
    } catch (error) {
      throw new DamagedBlock(block, error);
    }
  }

  #text(block: number): Buffer {
    const row = this.#select.get(block);
    const content = row?.['content'];
    const length = Number(row?.['length']);
    if (!(content instanceof Uint8Array) || !(length <= MAX_BLOCK_BYTES)) throw new Error('it is missing');
    return zstdDecompressSync(content, { chunkSize: Math.max(64, length + 64), maxOutputLength: length + 64 });
  }
}
