import { readJson } from '../../json/read.ts';
import { excerpt, quoted } from '../../text/excerpt.ts';
import type { Place } from '../../types.ts';
import { draftOf } from '../draft-of.ts';
import type { Members } from '../facts/members.ts';
import { isBlank, isMembers, setMember } from '../facts/members.ts';
import { pageNote } from '../pages.ts';
import type { RawRecord, UnplacedSignIn } from '../raw-records.ts';
import { skip } from '../raw-records.ts';
import { contradictedMember } from './contradicted-member.ts';
import { JsonElements } from './elements.ts';
import type { JsonElement, JsonEnvelope, JsonPart, QuickElement, QuickReader } from './parts.ts';

/** Records of JSON text in any of the forms that elements.ts takes apart, in batches: one for each chunk. */
export async function* jsonRecords(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  lines: boolean,
  quick?: QuickReader<UnplacedSignIn>,
): AsyncGenerator<readonly RawRecord[]> {
  const reader = new JsonRecords(file, lines);
  const elements = elementsOf(lines, quick);
  for await (const chunk of chunks) {
    yield elements.push(chunk).map((part) => reader.read(part, false));
    if (elements.ended) return;
  }
  yield elements.last().map((part) => reader.read(part, false));
  yield elements.end().map((part) => reader.read(part, true));
}

/** Takes the bytes of JSON apart into records. */
export function elementsOf<Read = never>(lines: boolean, quick?: QuickReader<Read>): JsonElements<Read> {
  return new JsonElements<Read>({ lines, isRecord: tellsOfSignIn, ...(quick === undefined ? {} : { quick }) });
}

/** Decoding is strict: a guessed character would be a wrong name that nobody notices. */
const decoder = new TextDecoder('utf-8', { fatal: true });

export class JsonRecords {
  readonly #file: string;
  readonly #lines: boolean;
  #head: Uint8Array | undefined;
  #columns: readonly string[] | undefined;

  constructor(file: string, lines: boolean) {
    this.#file = file;
    this.#lines = lines;
  }

  read(part: JsonPart | QuickElement<UnplacedSignIn>, atEnd: boolean): RawRecord {
    if (part.kind === 'envelope') return this.#readEnvelope(part);
    if (part.kind === 'quick') {
      part.read.place = this.#placeOf(part);
      return { kind: 'quick', signIn: part.read };
    }
    const place = this.#placeOf(part);
    switch (part.flaw) {
      case 'tooLarge':
        return skip('tooLarge', 'is larger than 4 MiB, which no sign-in is', place);
      case 'tooDeep':
        return skip('tooDeep', 'is nested more than 64 levels deep', place);
      case 'truncated':
        if (atEnd) return skip('truncated', 'is cut off: the file ends in the middle of it', place);
        break;
      case 'unbalanced':
      case 'stray':
        return skip('invalidJson', 'is not JSON from here on: nothing behind this place was read', place);
      default:
    }
    return this.#parse(part, place);
  }

  #parse(element: JsonElement, place: Place): RawRecord {
    let text: string;
    try {
      text = decoder.decode(element.bytes);
    } catch {
      return skip('invalidEncoding', 'is not UTF-8', place);
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return this.#invalid(text, element, place);
    }
    if (Array.isArray(value)) {
      const row = this.#row(value, element.head);
      if (row !== undefined) return { kind: 'record', members: row, place };
    }
    if (!isMembers(value)) return skip('notASignIn', `is ${describe(value)}, not an object`, place);
    return recordOf(value, element.bytes, place);
  }

  /** Reads the text once more, slowly, to say what is wrong and where. */
  #invalid(text: string, element: JsonElement, place: Place): RawRecord {
    const reading = readJson(text);
    if (reading.ok) return skip('invalidJson', 'is not valid JSON', place);
    const { message, position } = reading.fault;
    // The column of an element inside a line is not known; behind its first line, and for a whole line, it is.
    const column = position.line > 1 || this.#lines ? { column: position.column } : {};
    return skip('invalidJson', message, { ...place, line: element.line + position.line - 1, ...column });
  }

  #placeOf({ line, pointer }: Pick<JsonElement, 'line' | 'pointer'>): Place {
    return pointer === '' ? { file: this.#file, line } : { file: this.#file, line, pointer };
  }

  /** A row of a query result, with the names of the columns that stand before the rows. */
  #row(cells: readonly unknown[], head: Uint8Array): Members | undefined {
    if (this.#head !== head) {
      this.#head = head;
      this.#columns = columnsOf(head);
    }
    if (this.#columns === undefined || this.#columns.length !== cells.length) return undefined;
    const row: Members = {};
    for (const [at, name] of this.#columns.entries()) if (!isBlank(cells[at])) setMember(row, name, cells[at]);
    return row;
  }

  #readEnvelope({ bytes, elements, line, pointer }: JsonEnvelope): RawRecord {
    let members: unknown;
    try {
      members = JSON.parse(decoder.decode(bytes));
    } catch {
      const message = `is no valid JSON around its list of ${elements}`;
      return skip('invalidJson', message, { file: this.#file, line });
    }
    if (!isMembers(members)) return { kind: 'note', note: undefined };
    // A sign-in may tell what it is behind a list that has the name of an export's.
    if (draftOf(members) !== undefined) return recordOf(members, bytes, this.#placeOf({ line, pointer }));
    const left = listOfSignIns(members);
    if (left === undefined) return { kind: 'note', note: pageNote(members, elements) };
    const message = `has sign-ins in \`${excerpt(left, 80)}\` too, which were not read: give each list by itself`;
    return skip('listLeft', message, { file: this.#file, line });
  }
}

function recordOf(members: Members, bytes: Uint8Array, place: Place): RawRecord {
  const contradicted = contradictedMember(bytes);
  if (contradicted === undefined) return { kind: 'record', members, place };
  const message = `the member ${quoted(contradicted)} stands there a second time, with another value`;
  return skip('contradictedMember', message, place);
}

/** The path of a list of sign-ins that is none of those which an export wraps, and so was not read. */
function listOfSignIns(members: Members, levels = 3): string | undefined {
  for (const [name, value] of Object.entries(members)) {
    if (Array.isArray(value)) {
      if (value.some((one) => isMembers(one) && draftOf(one) !== undefined)) return name;
    } else if (isMembers(value) && levels > 0) {
      const inner = listOfSignIns(value, levels - 1);
      if (inner !== undefined) return `${name}.${inner}`;
    }
  }
  return undefined;
}

/** Whether members before a list are those of a sign-in, so that the list is one of its own; `open`: objects that are not closed yet. */
function tellsOfSignIn(before: Uint8Array, open: number): boolean {
  try {
    const members: unknown = JSON.parse(`${decoder.decode(before).replace(/,\s*$/, '')}${'}'.repeat(open)}`);
    return isMembers(members) && draftOf(members) !== undefined;
  } catch {
    return false;
  }
}

/** `{"name":"PrimaryResult","columns":[{"name":"TimeGenerated","type":"datetime"},…],"rows":[` */
function columnsOf(head: Uint8Array): readonly string[] | undefined {
  try {
    const table: unknown = JSON.parse(`${decoder.decode(head)}]}`);
    const columns = isMembers(table) ? table['columns'] : undefined;
    if (!Array.isArray(columns)) return undefined;
    const names = columns.map((column: unknown) => (isMembers(column) ? column['name'] : column));
    return names.every((name) => typeof name === 'string') ? names : undefined;
  } catch {
    return undefined;
  }
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
