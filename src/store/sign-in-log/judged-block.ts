import type { SeenWords, Verdict } from '../../core/conditional-access/record/judged-sign-in.ts';

/** A judged sign-in as a block has it. */
export interface KeptSignIn {
  readonly text: Uint8Array;
  readonly isAsExported: boolean;
  readonly verdict: Verdict;
  readonly seen: SeenWords | undefined;
  /** The number of the tenant that judged it. */
  readonly judging: number;
}

/** How a block of judged sign-ins begins; one of written records begins with a bracket. */
export const JUDGED_MARK = 0x21;

const NEWLINE = 0x0a;

/** Numbers of one sign-in in the header: its verdict, the bytes of what was seen and of its text, and whether that is exported. */
const WIDTH = 4;

/** The first line of such a block; behind it lie the verdicts, and of each sign-in what was seen and its text. */
interface Header {
  readonly judging: number;
  /** Bytes of each verdict. */
  readonly verdicts: readonly number[];
  readonly signIns: readonly number[];
}

const TEXTS = new WeakMap<Verdict, string>();

/** As a string: a few bytes of a buffer would keep the whole piece of memory that it was cut from. */
function textOfVerdict(verdict: Verdict): string {
  const known = TEXTS.get(verdict);
  if (known !== undefined) return known;
  const text = JSON.stringify(verdict);
  TEXTS.set(verdict, text);
  return text;
}

/** Bytes of a number and of what stands beside it in the header, and of the words of it. */
const NUMBER_BYTES = 11;
const HEADER_BYTES = 64;

/** Bytes of a UTF-16 unit. */
const UNIT_BYTES = 3;

/**
 * The sign-ins of one tenant as one text, put together in the memory that `roomFor` gives for so many bytes; verdicts that many share
 * stand in it once.
 */
export function judgedBlock(
  judging: number,
  signIns: readonly KeptSignIn[],
  roomFor: (bytes: number) => Buffer,
): Buffer {
  const places = new Map<Verdict, number>();
  const words: string[] = [];
  let most = HEADER_BYTES;
  for (const { text, verdict, seen } of signIns) {
    if (!places.has(verdict)) places.set(verdict, places.size);
    const seenText = seen === undefined ? '' : JSON.stringify(seen);
    words.push(seenText);
    most += text.length + UNIT_BYTES * seenText.length + WIDTH * NUMBER_BYTES;
  }
  const verdictTexts = Array.from(places.keys(), textOfVerdict);
  for (const text of verdictTexts) most += UNIT_BYTES * text.length + NUMBER_BYTES;
  const room = roomFor(most);
  // The header is written when all lengths are known, and stands before the rest.
  const from = HEADER_BYTES + (places.size + WIDTH * signIns.length) * NUMBER_BYTES;
  let at = from;
  const verdicts = verdictTexts.map((text) => {
    const length = room.write(text, at);
    at += length;
    return length;
  });
  const numbers: number[] = [];
  for (let slot = 0; slot < signIns.length; slot++) {
    const { text, isAsExported, verdict } = signIns[slot] as KeptSignIn;
    const length = room.write(words[slot] as string, at);
    room.set(text, at + length);
    at += length + text.length;
    numbers.push(places.get(verdict) as number, length, text.length, isAsExported ? 1 : 0);
  }
  const header: Header = { judging, verdicts, signIns: numbers };
  const line = `!${JSON.stringify(header)}\n`;
  room.write(line, from - line.length);
  return room.subarray(from - line.length, at);
}

/** Such a text, with the places of its sign-ins. */
export class JudgedBlock {
  readonly #text: Buffer;
  readonly #header: Header;
  /** Where each verdict, and each sign-in, begins. */
  readonly #verdicts: number[] = [];
  readonly #signIns: number[] = [];
  readonly #known = new Map<number, Verdict>();

  /** Throws an Error for what is no such text. */
  constructor(text: Buffer) {
    this.#text = text;
    const end = text.indexOf(NEWLINE);
    this.#header = JSON.parse(text.toString('utf8', 1, end)) as Header;
    const { verdicts, signIns } = this.#header;
    let at = end + 1;
    for (const length of verdicts) {
      this.#verdicts.push(at);
      at += length;
    }
    for (let place = 0; place < signIns.length; place += WIDTH) {
      this.#signIns.push(at);
      at += (signIns[place + 1] ?? 0) + (signIns[place + 2] ?? 0);
    }
    if (at !== text.length) throw new Error('it is not whole');
  }

  get size(): number {
    return this.#signIns.length;
  }

  signIn(slot: number): KeptSignIn {
    const start = this.#signIns[slot];
    if (start === undefined) throw new Error(`it has no record ${slot}`);
    const { judging, signIns } = this.#header;
    const [verdict = 0, words = 0, length = 0, isAsExported] = signIns.slice(slot * WIDTH, (slot + 1) * WIDTH);
    const behind = start + words;
    return {
      text: this.#text.subarray(behind, behind + length),
      isAsExported: isAsExported === 1,
      verdict: this.#verdict(verdict),
      seen: words === 0 ? undefined : (JSON.parse(this.#text.toString('utf8', start, behind)) as SeenWords),
      judging,
    };
  }

  #verdict(place: number): Verdict {
    const known = this.#known.get(place);
    if (known !== undefined) return known;
    const [start, length] = [this.#verdicts[place], this.#header.verdicts[place]];
    if (start === undefined || length === undefined) throw new Error(`it has no verdict ${place}`);
    const verdict = JSON.parse(this.#text.toString('utf8', start, start + length)) as Verdict;
    this.#known.set(place, verdict);
    return verdict;
  }
}
