import {
  BACKSLASH,
  CLASSES,
  CLOSE,
  COLON,
  COMMA,
  DOUBLE_QUOTE,
  EMPTY,
  LINE_FEED,
  lineFeedFrom,
  OPEN,
  OPEN_BRACE,
  OPEN_BRACKET,
  PLAIN,
  QUOTE,
  SPACE,
  withEnd,
} from './bytes.ts';
import type { Level } from './levels.ts';
import { bodyName, documentLevel, join, listName } from './levels.ts';
import type {
  ElementFlaw,
  ElementLimits,
  ElementOptions,
  JsonPart,
  QuickElement,
  QuickPart,
  QuickReader,
} from './parts.ts';
import { ELEMENT_LIMITS } from './parts.ts';

/** Bytes of a beginning that is kept for the next bytes; a longer one is no ordinary record. */
const WORTH_WAITING = 64 * 1024;

/**
 * Finds where the records of a JSON file begin and end, in constant memory: documents one after the other (NDJSON, pages),
 * the elements of a list (`[…]`), and the elements of the lists that exports wrap (`{"value":[…]}`, `{"records":[…]}`,
 * `{"tables":[{"rows":[…]}]}`, `{"responses":[{"body":{"value":[…]}}]}`). It looks at brackets and quotes only; whether an element is
 * JSON is for `JSON.parse`.
 */
export class JsonElements<Read = never> {
  readonly #limits: ElementLimits;
  /** Whether each line is a document of its own, so that a broken one does not spoil the next. */
  readonly #lines: boolean;
  readonly #quick: QuickReader<Read> | undefined;
  readonly #isRecord: ElementOptions<Read>['isRecord'];
  /** The last element begins here and is whole only with the next bytes: then it is read from its beginning. */
  #waiting = -1;
  #lineFeed = -1;
  /** The bytes that are scanned, and a 0 behind them. */
  #withEnd: Uint8Array = EMPTY;
  #parts: (JsonPart | QuickPart<Read>)[] = [];
  #levels: Level[] = [documentLevel()];
  #level: Level = documentLevel();
  #rest: Uint8Array = EMPTY;
  /** Offset of the current element in the buffer; -1 between elements. */
  #start = -1;
  /** The current element has grown beyond the limit and is only watched for its end. */
  #dropping = false;
  #tooDeep = false;
  #scalar = false;
  /** The rest of this line of NDJSON is no JSON. */
  #junk = false;
  #inString = false;
  #escaped = false;
  #depth = 0;
  /** One bit for each open bracket, 1 for a list; deeper brackets are counted only. */
  readonly #open = new Uint8Array(1024);
  #nameFrom = 0;
  #nameTo = 0;
  /** The member of the current element that is open, where it holds an answer. */
  #body: string | undefined;
  #line = 1;
  #elementLine = 1;
  #ended = false;

  constructor(options: ElementOptions<Read> = {}) {
    this.#quick = options.quick;
    this.#isRecord = options.isRecord;
    this.#lines = options.lines ?? false;
    this.#limits = options.limits ?? ELEMENT_LIMITS;
    this.#level = this.#levels[0] ?? documentLevel();
  }

  /** True after `unbalanced` or `stray`: what follows cannot be told apart any more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** What is taken next begins in that line: those between were read elsewhere. */
  goTo(line: number): void {
    this.#line = line;
  }

  /** Takes the next bytes and gives the parts that end in them. */
  push(chunk: Uint8Array): readonly (JsonPart | QuickPart<Read>)[] {
    if (this.#ended) return [];
    const from = this.#waiting === -1 ? this.#rest.length : 0;
    this.#waiting = -1;
    this.#lineFeed = -1;
    const buffer = this.#next(chunk);
    this.#scan(buffer, from, this.#quick);
    this.#keep(buffer);
    return this.#take();
  }

  /** The bytes that are left and the next ones; for a quick reader with a 0 behind them, in `#withEnd`. */
  #next(chunk: Uint8Array): Uint8Array {
    if (this.#quick === undefined && this.#rest.length === 0) return chunk;
    this.#withEnd = withEnd(this.#rest, chunk);
    return this.#withEnd.subarray(0, -1);
  }

  /** No more bytes follow: looks closely at what was kept for them. Comes before `end`. */
  last(): readonly (JsonPart | QuickPart<Read>)[] {
    if (this.#waiting === -1) return [];
    this.#waiting = -1;
    const buffer = this.#rest;
    this.#scan(buffer, 0, undefined);
    this.#keep(buffer);
    return this.#take();
  }

  /** The input is over: what is still open was cut off. */
  end(): readonly (JsonPart | QuickPart<Read>)[] {
    if (this.#ended) return [];
    const buffer = this.#rest;
    if (this.#scalar || this.#junk) this.#finish(buffer, buffer.length);
    else if (this.#depth > 0 || this.#start !== -1 || this.#dropping) this.#flaw(buffer, buffer.length, 'truncated');
    this.#ended = true;
    return this.#take();
  }

  #take(): readonly (JsonPart | QuickPart<Read>)[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Carries over what the current element still needs. */
  #keep(buffer: Uint8Array): void {
    if (this.#waiting !== -1) {
      this.#rest = buffer.subarray(this.#waiting);
      return;
    }
    if (this.#start === -1) {
      this.#rest = EMPTY;
      return;
    }
    if (buffer.length - this.#start > this.#limits.bytes) {
      this.#dropping = true;
      this.#start = -1;
      this.#rest = EMPTY;
      return;
    }
    this.#rest = buffer.subarray(this.#start);
    this.#nameFrom -= this.#start;
    this.#nameTo -= this.#start;
    this.#start = 0;
  }

  /** The hot loop: most bytes are inside strings, and most others are PLAIN. */
  #scan(buffer: Uint8Array, from: number, quick: QuickReader<Read> | undefined): void {
    const length = buffer.length;
    let at = from;
    while (at < length && !this.#ended) {
      if (this.#inString) {
        at = this.#scanString(buffer, at);
        continue;
      }
      if (this.#junk) {
        const end = buffer.indexOf(LINE_FEED, at);
        at = end === -1 ? length : end;
        if (end !== -1) this.#finish(buffer, at);
        continue;
      }
      const byte = buffer[at] ?? 0;
      switch (CLASSES[byte]) {
        case PLAIN:
          if (this.#depth === this.#level.depth && !this.#scalar) this.#beginScalar(buffer, at);
          break;
        case QUOTE:
          if (this.#scalar) this.#stray(buffer, at);
          else this.#openedString(buffer, at);
          break;
        case OPEN:
          if (quick !== undefined && byte === OPEN_BRACE && this.#isBetween) {
            const end = this.#readQuickly(quick, buffer, at);
            if (this.#waiting !== -1) return;
            if (end !== -1) {
              at = end;
              continue;
            }
          }
          if (this.#scalar) this.#stray(buffer, at);
          else this.#opened(buffer, at, byte === OPEN_BRACKET);
          break;
        case CLOSE:
          if (this.#scalar) this.#finish(buffer, at);
          this.#closed(buffer, at, byte === OPEN_BRACKET + 2);
          break;
        case COMMA:
        case SPACE:
          if (this.#scalar) this.#finish(buffer, at);
          break;
        case COLON:
          if (this.#depth === this.#level.depth) this.#stray(buffer, at);
          break;
        default:
          if (this.#scalar) this.#finish(buffer, at);
          if (this.#lines && this.#depth > 0) this.#flaw(buffer, at, 'truncated');
          this.#line++;
      }
      at++;
    }
  }

  /** Whether what comes is an element of the current level, from its first byte. */
  get #isBetween(): boolean {
    return this.#depth === this.#level.depth && this.#start === -1 && !this.#dropping && !this.#scalar;
  }

  /** Gives where the element ends, or -1 for one that must be looked at closely. */
  #readQuickly(quick: QuickReader<Read>, buffer: Uint8Array, at: number): number {
    if (this.#level.envelope !== undefined) return -1;
    if (this.#lineFeed < at) this.#lineFeed = lineFeedFrom(buffer, at);
    const end = this.#lines && this.#lineFeed === buffer.length ? -1 : quick.endOf(this.#withEnd, at);
    if (end === -1 || (this.#lines && end > this.#lineFeed)) {
      const mayGoOn = !this.#lines || this.#lineFeed === buffer.length;
      if (mayGoOn && buffer.length - at < WORTH_WAITING) this.#waiting = at;
      return -1;
    }
    const read = end - at > this.#limits.bytes ? undefined : quick.take(this.#withEnd, at, end);
    if (read === undefined) return -1;
    const part: QuickElement<Read> = { kind: 'quick', read, line: this.#line, pointer: this.#pointer() };
    this.#parts.push(part as QuickPart<Read>);
    this.#level.index++;
    for (; this.#lineFeed < end; this.#lineFeed = lineFeedFrom(buffer, this.#lineFeed + 1)) this.#line++;
    return end;
  }

  /** Moves to the end of the string that is open, or of the buffer. */
  #scanString(buffer: Uint8Array, from: number): number {
    const length = buffer.length;
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      if (!this.#endsAt(buffer, at)) at++;
    }
    while (at < length) {
      const byte = buffer[at] ?? 0;
      if (byte === DOUBLE_QUOTE) {
        this.#inString = false;
        this.#nameTo = at;
        if (this.#depth === this.#level.depth) this.#finish(buffer, at + 1);
        return at + 1;
      }
      if (byte === BACKSLASH) {
        if (this.#endsAt(buffer, ++at)) continue;
        if (++at > length) this.#escaped = true;
        continue;
      }
      if (byte === LINE_FEED) {
        // No string may hold a line feed. In NDJSON the line is over; elsewhere JSON.parse will refuse the element.
        if (this.#lines) {
          this.#flaw(buffer, at, 'truncated');
          return at;
        }
        this.#line++;
      }
      at++;
    }
    return length;
  }

  /** Whether a line ends here, also where what is escaped should follow: a broken line does not spoil the next. */
  #endsAt(buffer: Uint8Array, at: number): boolean {
    return this.#lines && buffer[at] === LINE_FEED;
  }

  #openedString(buffer: Uint8Array, at: number): void {
    if (this.#depth === this.#level.depth) {
      if (this.#depth === 0) {
        this.#stray(buffer, at);
        return;
      }
      this.#begin(at);
    }
    this.#inString = true;
    this.#nameFrom = at + 1;
  }

  #begin(at: number): void {
    this.#start = at;
    this.#elementLine = this.#line;
    this.#dropping = false;
    this.#tooDeep = false;
  }

  #beginScalar(buffer: Uint8Array, at: number): void {
    if (this.#level.depth === 0) this.#stray(buffer, at);
    else {
      this.#begin(at);
      this.#scalar = true;
    }
  }

  #opened(buffer: Uint8Array, at: number, list: boolean): void {
    if (this.#depth === this.#level.depth) {
      if (list && this.#depth === 0) {
        this.#elementLine = this.#line;
        this.#push(list);
        this.#descend('', EMPTY);
        return;
      }
      this.#begin(at);
    } else if (list && this.#depth <= this.#level.depth + 2 && this.#start !== -1) {
      const name = this.#isObject() ? listName(buffer, this.#nameFrom, this.#nameTo) : undefined;
      const within = this.#depth === this.#level.depth + 2 ? this.#body : undefined;
      // Elastic's answer has its hits one deeper: `{"hits":{"total":…,"hits":[…]}}`.
      const isDeeper = name === 'hits' || within !== undefined;
      if (name !== undefined && isDeeper === (this.#depth === this.#level.depth + 2) && !this.#isInRecord(buffer)) {
        const head = join(this.#level.envelope, buffer.subarray(this.#start, at + 1));
        this.#level.envelope = head;
        this.#start = -1;
        this.#push(list);
        this.#descend(`${this.#pointer()}/${within === undefined ? '' : `${within}/`}${name}`, head);
        return;
      }
    } else if (!list && this.#depth === this.#level.depth + 1) {
      this.#body = bodyName(buffer, this.#nameFrom, this.#nameTo);
    }
    this.#push(list);
    if (this.#depth - this.#level.depth > this.#limits.depth) this.#tooDeep = true;
  }

  /** Looked at once in an element: if a list of it was taken for an export's, the others are, too. */
  #isInRecord(buffer: Uint8Array): boolean {
    if (this.#isRecord === undefined || this.#level.envelope !== undefined) return false;
    return this.#isRecord(buffer.subarray(this.#start, this.#nameFrom - 1), this.#depth - this.#level.depth);
  }

  #closed(buffer: Uint8Array, at: number, list: boolean): void {
    const inside = this.#depth - 1;
    if (inside < 0 || (inside < this.#open.length && this.#open[inside] !== (list ? 1 : 0))) {
      this.#flaw(buffer, at, 'unbalanced');
      this.#ended = !this.#lines;
      return;
    }
    this.#depth = inside;
    if (inside === this.#level.depth) this.#finish(buffer, at + 1);
    else if (inside < this.#level.depth) this.#ascend(at);
  }

  #push(list: boolean): void {
    if (this.#depth < this.#open.length) this.#open[this.#depth] = list ? 1 : 0;
    this.#depth++;
  }

  #isObject(): boolean {
    return this.#open[this.#depth - 1] === 0;
  }

  #descend(pointer: string, head: Uint8Array): void {
    this.#level = { depth: this.#depth, pointer, head, index: 0, envelope: undefined, elementsInside: 0 };
    this.#levels.push(this.#level);
  }

  /** A list is over: what follows belongs to the object around it, if there is one. */
  #ascend(at: number): void {
    const elements = this.#level.index;
    this.#levels.pop();
    this.#level = this.#levels.at(-1) ?? documentLevel();
    if (this.#level.envelope !== undefined) {
      this.#level.elementsInside += elements;
      this.#start = at;
    } else this.#level.index++;
  }

  /** The current element ends before `to`. */
  #finish(buffer: Uint8Array, to: number): void {
    const { envelope } = this.#level;
    const bytes = this.#start === -1 ? EMPTY : buffer.subarray(this.#start, to);
    const line = this.#elementLine;
    if (envelope !== undefined) {
      const elements = this.#level.elementsInside;
      const pointer = this.#pointer();
      this.#parts.push({ kind: 'envelope', bytes: join(envelope, bytes), line, pointer, elements });
      this.#level.envelope = undefined;
      this.#level.elementsInside = 0;
    } else this.#emit(bytes, this.#flawOf(bytes));
    this.#start = -1;
    this.#dropping = false;
    this.#scalar = false;
    this.#junk = false;
    this.#level.index++;
  }

  #flawOf(bytes: Uint8Array): ElementFlaw | undefined {
    if (this.#dropping || bytes.length > this.#limits.bytes) return 'tooLarge';
    return this.#tooDeep ? 'tooDeep' : undefined;
  }

  #emit(bytes: Uint8Array, flaw: ElementFlaw | undefined): void {
    const { head } = this.#level;
    const part = { kind: 'element', bytes, line: this.#elementLine, pointer: this.#pointer(), head } as const;
    this.#parts.push(flaw === undefined ? part : { ...part, flaw });
  }

  #pointer(): string {
    return this.#level.depth === 0 ? '' : `${this.#level.pointer}/${this.#level.index}`;
  }

  /** Names what is wrong with the current element and starts over at the level of documents. */
  #flaw(buffer: Uint8Array, to: number, flaw: ElementFlaw): void {
    if (this.#start === -1 && !this.#dropping) this.#elementLine = this.#line;
    const large = this.#dropping && flaw === 'truncated';
    this.#emit(this.#start === -1 ? EMPTY : buffer.subarray(this.#start, to), large ? 'tooLarge' : flaw);
    this.#levels = [documentLevel()];
    this.#level = this.#levels[0] ?? documentLevel();
    this.#depth = 0;
    this.#start = -1;
    this.#dropping = false;
    this.#scalar = false;
    this.#junk = false;
    this.#inString = false;
    this.#escaped = false;
  }

  #stray(buffer: Uint8Array, at: number): void {
    if (this.#start === -1) this.#begin(at);
    if (this.#lines && this.#level.depth === 0) {
      this.#junk = true;
      return;
    }
    this.#flaw(buffer, Math.min(buffer.length, at + 40), 'stray');
    this.#ended = true;
  }
}
