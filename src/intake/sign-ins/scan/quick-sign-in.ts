import type { FoundRecord } from '../../../core/conditional-access/record/found-sign-in.ts';
import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Identity, SignInAttempt } from '../../../core/signaling/attempt.ts';
import type { NumberedAttempt, NumberedRows } from '../../../core/signaling/numbered-attempt.ts';
import type { IdBits } from '../../../core/values/id-bits.ts';
import type { Place, ReadSignIn, ToldSignIn } from '../../types.ts';
import { readInstant } from '../facts/instants.ts';
import type { Members } from '../facts/members.ts';
import { textOf } from '../facts/members.ts';
import { finishRecord } from '../formats/graph-record.ts';
import type { SignInMark } from '../marks.ts';
import type { FactMemory } from './fact-memory.ts';
import { FoundLine } from './found-line.ts';
import type { KnownValues } from './known-values.ts';
import { LINE, LINE_WIDTH } from './line-scanner.ts';
import type { NumberedSignIn } from './part-reader.ts';
import { isPlainInstant, isPlainText, plainText, timeAt } from './plain-text.ts';
import { ToldLine } from './told-line.ts';

/** Lines that were scanned together: their bytes, and the numbers of each (line-scanner.ts). */
export interface Scanned {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly rows: Int32Array;
  /** The number of the line in which the bytes begin. */
  readonly firstLine: number;
  /** The values that have a number, and what reads the parts of the lines. */
  readonly values: KnownValues;
  readonly facts: FactMemory;
  /** The numbers of their parts. */
  readonly parts: NumberedRows;
}

/**
 * A sign-in of which only what it is judged by was read. The rest is made of its bytes when somebody asks for it; they are
 * there until the next lines are read, and so are the numbers of its values: who keeps it longer reads it whole (raw-records.ts).
 */
export class QuickSignIn implements ReadSignIn, NumberedAttempt {
  readonly format = 'graph';
  readonly marks: readonly SignInMark[];
  /** Its position among the lines. */
  readonly row: number;
  readonly #scanned: Scanned;
  readonly #hasNumbers: boolean;
  #attempt: SignInAttempt | undefined;
  #record: SignIn | undefined;

  constructor(scanned: Scanned, row: number, hasNumbers: boolean, marks: readonly SignInMark[]) {
    this.#scanned = scanned;
    this.row = row;
    this.#hasNumbers = hasNumbers;
    this.marks = marks;
  }

  get rows(): NumberedRows {
    return this.#scanned.parts;
  }

  get numbered(): NumberedAttempt | undefined {
    return this.#hasNumbers ? this : undefined;
  }

  get identity(): Identity {
    return this.#scanned.facts.identity(this.#values);
  }

  get attempt(): SignInAttempt {
    this.#attempt ??= this.#scanned.facts.attempt(this.#values);
    return this.#attempt;
  }

  get #values(): NumberedSignIn {
    const { values, rows: numbers, bytes } = this.#scanned;
    return { values, numbers, offset: this.row * LINE_WIDTH + LINE.values, bytes };
  }

  get id(): string {
    return plainText(this.#scanned.bytes, this.#number(LINE.idFrom), this.#number(LINE.idTo));
  }

  get idBits(): IdBits {
    return { high: this.#number(LINE.idHigh) >>> 0, low: this.#number(LINE.idLow) >>> 0 };
  }

  get createdDateTime(): string {
    const { bytes } = this.#scanned;
    const from = this.#number(LINE.timeFrom);
    const to = this.#number(LINE.timeTo);
    const text = plainText(bytes, from, to);
    if (isPlainInstant(bytes, from, to)) return text;
    return readInstant(text, 'stated') ?? text;
  }

  get time(): number {
    const time = timeAt(this.#scanned.bytes, this.#number(LINE.timeFrom), this.#number(LINE.timeTo));
    return Number.isNaN(time) ? Date.parse(this.createdDateTime) : time;
  }

  get told(): ToldSignIn {
    return new ToldLine(this, this.#scanned.facts, this.#values);
  }

  get found(): FoundRecord {
    return new FoundLine(this, this.#scanned.facts, this.#values);
  }

  get correlationId(): string | null {
    const { bytes } = this.#scanned;
    const from = this.#number(LINE.correlationFrom);
    const to = this.#number(LINE.correlationTo);
    if (isPlainText(bytes, from, to)) return plainText(bytes, from, to);
    return from === -1 ? null : (textOf(JSON.parse(Buffer.from(bytes.subarray(from, to)).toString('utf8'))) ?? null);
  }

  get record(): SignIn {
    this.#record ??= recordOf(this.bytes);
    return this.#record;
  }

  /** The object as it stands in the file. */
  get bytes(): Uint8Array {
    return this.#scanned.bytes.subarray(this.#number(LINE.from), this.#number(LINE.to));
  }

  get place(): Place {
    return { file: this.#scanned.file, line: this.#scanned.firstLine + this.#number(LINE.number) };
  }

  #number(which: number): number {
    return this.#scanned.rows[this.row * LINE_WIDTH + which] as number;
  }
}

export function recordOf(text: Uint8Array): SignIn {
  const { buffer, byteOffset, byteLength } = text;
  const members = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8')) as Members;
  const reading = finishRecord({ members, envelope: {}, zone: 'stated' });
  if (!reading.ok) throw new Error(`the scan took what is no record: ${reading.message}`);
  return reading.record;
}
