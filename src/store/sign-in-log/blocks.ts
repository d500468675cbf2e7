import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { AppliedConditionalAccessPolicy, LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { isSameJudgement } from './judged-anew.ts';

/**
 * Records in one block, and UTF-16 units after which a block is full. Measured on records of 4.6 kB with fifty policies: 64
 * together take a fifth of what one takes alone, and opening one block for one record stays below a millisecond.
 */
const FULL = { records: 64, units: 1_048_576 };

const LEVEL = { [constants.ZSTD_c_compressionLevel]: 3 };

/** A block that is larger than this is not one that this program wrote. */
const MAX_BLOCK_BYTES = 256 * 1024 * 1024;

/** Blocks kept open while a result is read: neighbours in time lie in one block. */
const OPEN_BLOCKS = 64;

const NEWLINE = 0x0a;
const OPEN_BRACKET = 0x5b;

/** A block that is missing or does not hold what was written. */
export class DamagedBlock extends Error {
  constructor(block: number, cause: unknown) {
    super(`block ${block} cannot be read`, { cause });
    this.name = 'DamagedBlock';
  }
}

type Entry = AppliedConditionalAccessPolicy;

/**
 * Fills blocks with records, in one transaction of the caller. A block begins with a line that has every entry of the
 * records' applied policies once, which are most of a record and come again and again; a record names them by position.
 */
export class BlockWriter {
  readonly #insert: StatementSync;
  #number: number;
  #lines: string[] = [];
  #signIns: LoggedSignIn[] = [];
  /** Positions of entries, by the entry and by its text: sign-ins share them (fast/written.ts). */
  readonly #positions = new Map<Entry, number>();
  readonly #texts = new Map<string, number>();
  #units = 0;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO block (number, length, content) VALUES (?, ?, ?)');
    const last = database.prepare('SELECT max(number) AS number FROM block').get()?.['number'];
    this.#number = Number(last ?? 0) + 1;
  }

  /** The place of the next record. */
  get place(): { readonly block: number; readonly slot: number } {
    return { block: this.#number, slot: this.#lines.length };
  }

  /** The record at a place that is not written yet. */
  waiting(block: number, slot: number): LoggedSignIn | undefined {
    return block === this.#number ? this.#signIns[slot] : undefined;
  }

  add(signIn: LoggedSignIn): void {
    const line = this.#lineOf(signIn);
    this.#lines.push(line);
    this.#signIns.push(signIn);
    this.#units += line.length;
    if (this.#lines.length >= FULL.records || this.#units >= FULL.units) this.flush();
  }

  flush(): void {
    if (this.#lines.length === 0) return;
    const text = Buffer.from([`[${[...this.#texts.keys()].join()}]`, ...this.#lines].join('\n'));
    // Room for the worst case at once: a result in pieces costs more than the compression.
    const content = zstdCompressSync(text, { chunkSize: text.length + 1024, params: LEVEL });
    this.#insert.run(this.#number, text.length, content);
    this.#number++;
    this.#lines = [];
    this.#signIns = [];
    this.#positions.clear();
    this.#texts.clear();
    this.#units = 0;
  }

  #lineOf({ record, replay }: LoggedSignIn): string {
    const { appliedConditionalAccessPolicies: policies, ...others } = record;
    if (!Array.isArray(policies)) return JSON.stringify({ record, replay });
    const positions = policies.map((entry: Entry) => this.#positionOf(entry));
    return `{"record":${JSON.stringify(others)},"policies":[${positions.join()}],"replay":${JSON.stringify(replay)}}`;
  }

  #positionOf(entry: Entry): number {
    const known = this.#positions.get(entry);
    if (known !== undefined) return known;
    const text = textOfEntry(entry);
    const position = this.#texts.get(text) ?? this.#texts.size;
    if (position === this.#texts.size) this.#units += text.length;
    this.#texts.set(text, position);
    this.#positions.set(entry, position);
    return position;
  }
}

const TEXTS = new WeakMap<Entry, string>();

function textOfEntry(entry: Entry): string {
  const known = TEXTS.get(entry);
  if (known !== undefined) return known;
  const text = JSON.stringify(entry);
  TEXTS.set(entry, text);
  return text;
}

/** A block, the entries that its records name, and where each record begins. */
interface OpenBlock {
  readonly text: Buffer;
  readonly entries: readonly Entry[];
  readonly starts: readonly number[];
}

/** A record as its line has it; lines of earlier versions hold their applied policies themselves. */
interface Line extends LoggedSignIn {
  readonly policies?: readonly number[];
}

/** Reads records out of blocks; keeps the last ones open. */
export class BlockReader {
  readonly #select: StatementSync;
  readonly #open = new Map<number, OpenBlock>();

  constructor(database: DatabaseSync) {
    this.#select = database.prepare('SELECT length, content FROM block WHERE number = ?');
  }

  /** Throws {@link DamagedBlock}, as all of these. */
  read(block: number, slot: number): LoggedSignIn {
    try {
      const { record, policies, replay } = JSON.parse(this.#line(block, slot).toString('utf8')) as Line;
      if (policies === undefined) return { record, replay };
      const { entries } = this.#block(block);
      const applied = policies.map((position) => entryAt(entries, position));
      return { record: { ...record, appliedConditionalAccessPolicies: applied }, replay };
    } catch (error) {
      throw new DamagedBlock(block, error);
    }
  }

  /** Whether a record came out the same. */
  isSame(block: number, slot: number, signIn: LoggedSignIn): boolean {
    return isSameJudgement(this.read(block, slot), signIn);
  }

  /** How many records a block holds. */
  size(block: number): number {
    return this.#block(block).starts.length;
  }

  /** All records of a block. */
  signIns(block: number): readonly LoggedSignIn[] {
    return this.#block(block).starts.map((_, slot) => this.read(block, slot));
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
      // A block of an earlier version begins with a record.
      const isNamed = text[0] === OPEN_BRACKET;
      const starts = isNamed ? [] : [0];
      for (let at = text.indexOf(NEWLINE); at !== -1; at = text.indexOf(NEWLINE, at + 1)) starts.push(at + 1);
      const entries = isNamed ? (JSON.parse(text.toString('utf8', 0, (starts[0] ?? 1) - 1)) as Entry[]) : [];
      if (this.#open.size >= OPEN_BLOCKS) this.#open.delete(this.#open.keys().next().value ?? block);
      this.#open.set(block, { text, entries, starts });
      return { text, entries, starts };
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

function entryAt(entries: readonly Entry[], position: number): Entry {
  const entry = entries[position];
  if (entry === undefined) throw new Error(`it has no entry ${position}`);
  return entry;
}
