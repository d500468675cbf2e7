import type { NetworkFacts } from '../facts/network-path-of.ts';
import { elementsOf, JsonRecords } from '../json/records.ts';
import type { RawRecord } from '../raw-records.ts';
import { FactMemory } from './fact-memory.ts';
import { KnownValues } from './known-values.ts';
import type { ScannedLines } from './line-scanner.ts';
import { LINE, LINE_WIDTH } from './line-scanner.ts';
import { QuickSignIn } from './quick-sign-in.ts';

const LINE_FEED = 0x0a;

/** Lines that were scanned, and by whom: each scanner gives numbers of its own. */
export interface ScannedBy extends ScannedLines {
  readonly scanner: object;
}

/** Records of NDJSON that was scanned, in batches: one for the lines that were scanned together. */
export async function* lineRecords(
  scanned: AsyncIterable<ScannedBy>,
  file: string,
  memories: Memories,
): AsyncGenerator<readonly RawRecord[]> {
  const reader = new LineReader(file, memories);
  for await (const lines of scanned) {
    yield reader.read(lines);
    if (reader.ended) return;
  }
  yield reader.end();
}

/** What one scanner has numbered, and what was made of it. */
interface Memory {
  readonly values: KnownValues;
  readonly facts: FactMemory;
}

/** What the scanners of one reading have numbered in all of its files. */
export class Memories {
  readonly #facts: NetworkFacts;
  readonly #all = new WeakMap<object, Memory>();

  constructor(facts: NetworkFacts) {
    this.#facts = facts;
  }

  of({ scanner, isAnew, arePartsAnew, fresh }: ScannedBy): Memory {
    const memory = this.#all.get(scanner) ?? { values: new KnownValues(), facts: new FactMemory(this.#facts) };
    this.#all.set(scanner, memory);
    if (isAnew) memory.values.clear();
    if (arePartsAnew) memory.facts.clear();
    memory.values.add(fresh);
    return memory;
  }
}

class LineReader {
  readonly #file: string;
  readonly #memories: Memories;
  readonly #elements = elementsOf(true);
  readonly #records: JsonRecords;
  #line = 1;

  constructor(file: string, memories: Memories) {
    this.#file = file;
    this.#memories = memories;
    this.#records = new JsonRecords(file, true);
  }

  /** What follows cannot be told apart any more. */
  get ended(): boolean {
    return this.#elements.ended;
  }

  read(lines: ScannedBy): RawRecord[] {
    const records: RawRecord[] = [];
    const { bytes, rows, words, count } = lines;
    const { values, facts } = this.#memories.of(lines);
    const parts = facts.rows(count, words);
    const scanned = { file: this.#file, bytes, rows, firstLine: this.#line, values, facts, parts };
    const numbered = { values, numbers: rows, offset: 0, bytes };
    for (let row = 0; row < count && !this.ended; row++) {
      const offset = row * LINE_WIDTH;
      if (rows[offset + LINE.idFrom] === -1) records.push(...this.#whole(lines, offset));
      else {
        numbered.offset = offset + LINE.values;
        const hasNumbers = facts.putNumbers(numbered, parts, row);
        const signIn = new QuickSignIn(scanned, row, hasNumbers, facts.marks(numbered));
        records.push({ kind: 'quick', signIn });
      }
    }
    this.#line += lines.lineFeeds;
    return records;
  }

  end(): RawRecord[] {
    return this.#elements.end().map((part) => this.#records.read(part, true));
  }

  /** The line with its line feed, if there is one. */
  #whole({ bytes, rows }: ScannedLines, offset: number): RawRecord[] {
    const [from, to] = [rows[offset + LINE.from] as number, rows[offset + LINE.to] as number];
    this.#elements.goTo(this.#line + (rows[offset + LINE.number] as number));
    // What goes on in other bytes is kept for them, and these bytes are not.
    const line = bytes[to] === LINE_FEED ? bytes.subarray(from, to + 1) : bytes.slice(from, to);
    const parts = this.#elements.push(line);
    return parts.map((part) => this.#records.read(part, false));
  }
}
