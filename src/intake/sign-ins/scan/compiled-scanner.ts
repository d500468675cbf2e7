import { WORDS_WIDTH } from '../../../core/signaling/numbered-attempt.ts';
import { OBJECT_MEMBERS } from '../formats/graph-record.ts';
import { ADDRESS_MEMBERS } from './address-words.ts';
import { DEVICE_ID, DEVICE_NAME } from './device-rests.ts';
import type { ScannedLines } from './line-scanner.ts';
import { isInstant, LINE_WIDTH } from './line-scanner.ts';
import { NameMeanings } from './name-meanings.ts';
import type { FreshValues } from './raw-values.ts';
import { READ_MEMBERS } from './read-members.ts';
import { RECORD_PARTS } from './record-parts.ts';
import { PART_PLACES, placesOf } from './row-places.ts';
import { CORRELATION, ID, MEMBERS, SUBJECT_PLACES, TIME } from './scanned-members.ts';
import { LARGEST_BLOCK, PAGES, SCANNER } from './scanner-code.ts';
import { WINDOW } from './seldom-repeated.ts';
import type { FreshNumbers } from './value-numbers.ts';
import { LISTED, READ_OF_STEPS, STEPS, TIMED } from './value-numbers.ts';
import { PLACED_MEMBERS } from './value-places.ts';
import type { ExportedNumber, SharedMemory, WebAssemblyApi } from './web-assembly.ts';
import { webAssembly } from './web-assembly.ts';

/** What assembly/index.ts exports. */
interface Exports {
  readonly desk: ExportedNumber;
  readonly lineFeeds: ExportedNumber;
  readonly isAnew: ExportedNumber;
  readonly arePartsAnew: ExportedNumber;
  slot(number: number): number;
  begin(slot: number, length: number): void;
  scan(): number;
  isDone(): number;
  rowsOf(slot: number): number;
  wordsOf(slot: number): number;
  countOf(isLists: boolean): number;
  bytesOf(isLists: boolean): number;
  startsOf(isLists: boolean): number;
  tell(...told: readonly number[]): void;
  tellMember(member: number, isObject: boolean, isPlaced: boolean, isSubject: boolean): void;
  tellPart(size: number): void;
  tellPartPlace(position: number, place: number): void;
  tellAddress(member: number, place: number): void;
  tellDevice(device: number, protection: number): void;
  tellDeviceId(length: number): void;
  tellDeviceName(length: number): void;
  tellTimed(length: number): void;
  tellStepMember(length: number): void;
}

/** The scanner of lines in WebAssembly; `null` where the machine has no such instructions, or no room for its memory. */
export function compiledScanner(window = WINDOW): CompiledScanner | null {
  if (webAssembly === undefined) return null;
  const { Memory, Instance, CompileError } = webAssembly;
  try {
    const memory = new Memory({ initial: PAGES, maximum: PAGES, shared: true });
    const bytes = new Uint8Array(memory.buffer);
    const meanings = new NameMeanings(MEMBERS);
    const asked = {
      env: { memory },
      record: { meaningOf: (at: number, length: number) => meanings.of(bytes.subarray(at, at + length)) },
      'plain-text': { isOtherInstant: (start: number, end: number) => isInstant(bytes, start, end) },
    };
    const { exports } = new Instance(compiledOnce(webAssembly), asked);
    return new CompiledScanner(memory, exports as Exports, window);
  } catch (error) {
    if (error instanceof CompileError || error instanceof RangeError) return null;
    throw error;
  }
}

let compiled: object | undefined;

/**
 * The code, which stays: V8 may lose track of the pages of code that comes and goes while threads run, and ends the process
 * (https://github.com/nodejs/node/issues/64500).
 */
function compiledOnce({ Module }: WebAssemblyApi): object {
  compiled ??= new Module(Buffer.from(SCANNER, 'base64'));
  return compiled;
}

/**
 * Looks at sixteen bytes at once, in a memory that another thread sees: blocks of lines are read into its slots, and stay there
 * for who reads on in them. It finds what a `LineScanner` finds.
 */
export class CompiledScanner {
  readonly #memory: SharedMemory;
  readonly #bytes: Uint8Array;
  readonly #exports: Exports;
  /** How many texts and lists were handed over. */
  readonly #handed = { texts: 0, lists: 0 };

  /** `window`: values of a member after which it shows whether they repeat. */
  constructor(memory: SharedMemory, exports: Exports, window: number) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#exports = exports;
    this.#tell(window);
  }

  /** The memory of a slot, with room for the largest block and a 0 behind it. */
  slot(number: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.#exports.slot(number), LARGEST_BLOCK + 1);
  }

  /** Scans whole lines, all of them UTF-8, that were put into a slot with a 0 behind them. */
  scan(slot: number, length: number): ScannedLines {
    this.#exports.begin(slot, length);
    const isAnew = this.#exports.isAnew.value !== 0;
    const arePartsAnew = this.#exports.arePartsAnew.value !== 0;
    if (isAnew) Object.assign(this.#handed, { texts: 0, lists: 0 });
    const rows = this.#rows(slot);
    const lineFeeds = this.#exports.lineFeeds.value;
    return { bytes: this.slot(slot), length, ...rows, lineFeeds, fresh: this.#fresh(), isAnew, arePartsAnew };
  }

  /** The rows of all lines: in the slot where there is room for them, else in memory of their own. */
  #rows(slot: number): Rows {
    const { scan, isDone } = this.#exports;
    const first = this.#rowsNow(slot, scan());
    if (isDone() !== 0) return first;
    const parts = [copyOf(first)];
    for (let more = scan(); more > 0; more = scan()) parts.push(copyOf(this.#rowsNow(slot, more)));
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    const all = { count, rows: new Int32Array(count * LINE_WIDTH), words: new Uint32Array(count * WORDS_WIDTH) };
    let at = 0;
    for (const part of parts) {
      all.rows.set(part.rows, at * LINE_WIDTH);
      all.words.set(part.words, at * WORDS_WIDTH);
      at += part.count;
    }
    return all;
  }

  /** Rows that are there until there are others. */
  #rowsNow(slot: number, count: number): Rows {
    const { buffer } = this.#memory;
    const rows = new Int32Array(buffer, this.#exports.rowsOf(slot), count * LINE_WIDTH);
    return { count, rows, words: new Uint32Array(buffer, this.#exports.wordsOf(slot), count * WORDS_WIDTH) };
  }

  #tell(window: number): void {
    const { tell, tellMember, tellAddress, tellTimed, tellStepMember } = this.#exports;
    const [listed, steps] = [READ_MEMBERS.indexOf(LISTED), READ_MEMBERS.indexOf(STEPS)];
    tell(READ_MEMBERS.length, window, ID, TIME, CORRELATION, listed, steps);
    MEMBERS.forEach((name, at) => {
      tellMember(at, OBJECT_MEMBERS.includes(name), PLACED_MEMBERS.has(name), SUBJECT_PLACES.includes(at));
    });
    this.#tellParts();
    for (const [member, place] of ADDRESS_MEMBERS) tellAddress(member, place);
    tellTimed(this.#put(TIMED));
    for (const name of READ_OF_STEPS) tellStepMember(this.#put(name));
  }

  #tellParts(): void {
    const { tellPart, tellPartPlace, tellDevice, tellDeviceId, tellDeviceName } = this.#exports;
    for (const places of PART_PLACES) {
      tellPart(places.length);
      places.forEach((place, position) => {
        tellPartPlace(position, place);
      });
    }
    const [device = -1, protection = -1] = placesOf(RECORD_PARTS.device);
    tellDevice(device, protection);
    tellDeviceId(this.#put(DEVICE_ID));
    tellDeviceName(this.#put(DEVICE_NAME));
  }

  #put(text: Uint8Array): number {
    this.#bytes.set(text, this.#exports.desk.value);
    return text.length;
  }

  #fresh(): FreshNumbers {
    const texts = this.#freshOf(false, this.#handed.texts);
    const lists = this.#freshOf(true, this.#handed.lists);
    this.#handed.texts += texts.ends.length;
    this.#handed.lists += lists.ends.length;
    return { texts, lists };
  }

  #freshOf(isLists: boolean, handed: number): FreshValues {
    const { countOf, bytesOf, startsOf } = this.#exports;
    const count = countOf(isLists);
    const starts = new Int32Array(this.#memory.buffer, startsOf(isLists), count + 2);
    const from = count > handed ? (starts[handed + 1] as number) : 0;
    const ends = starts.slice(handed + 2, count + 2);
    for (let at = 0; at < ends.length; at++) ends[at] = (ends[at] as number) - from;
    const bytes = bytesOf(isLists);
    return { bytes: this.#bytes.slice(bytes + from, bytes + from + (ends.at(-1) ?? 0)), ends };
  }
}

type Rows = Pick<ScannedLines, 'count' | 'rows' | 'words'>;

function copyOf({ count, rows, words }: Rows): Rows {
  return { count, rows: rows.slice(), words: words.slice() };
}
