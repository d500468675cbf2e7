import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LoggedSignIn, SignIn } from '../../core/conditional-access/record/sign-in.ts';
import { timeKey } from '../../core/sign-in-log/time-key.ts';
import type { Appended, Batch, Loggable } from '../types.ts';
import type { Kept } from './blocks.ts';
import { BlockReader, BlockWriter } from './blocks.ts';
import type { Key } from './columns.ts';
import { periodOf } from './columns.ts';
import { JudgingNumbers } from './judgings.ts';
import type { Packing } from './packing.ts';
import type { Rewriter } from './rewriter.ts';
import type { Row } from './rows.ts';
import { ROW, Rows } from './rows.ts';
import { keyOf } from './sql.ts';
import type { TextNumbers } from './texts.ts';
import { WeightWriter } from './weights.ts';

const NAMES = ['block', 'slot', ...ROW];

const INSERT = `INSERT INTO sign_in (${NAMES.join(', ')}) VALUES (${NAMES.map(() => '?').join(', ')})
  ON CONFLICT (period, id, signaling_status) DO NOTHING`;

const FIND =
  'SELECT seq, block, slot, outcome, decided_by FROM sign_in WHERE period = ? AND id = ? AND signaling_status = ?';

/** What is judged anew is the last that was written: with the highest `seq`, so that who follows the log sees it. */
const REPLACE = `UPDATE sign_in SET seq = (SELECT max(seq) FROM sign_in) + 1, ${NAMES.map((name) => `${name} = ?`).join(', ')}
  WHERE seq = ?`;

const placesOf = (...names: string[]) => names.map((name) => ROW.indexOf(name));
const IDENTITY = placesOf('period', 'id', 'signaling_status');
const [OUTCOME = 0, DECIDED_BY = 0] = placesOf('outcome', 'decided_by');

/** The record that an entry of the log points to. */
interface Entry {
  readonly seq: number;
  readonly block: number;
  readonly slot: number;
  /** What was decided, as numbers of texts. */
  readonly decision: readonly unknown[];
}

/** Appends batches of sign-ins over one connection, each in a transaction of the caller. */
export class BatchWriter {
  readonly #database: DatabaseSync;
  readonly #texts: TextNumbers;
  readonly #rows: Rows;
  readonly #rewriter: Rewriter;
  readonly #judgings: JudgingNumbers;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #replace: StatementSync;
  readonly #move: StatementSync;
  readonly #remove: StatementSync;
  readonly #removeJudged: StatementSync;
  readonly #weights: WeightWriter;
  readonly #packing: Packing;
  #version: unknown;

  constructor(database: DatabaseSync, texts: TextNumbers, rewriter: Rewriter, packing: Packing) {
    this.#database = database;
    this.#packing = packing;
    this.#texts = texts;
    this.#rows = new Rows(texts);
    this.#rewriter = rewriter;
    this.#judgings = new JudgingNumbers(database);
    this.#insert = database.prepare(INSERT);
    this.#find = database.prepare(FIND);
    this.#replace = database.prepare(REPLACE);
    this.#move = database.prepare('UPDATE sign_in SET block = ?, slot = ? WHERE seq = ?');
    this.#remove = database.prepare('DELETE FROM block WHERE number = ?');
    this.#weights = new WeightWriter(database);
    this.#removeJudged = database.prepare('DELETE FROM judged_block WHERE block = ? RETURNING judging');
  }

  /** What is remembered belongs to one version of the database; SQLite's own counts the writes of others. */
  rememberIf(version: unknown): void {
    if (version !== this.#version) this.forget();
    this.#version = version;
  }

  /** Forgets what it remembers of the database, which may be otherwise now. */
  forget(): void {
    this.#texts.forget();
    this.#rows.forget();
    this.#judgings.forget();
    this.#rewriter.forget();
  }

  append(batch: Batch): Appended {
    const blocks = new BlockWriter(this.#database, this.#packing);
    const reader = new BlockReader(this.#database, this.#rewriter);
    /** Records of a block that no entry points to any more, since this batch. */
    const left = new Map<number, number>();
    let added = 0;
    for (const signIn of batch) {
      const kept = this.#keptOf(signIn);
      const row = this.#rowOf(signIn);
      const { block, slot } = blocks.placeFor(kept);
      const { changes, lastInsertRowid } = this.#insert.run(block, slot, ...row);
      if (changes !== 0) {
        this.#weights.add(lastInsertRowid, weightOf(signIn));
        added++;
      } else {
        const entry = this.#entryOf(row);
        // Another decision needs no look at the record.
        const isDecidedSo = entry.decision[0] === row[OUTCOME] && entry.decision[1] === row[DECIDED_BY];
        if (isDecidedSo && isThere(entry, kept, reader, blocks)) continue;
        this.#weights.replace(entry.seq, weightOf(signIn));
        this.#replace.run(block, slot, ...row, entry.seq);
        left.set(entry.block, (left.get(entry.block) ?? 0) + 1);
      }
      if ('judging' in kept) this.#judgings.keep(kept.judging);
      blocks.add(kept);
    }
    blocks.flush();
    const judgedAnew = [...left.values()].reduce((sum, count) => sum + count, 0);
    const judgings = [...left].map(([block, count]) => this.#tidy(block, count, reader, blocks));
    blocks.flush();
    this.#tidyJudgings(judgings);
    return { added, judgedAnew, alreadyThere: batch.length - added - judgedAnew };
  }

  /**
   * A block goes when no entry points into it, and one that is half empty or more gives what it still holds to a new one:
   * so there are never more records to which nothing points than others, however often the same sign-ins are judged anew. Gives the
   * number of the tenant that judged a block that went.
   */
  #tidy(block: number, left: number, reader: BlockReader, blocks: BlockWriter): number | undefined {
    const size = reader.size(block);
    const held =
      left === size
        ? []
        : reader.all(block).flatMap((kept, slot) => this.#held(kept, reader.written(kept), block, slot));
    if (held.length * 2 > size) return undefined;
    for (const { kept, seq } of held) {
      const place = blocks.placeFor(kept);
      this.#move.run(place.block, place.slot, seq);
      blocks.add(kept);
    }
    this.#remove.run(block);
    const judging = this.#removeJudged.get(block)?.['judging'];
    return judging === undefined ? undefined : Number(judging);
  }

  /** Tenants by which nothing is kept go: with the last block that they judged, or without ever having been put there. */
  #tidyJudgings(ofBlocks: readonly (number | undefined)[]): void {
    for (const number of this.#judgings.takeBack()) this.#rewriter.takeBack(number);
    if (!this.#judgings.removeUnused(new Set(ofBlocks.filter((number) => number !== undefined)))) return;
    this.#judgings.forget();
    this.#rewriter.forget();
  }

  #rowOf(signIn: Loggable): Row {
    if (!('found' in signIn)) return this.#rows.of(signIn);
    const { found, verdict } = signIn;
    return 'record' in found ? this.#rows.of(found) : this.#rows.ofFound(found, verdict);
  }

  #keptOf(signIn: Loggable): Kept {
    if (!('found' in signIn)) return signIn;
    const { text, isAsExported, verdict, seen, tenant } = signIn;
    const judging = this.#judgings.numberOf(tenant);
    if (this.#judgings.isPromised(judging)) this.#rewriter.lend(judging, tenant);
    return { text, isAsExported, verdict, seen, judging };
  }

  /** A record with its entry, if that points to it: what was judged anew or pruned lies elsewhere or nowhere. */
  #held(
    kept: Kept,
    { record, replay }: LoggedSignIn,
    block: number,
    slot: number,
  ): readonly { readonly kept: Kept; readonly seq: number }[] {
    // Not by its whole row: the names of somebody who was pruned would be noted again.
    const time = periodOf(timeKey(record.createdDateTime));
    const entry = this.#find.get(time, keyOf('id', record.id), this.#texts.numberOf(replay.signalingStatus));
    if (entry?.['block'] !== block || entry['slot'] !== slot) return [];
    return [{ kept, seq: Number(entry['seq']) }];
  }

  /** The entry of a sign-in that is in the log. */
  #entryOf(row: Row): Entry {
    const found = this.#find.get(...identityOf(row));
    return {
      seq: Number(found?.['seq']),
      block: Number(found?.['block']),
      slot: Number(found?.['slot']),
      decision: [found?.['outcome'], found?.['decided_by']],
    };
  }
}

/** Whether the entry came out the same; one of this batch may not be written yet. */
function isThere({ block, slot }: Entry, kept: Kept, reader: BlockReader, blocks: BlockWriter): boolean {
  const waiting = blocks.waiting(block, slot);
  return waiting === undefined ? reader.isSame(block, slot, kept) : reader.isSameAs(waiting, kept);
}

/** What is found of a sign-in in parts is that of one. */
function weightOf(signIn: Loggable): Pick<SignIn, 'signInCount'> {
  const found = 'found' in signIn ? signIn.found : signIn;
  return 'record' in found ? found.record : {};
}

function identityOf(row: Row): (Key | null)[] {
  return IDENTITY.map((at) => row[at] ?? null);
}
