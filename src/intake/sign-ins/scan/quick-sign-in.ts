import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { SignInAttempt } from '../../../core/signaling/attempt.ts';
import type { Place, ReadSignIn, ToldSignIn } from '../../types.ts';
import { readInstant } from '../facts/instants.ts';
import type { Members } from '../facts/members.ts';
import { textOf } from '../facts/members.ts';
import { finishRecord } from '../formats/graph-record.ts';
import type { SignInMark } from '../marks.ts';
import type { FactMemory, NumberedSignIn } from './fact-memory.ts';
import { LINE } from './line-scanner.ts';
import { isPlainInstant, isPlainText, plainText } from './plain-text.ts';
import { ToldLine } from './told-line.ts';

/** Lines that were scanned together: their bytes, and the numbers of each (line-scanner.ts). */
export interface Scanned {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly rows: Int32Array;
  /** The number of the line in which the bytes begin. */
  readonly firstLine: number;
  /** Reads the parts of the lines. */
  readonly facts: FactMemory;
}

/**
 * A sign-in of which only what it is judged by was read. The rest is made of its bytes when somebody asks for it; they are
 * there until the next lines are read, and so are the numbers of its values: who keeps it longer reads it whole (raw-records.ts).
 */
export class QuickSignIn implements ReadSignIn {
  readonly format = 'graph';
  readonly attempt: SignInAttempt;
  readonly marks: readonly SignInMark[];
  readonly #scanned: Scanned;
  readonly #numbered: NumberedSignIn;
  readonly #offset: number;
  #record: SignIn | undefined;

  constructor(
    scanned: Scanned,
    numbered: NumberedSignIn,
    offset: number,
    attempt: SignInAttempt,
    marks: readonly SignInMark[],
  ) {
    this.#scanned = scanned;
    this.#numbered = numbered;
    this.#offset = offset;
    this.attempt = attempt;
    this.marks = marks;
  }

  get id(): string {
    return plainText(this.#scanned.bytes, this.#number(LINE.idFrom), this.#number(LINE.idTo));
  }

  get createdDateTime(): string {
    const { bytes } = this.#scanned;
    const [from, to] = [this.#number(LINE.timeFrom), this.#number(LINE.timeTo)];
    const text = plainText(bytes, from, to);
    if (isPlainInstant(bytes, from, to)) return text;
    return readInstant(text, 'stated') ?? text;
  }

  get told(): ToldSignIn {
    return new ToldLine(this, this.#scanned.facts, this.#numbered);
  }

  get found(): SignIn {
    const { id, createdDateTime } = this;
    const correlationId = this.#correlationId();
    return { id, createdDateTime, correlationId, ...this.#scanned.facts.found(this.#numbered) };
  }

  #correlationId(): string | null {
    const { bytes } = this.#scanned;
    const [from, to] = [this.#number(LINE.correlationFrom), this.#number(LINE.correlationTo)];
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
    return this.#scanned.rows[this.#offset + which] as number;
  }
}

export function recordOf(text: Uint8Array): SignIn {
  const { buffer, byteOffset, byteLength } = text;
  const members = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8')) as Members;
  const reading = finishRecord({ members, envelope: {}, zone: 'stated' });
  if (!reading.ok) throw new Error(`the scan took what is no record: ${reading.message}`);
  return reading.record;
}
