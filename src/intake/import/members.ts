import type { Vocabulary } from '../../core/graph/policy-members.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject, nameOfType } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { Cursor } from './findings.ts';
import { comparable, extrasOf } from './member-names.ts';

/**
 * Readers of single members of a Graph export. Tolerant where tools write harmless variants (`null`, a missing member, one
 * text where a list belongs, a .NET date), and every variant that is rewritten is noted; strict where the meaning is at
 * stake (an object where text belongs). What is not known stays on the object.
 */

export type Reader<T> = (value: unknown, at: Cursor) => T;

type Readers = Readonly<Record<string, Reader<unknown>>>;
/** What an object's readers give: every member may be missing, and is when its reader gives `undefined`. */
export type Read<M extends Readers> = { readonly [K in keyof M]?: Exclude<ReturnType<M[K]>, undefined> };

/** Whether members without a reader are reported: people have dozens that decide nothing. They are kept either way. */
type Others = 'report' | 'keep';

/** Codes of findings about values out of an enumeration. */
export type WordCode = 'unknownValue' | 'inventedControl';

/** Any text. */
export const text: Reader<string | null> = (value, at) => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  at.error('wrongType', `expected text, found ${nameOfType(value)}`);
  return null;
};

/** Text where core's type knows no `null`: a `null` is a missing member. */
export const textOrMissing: Reader<string | undefined> = (value, at) => text(value, at) ?? undefined;

/** Text out of an enum; other text is kept and reported. */
export function word(vocabulary: Vocabulary, code: WordCode = 'unknownValue'): Reader<string | null> {
  return (value, at) => {
    const read = text(value, at);
    if (read !== null) checkWord(read, vocabulary, code, at);
    return read;
  };
}

/** What is to be done about an export that was cut off at a depth. */
export const CUT = 'the export was cut off at a depth; write it again with `ConvertTo-Json -Depth 10`';

/** A list of texts; one text stands for a list of it, as `ConvertTo-Json` writes a list of one. */
export const texts: Reader<readonly string[] | null> = (value, at) => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') {
    if (/\S\s+\S/.test(value)) {
      at.error('cutDepth', `${quoted(value, 60)} stands where a list belongs: ${CUT}`);
      return null;
    }
    at.note(
      'singleText',
      `a text stands where a list belongs, and was taken as ${value === '' ? 'an empty list' : 'a list of one'}`,
    );
    return value === '' ? [] : [value];
  }
  if (!Array.isArray(value)) {
    at.error('wrongType', `expected a list of texts, found ${nameOfType(value)}`);
    return null;
  }
  const list = value.filter((element) => typeof element === 'string');
  value.forEach((element: unknown, position) => {
    if (typeof element !== 'string') {
      at.element(position).error('wrongType', `expected text, found ${nameOfType(element)}`);
    }
  });
  return list;
};

/** A list of texts out of an enum. */
export function words(vocabulary: Vocabulary, code: WordCode = 'unknownValue'): Reader<readonly string[] | null> {
  return (value, at) => {
    const read = texts(value, at);
    read?.forEach((each, position) => {
      checkWord(each, vocabulary, code, at.element(position));
    });
    return read;
  };
}

/** A flags enum: comma-separated text on the wire, a list from some tools; kept as written. */
export function flags(
  vocabulary: Vocabulary,
  code: WordCode = 'unknownValue',
): Reader<string | readonly string[] | null> {
  return (value, at) => {
    const read = Array.isArray(value) ? texts(value, at) : text(value, at);
    for (const each of typeof read === 'string' ? read.split(',') : (read ?? [])) {
      if (each.trim() !== '') checkWord(each.trim(), vocabulary, code, at);
    }
    return read;
  };
}

/** `true` or `false`; the words for them as text are rewritten. */
export const truth: Reader<boolean | null> = (value, at) => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) {
    at.note('truthAsText', `the text ${quoted(value)} was taken as ${value.toLowerCase()}`);
    return value.toLowerCase() === 'true';
  }
  at.error('wrongType', `expected true or false, found ${nameOfType(value)}`);
  return null;
};

/** A number, or text that is one. */
export const number: Reader<number | null> = (value, at) => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d{1,9}$/.test(value)) {
    at.note('numberAsText', `the text ${quoted(value)} was taken as a number`);
    return Number(value);
  }
  at.error('wrongType', `expected a number, found ${nameOfType(value)}`);
  return null;
};

const RFC_3339 =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
const DOT_NET_DATE = /^\/Date\((-?\d{1,15})([+-]\d{4})?\)\/$/;

/** A time in RFC 3339. `/Date(…)/` of Windows PowerShell is rewritten; other text is kept and reported. */
export const time: Reader<string | null> = (value, at) => {
  // Windows PowerShell writes some dates as an object with the date inside.
  const written = text(isJsonObject(value) && typeof value['value'] === 'string' ? value['value'] : value, at);
  if (written === null || RFC_3339.test(written)) return written;
  const milliseconds = Number(DOT_NET_DATE.exec(written)?.[1] ?? Number.NaN);
  if (Math.abs(milliseconds) <= 8.64e15) {
    at.noteOfFile('dotNetDate', 'dates of Windows PowerShell (`/Date(…)/`) were rewritten in ISO 8601');
    return new Date(milliseconds).toISOString();
  }
  at.warning('notATime', `${quoted(written, 40)} is not a time in ISO 8601 with a zone; it is kept as it is`);
  return written;
};

/** A list of objects; one object stands for a list of it. `null` elements are errors. */
export function list<T>(read: Reader<T | null>): Reader<readonly T[] | null> {
  return (value, at) => {
    if (value === null || value === undefined) return null;
    if (isJsonObject(value)) {
      at.note('singleObject', 'an object stands where a list belongs, and was taken as a list of one');
      const only = read(value, at);
      return only === null ? [] : [only];
    }
    if (!Array.isArray(value)) {
      at.error('wrongType', `expected a list, found ${nameOfType(value)}`);
      return null;
    }
    const elements: T[] = [];
    value.forEach((element: unknown, position) => {
      const cursor = at.element(position);
      const each = read(element, cursor);
      if (each !== null) elements.push(each);
      else if (element === null) cursor.error('wrongType', 'expected an object, found null');
    });
    return elements;
  };
}

/**
 * An object with these members. Others are kept and reported as unknown, except OData annotations (`@odata.…`, `#…`).
 * Objects of the PowerShell SDK are recognised by their capitals: names become Graph's, `AdditionalProperties` are
 * unpacked, and an object of nothing but `null` is `null`, as it was before the SDK read it.
 */
export function object<M extends Readers>(members: M, others: Others = 'report'): Reader<Read<M> | null> {
  const names = new Map(Object.keys(members).map((name) => [comparable(name), name]));
  return (value, at) => {
    if (value === null || value === undefined) return null;
    if (Array.isArray(value) && value.length === 0) {
      at.note('emptyList', 'an empty list stands where an object belongs, and was taken as not configured');
      return null;
    }
    if (!isJsonObject(value)) {
      at.error('wrongType', `expected an object, found ${nameOfType(value)}`);
      return null;
    }
    if (Object.keys(value).every((name) => Object.hasOwn(members, name))) return readAll(value, members, at);
    const { entries, fromSdk } = graphNames(value, names, others, at);
    const read = entries.map(({ name, steps, value: each }) => {
      const reader = Object.hasOwn(members, name) ? members[name] : undefined;
      return [name, reader === undefined ? each : reader(each, at.member(name, steps))] as const;
    });
    if (fromSdk && read.length > 0 && read.every(([, each]) => isUnset(each))) return null;
    // The one place where names and readers become a type: every value comes from the reader of its name.
    return Object.fromEntries(read.filter(([, each]) => each !== undefined)) as Read<M>;
  };
}

/** An object that has nothing but members with a reader, under Graph's names: the ordinary case, read without detours. */
function readAll<M extends Readers>(value: JsonObject, members: M, at: Cursor): Read<M> {
  const read: { [name: string]: unknown } = {};
  for (const name in value) {
    const known = members[name]?.(value[name], at.member(name));
    if (known !== undefined) read[name] = known;
  }
  return read as Read<M>;
}

interface Entry {
  readonly name: string;
  /** The steps to it in the file. */
  readonly steps: readonly string[];
  readonly value: unknown;
}

/** The members under Graph's names, in the order of the file. */
function graphNames(
  value: JsonObject,
  names: ReadonlyMap<string, string>,
  others: Others,
  at: Cursor,
): { readonly entries: readonly Entry[]; readonly fromSdk: boolean } {
  const own: Entry[] = Object.entries(value).map(([name, each]) => ({ name, steps: [name], value: each }));
  const extras = extrasOf(value);
  const packed = Object.entries(extras?.members ?? {})
    .filter(([name]) => !Object.hasOwn(value, name))
    .map(([name, each]) => ({ name, steps: [extras?.name ?? '', name], value: each }));
  const taken = new Set(Object.keys(value));
  let renamed = 0;
  const entries = [...own.filter(({ name }) => name !== extras?.name), ...packed];
  const graph = entries.map((entry) => {
    const name = names.get(comparable(entry.name));
    if (name === entry.name || isAnnotation(entry.name)) return entry;
    if (name === undefined) {
      // A member that is not configured says nothing, whatever its name.
      if (others === 'report' && !isUnset(entry.value)) at.unknownMember(entry.name);
      return entry;
    }
    if (taken.has(name)) {
      at.member(name, entry.steps).warning(
        'memberCase',
        `${quoted(entry.name)} stands beside it and was not taken for it`,
      );
      return entry;
    }
    taken.add(name);
    renamed++;
    return { ...entry, name };
  });
  if (renamed > 0) at.noteOfFile('memberCase', 'members written with capitals were taken as the members of Graph');
  return { entries: graph, fromSdk: renamed > 0 };
}

function isAnnotation(name: string): boolean {
  return name.includes('@') || name.startsWith('#');
}

/** `null`, or objects and lists with nothing but `null` inside. */
function isUnset(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || (isJsonObject(value) && Object.values(value).every(isUnset));
}

function checkWord(value: string, { what, words, retired = [] }: Vocabulary, code: WordCode, at: Cursor): void {
  const lower = value.toLowerCase();
  if (![...words, ...retired].some((each) => each.toLowerCase() === lower)) {
    at.warning(code, `${quoted(value, 60)} is no ${what} that Graph names; it is kept and matches nothing`);
  }
}
