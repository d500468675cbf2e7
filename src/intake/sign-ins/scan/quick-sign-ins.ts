import { isUtf8 } from 'node:buffer';
import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { SignInAttempt } from '../../../core/signaling/attempt.ts';
import type { Place } from '../../types.ts';
import { SUBJECTS } from '../draft-of.ts';
import { readInstant } from '../facts/instants.ts';
import type { NetworkFacts } from '../facts/network-path-of.ts';
import type { QuickReader } from '../json/parts.ts';
import type { SignInMark } from '../marks.ts';
import type { UnplacedSignIn } from '../raw-records.ts';
import { FactMemory } from './fact-memory.ts';
import { KnownValues } from './known-values.ts';
import { PartNumbers } from './part-numbers.ts';
import { isPlainText, plainText } from './plain-text.ts';
import { recordOf } from './quick-sign-in.ts';
import { READ_MEMBERS } from './read-members.ts';
import { RecordScan } from './record-scan.ts';
import { ROW_WIDTH } from './row-places.ts';
import { ValueNumbers } from './value-numbers.ts';

const MEMBERS = [...new Set([...READ_MEMBERS, ...SUBJECTS, 'id', 'createdDateTime'])];
const ID = MEMBERS.indexOf('id');
const TIME = MEMBERS.indexOf('createdDateTime');
const SUBJECT_PLACES = SUBJECTS.map((name) => MEMBERS.indexOf(name));

/**
 * Reads sign-ins of Graph's from bytes: what they are judged by and no more. Whatever is not plainly a sign-in with an id and
 * a time is left to the reader of whole records; the record that is made here, when it is asked for, is the same.
 */
export class QuickSignIns implements QuickReader<UnplacedSignIn> {
  readonly #values = new ValueNumbers(READ_MEMBERS);
  readonly #scan = new RecordScan(MEMBERS, this.#values);
  readonly #numbered = {
    values: new KnownValues(),
    numbers: new Int32Array(ROW_WIDTH),
    offset: 0,
    bytes: new Uint8Array(0) as Uint8Array,
  };
  readonly #parts = new PartNumbers();
  readonly #memory: FactMemory;
  #bytes: Uint8Array | undefined;
  #isAllUtf8 = false;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(facts: NetworkFacts) {
    this.#memory = new FactMemory(facts);
  }

  endOf(bytes: Uint8Array, from: number): number {
    this.#look(bytes);
    if (this.#values.isFull) this.#forget();
    else if (this.#parts.isFull) this.#forgetParts();
    return this.#scan.scan(bytes, this.#view, from);
  }

  take(bytes: Uint8Array, from: number, to: number): UnplacedSignIn | undefined {
    const { starts, ends } = this.#scan;
    if (!SUBJECT_PLACES.some((place) => starts[place] !== -1)) return undefined;
    const id = textAt(bytes, starts[ID] as number, ends[ID] as number);
    const createdDateTime = readInstant(textAt(bytes, starts[TIME] as number, ends[TIME] as number), 'stated');
    if (id === undefined || createdDateTime === undefined) return undefined;
    const text = bytes.subarray(from, to);
    if (!this.#isAllUtf8 && !isUtf8(text)) return undefined;
    const attempt = this.#attempt(bytes);
    return quick(id, createdDateTime, attempt, this.#memory.marks(this.#numbered), text);
  }

  /** Looks at bytes that were not seen before: all of them at once, where no character is cut off at the end. */
  #look(bytes: Uint8Array): void {
    if (this.#bytes === bytes) return;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#isAllUtf8 = isUtf8(bytes);
  }

  #forget(): void {
    this.#values.clear();
    this.#scan.forgetNumbers();
    this.#numbered.values.clear();
    this.#forgetParts();
  }

  #forgetParts(): void {
    this.#parts.clear();
    this.#memory.clear();
  }

  #attempt(bytes: Uint8Array): SignInAttempt {
    this.#values.take(this.#scan, bytes, this.#view, this.#numbered.numbers, 0);
    this.#parts.take(this.#scan, bytes, this.#numbered.numbers, 0);
    if (this.#values.hasFresh) this.#numbered.values.add(this.#values.fresh());
    this.#numbered.bytes = bytes;
    return this.#memory.attempt(this.#numbered);
  }
}

function textAt(bytes: Uint8Array, start: number, end: number): string | undefined {
  return isPlainText(bytes, start, end) ? plainText(bytes, start, end) : undefined;
}

/** The record is a member of the object itself, so that a copy of the sign-in has it too. */
function quick(
  id: string,
  createdDateTime: string,
  attempt: SignInAttempt,
  marks: readonly SignInMark[],
  text: Uint8Array,
): UnplacedSignIn {
  let record: SignIn | undefined;
  return {
    id,
    createdDateTime,
    get record() {
      record ??= recordOf(text);
      return record;
    },
    attempt,
    format: 'graph',
    marks,
    place: NOWHERE,
  };
}

const NOWHERE: Place = { file: '' };
