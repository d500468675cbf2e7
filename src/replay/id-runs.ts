import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Numbers a row: two of the id, and one of the content that came with it first. */
export const ROW = 3;

/** Rows of a page, which is read at once. */
const PAGE = 512;

/** Bits of a filter for each row, at least, and how many of them are set for one. Of a thousand ids that are not there some two pass. */
const BITS_OF_ROW = 16;
const SET = 4;

/** Rows in the order of their ids, in a file. */
interface Run {
  readonly rows: number;
  /** Where it begins in the file, in bytes. */
  readonly from: number;
  /** The first number of each page. */
  readonly firsts: Uint32Array;
  /** Says of most ids that they are not there; as many bits as a power of two. */
  readonly filter: Uint32Array;
}

/**
 * Ids that would take too much memory, with what came with them, in a file without a name in the folder for such: it goes with the
 * process, however that ends. Two bytes of memory remain for each.
 */
export class IdRuns {
  readonly #folder: string;
  readonly #runs: Run[] = [];
  readonly #page = new Uint32Array(PAGE * ROW);
  #file: number | undefined;
  #size = 0;

  constructor(folder = tmpdir()) {
    this.#folder = folder;
  }

  /** What came first with the id; `undefined` where it is in none of the runs. */
  find(high: number, low: number): number | undefined {
    for (const run of this.#runs) {
      if (!mayHold(run.filter, high, low)) continue;
      const content = this.#findIn(run, high, low);
      if (content !== undefined) return content;
    }
    return undefined;
  }

  /** Keeps rows in the order of their ids, each id once; false where there is no file for them, and nothing was kept. */
  keep(rows: Uint32Array): boolean {
    try {
      this.#file ??= nameless(this.#folder);
      const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at, bytes.length - at, this.#size + at);
    } catch {
      return false;
    }
    const run = { rows: rows.length / ROW, from: this.#size, firsts: firstsOf(rows), filter: filterOf(rows) };
    this.#runs.push(run);
    this.#size += rows.byteLength;
    return true;
  }

  end(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#runs.length = 0;
  }

  #findIn(run: Run, high: number, low: number): number | undefined {
    const { firsts } = run;
    // The page before the first that begins with the number may end with it.
    for (let page = Math.max(pageFrom(firsts, high) - 1, 0); page < firsts.length; page++) {
      if ((firsts[page] as number) > high) return undefined;
      const content = findRow(this.#pageOf(run, page), high, low);
      if (content !== undefined) return content;
    }
    return undefined;
  }

  #pageOf({ rows, from }: Run, page: number): Uint32Array {
    const numbers = this.#page.subarray(0, Math.min(PAGE, rows - page * PAGE) * ROW);
    const bytes = new Uint8Array(numbers.buffer, 0, numbers.byteLength);
    const start = from + page * this.#page.byteLength;
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(this.#file as number, bytes, at, bytes.length - at, start + at);
      if (read === 0) throw new Error('the file of ids that were seen has become shorter');
      at += read;
    }
    return numbers;
  }
}

/** A new file for this process alone, of which the folder knows nothing any more. */
function nameless(folder: string): number {
  const path = join(folder, `gsa-ids-${process.pid}-${Math.random().toString(36).slice(2)}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}

function firstsOf(rows: Uint32Array): Uint32Array {
  const firsts = new Uint32Array(Math.ceil(rows.length / (PAGE * ROW)));
  for (let page = 0; page < firsts.length; page++) firsts[page] = rows[page * PAGE * ROW] as number;
  return firsts;
}

function filterOf(rows: Uint32Array): Uint32Array {
  const bits = 2 ** Math.ceil(Math.log2((rows.length / ROW) * BITS_OF_ROW));
  const filter = new Uint32Array(Math.max(bits / 32, 1));
  for (let at = 0; at < rows.length; at += ROW) {
    for (let nth = 0; nth < SET; nth++) {
      const bit = bitOf(filter, rows[at] as number, rows[at + 1] as number, nth);
      filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
    }
  }
  return filter;
}

function mayHold(filter: Uint32Array, high: number, low: number): boolean {
  for (let nth = 0; nth < SET; nth++) {
    const bit = bitOf(filter, high, low, nth);
    if (((filter[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
  }
  return true;
}

/** The numbers of an id are as good as drawn: each further bit lies as far behind the one before. */
function bitOf(filter: Uint32Array, high: number, low: number, nth: number): number {
  return (high + Math.imul(nth, low | 1)) & (filter.length * 32 - 1);
}

/** The first page that does not begin below the number. */
function pageFrom(firsts: Uint32Array, high: number): number {
  let [from, to] = [0, firsts.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((firsts[middle] as number) < high) from = middle + 1;
    else to = middle;
  }
  return from;
}

function findRow(rows: Uint32Array, high: number, low: number): number | undefined {
  let [from, to] = [0, rows.length / ROW];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const at = middle * ROW;
    const [first, second] = [rows[at] as number, rows[at + 1] as number];
    if (first === high && second === low) return rows[at + 2];
    if (first < high || (first === high && second < low)) from = middle + 1;
    else to = middle;
  }
  return undefined;
}
