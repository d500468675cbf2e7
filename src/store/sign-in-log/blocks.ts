import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AppliedConditionalAccessPolicy, LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { isSameJudgement, isSameKept } from './judged-anew.ts';
import type { KeptSignIn } from './judged-block.ts';
import { JUDGED_MARK, JudgedBlock, judgedBlock } from './judged-block.ts';
import type { Packing } from './packing.ts';
import type { Rewriter } from './rewriter.ts';
import { NoRewriting } from './rewriter.ts';
import { unpack } from './zstd.ts';

/**
 * Records in one block, and UTF-16 units after which a block is full. Measured on records of 4.6 kB with fifty policies: 64
 * together take a fifth of what one takes alone, and opening one block for one record stays below a millisecond.
 */
const FULL = { records: 64, units: 1_048_576 };

/** The same of records as they were read. */
const FULL_JUDGED = { records: 128, bytes: 1_048_576 };

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

/** A record for a block: written, or as it was judged. */
export type Kept = LoggedSignIn | KeptSignIn;

function isJudged(kept: Kept): kept is KeptSignIn {
  return 'verdict' in kept;
}

/**
 * Fills blocks with records, in one transaction of the caller. A block of written ones begins with a line that has every entry of
 * the records' applied policies once, which are most of a record and come again and again; a record names them by position.
 * Judged ones lie in blocks of their own (judged-block.ts), one tenant to a block.
 */
export class BlockWriter {
  readonly #insert: StatementSync;
  readonly #database: DatabaseSync;
  readonly #packing: Packing;
  /** The block that is being packed. */
  #packed: { readonly number: number; readonly length: number; readonly judging: number | undefined } | undefined;
  #insertJudged: StatementSync | undefined;
  #number: number;
  #lines: string[] = [];
  #kept: Kept[] = [];
  /** Positions of entries, by the entry and by its text: sign-ins share them (fast/written.ts). */
  readonly #positions = new Map<Entry, number>();
  readonly #texts = new Map<string, number>();
  /** UTF-16 units of written records, bytes of judged ones. */
  #size = 0;
  /** The tenant that judged what is in the block; `undefined`: written records. */
  #judging: number | undefined;

  constructor(database: DatabaseSync, packing: Packing) {
    this.#database = database;
    this.#packing = packing;
    this.#insert = database.prepare('INSERT INTO block (number, length, content) VALUES (?, ?, ?)');
    const last = database.prepare('SELECT max(number) AS number FROM block').get()?.['number'];
    this.#number = Number(last ?? 0) + 1;
  }

  /** The place of that record, should it be the next one that is added. */
  placeFor(kept: Kept): { readonly block: number; readonly slot: number } {
    const judging = isJudged(kept) ? kept.judging : undefined;
    if (judging !== this.#judging) this.flush();
    this.#judging = judging;
    return { block: this.#number, slot: this.#kept.length };
  }

  /** The record at a place of the block that is being filled; all other blocks are written. */
  waiting(block: number, slot: number): Kept | undefined {
    if (block === this.#number) return this.#kept[slot];
    this.#settle();
    return undefined;
  }

  /** Adds a record at the place that it was told. */
  add(kept: Kept): void {
    this.#kept.push(kept);
    if (isJudged(kept)) {
      this.#size += kept.text.length;
      if (this.#kept.length >= FULL_JUDGED.records || this.#size >= FULL_JUDGED.bytes) this.#pack();
      return;
    }
    const line = this.#lineOf(kept);
    this.#lines.push(line);
    this.#size += line.length;
    if (this.#lines.length >= FULL.records || this.#size >= FULL.units) this.#pack();
  }

  /** Writes all that was added. */
  flush(): void {
    this.#pack();
    this.#settle();
  }

  /** Begins to pack the block, after the one before was written. */
  #pack(): void {
    if (this.#kept.length === 0) return;
    const text = this.#text();
    this.#settle();
    this.#packing.begin(text);
    this.#packed = { number: this.#number, length: text.length, judging: this.#judging };
    this.#number++;
    this.#lines = [];
    this.#kept = [];
    this.#positions.clear();
    this.#texts.clear();
    this.#size = 0;
  }

  /** Writes the block that is being packed. */
  #settle(): void {
    if (this.#packed === undefined) return;
    const { number, length, judging } = this.#packed;
    this.#insert.run(number, length, this.#packing.take());
    if (judging !== undefined) {
      this.#insertJudged ??= this.#database.prepare('INSERT INTO judged_block (block, judging) VALUES (?, ?)');
      this.#insertJudged.run(number, judging);
    }
    this.#packed = undefined;
  }

  #text(): Buffer {
    if (this.#judging !== undefined)
      return judgedBlock(this.#judging, this.#kept.filter(isJudged), (bytes) => this.#packing.room(bytes));
    return Buffer.from([`[${[...this.#texts.keys()].join()}]`, ...this.#lines].join('\n'));
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
    if (position === this.#texts.size) this.#size += text.length;
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
interface WrittenBlock {
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
  readonly #rewriter: Rewriter;
  readonly #open = new Map<number, WrittenBlock | JudgedBlock>();

  constructor(database: DatabaseSync, rewriter: Rewriter) {
    this.#select = database.prepare('SELECT length, content FROM block WHERE number = ?');
    this.#rewriter = rewriter;
  }

  /** Throws {@link DamagedBlock}, as all of these. */
  read(block: number, slot: number): LoggedSignIn {
    return this.#guarded(block, () => this.written(this.#kept(block, slot)));
  }

  /** A record as a log shows it, whose details are made when somebody asks for them. */
  written(kept: Kept): LoggedSignIn {
    return isJudged(kept) ? this.#rewriter.written(kept) : kept;
  }

  /** Whether a record came out the same. */
  isSame(block: number, slot: number, kept: Kept): boolean {
    return this.#guarded(block, () => this.isSameAs(this.#kept(block, slot), kept));
  }

  isSameAs(one: Kept, other: Kept): boolean {
    if (isJudged(one) && isJudged(other) && isSameKept(one, other)) return true;
    return isSameJudgement(this.written(one), this.written(other));
  }

  /** How many records a block holds. */
  size(block: number): number {
    return this.#guarded(block, () => sizeOf(this.#block(block)));
  }

  /** All records of a block. */
  all(block: number): readonly Kept[] {
    return this.#guarded(block, () =>
      Array.from({ length: sizeOf(this.#block(block)) }, (_, slot) => this.#kept(block, slot)),
    );
  }

  #kept(block: number, slot: number): Kept {
    const open = this.#block(block);
    if (open instanceof JudgedBlock) return open.signIn(slot);
    const { record, policies, replay } = JSON.parse(lineOf(open, slot).toString('utf8')) as Line;
    if (policies === undefined) return { record, replay };
    const applied = policies.map((position) => entryAt(open.entries, position));
    return { record: { ...record, appliedConditionalAccessPolicies: applied }, replay };
  }

  #block(block: number): WrittenBlock | JudgedBlock {
    const known = this.#open.get(block);
    if (known !== undefined) return known;
    const text = this.#text(block);
    const opened = text[0] === JUDGED_MARK ? new JudgedBlock(text) : writtenBlock(text);
    if (this.#open.size >= OPEN_BLOCKS) this.#open.delete(this.#open.keys().next().value ?? block);
    this.#open.set(block, opened);
    return opened;
  }

  #text(block: number): Buffer {
    const row = this.#select.get(block);
    const content = row?.['content'];
    const length = Number(row?.['length']);
    if (!(content instanceof Uint8Array) || !(length <= MAX_BLOCK_BYTES)) throw new Error('it is missing');
    return unpack(content, length);
  }

  #guarded<T>(block: number, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw error instanceof DamagedBlock || error instanceof NoRewriting ? error : new DamagedBlock(block, error);
    }
  }
}

function writtenBlock(text: Buffer): WrittenBlock {
  // A block of an earlier version begins with a record.
  const isNamed = text[0] === OPEN_BRACKET;
  const starts = isNamed ? [] : [0];
  for (let at = text.indexOf(NEWLINE); at !== -1; at = text.indexOf(NEWLINE, at + 1)) starts.push(at + 1);
  const entries = isNamed ? (JSON.parse(text.toString('utf8', 0, (starts[0] ?? 1) - 1)) as Entry[]) : [];
  return { text, entries, starts };
}

function sizeOf(block: WrittenBlock | JudgedBlock): number {
  return block instanceof JudgedBlock ? block.size : block.starts.length;
}

function lineOf({ text, starts }: WrittenBlock, slot: number): Buffer {
  const start = starts[slot];
  if (start === undefined) throw new Error(`it has no record ${slot}`);
  const next = starts[slot + 1];
  return text.subarray(start, next === undefined ? text.length : next - 1);
}

function entryAt(entries: readonly Entry[], position: number): Entry {
  const entry = entries[position];
  if (entry === undefined) throw new Error(`it has no entry ${position}`);
  return entry;
}
