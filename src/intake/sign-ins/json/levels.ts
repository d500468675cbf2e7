import { EMPTY } from './bytes.ts';

/**
 * Members that hold the records where an export wraps them: `Results` of PowerShell's Invoke-AzOperationalInsightsQuery, `responses` of a
 * batch, `data` of Datadog, `events` of QRadar. A sign-in may have a list of such a name, too, from whoever added to it.
 */
export const LIST_NAMES = [
  'value',
  'records',
  'tables',
  'rows',
  'hits',
  'results',
  'Results',
  'responses',
  'data',
  'events',
].map((name) => ({ name, bytes: Buffer.from(name) }));

/** Objects that hold an answer whole inside of an element: of a batch, or of a message of an event hub. */
const BODIES = ['body', 'Body'].map((name) => ({ name, bytes: Buffer.from(name) }));

/** A level at which elements are found. */
export interface Level {
  /** Brackets that are open around an element of this level. */
  readonly depth: number;
  readonly pointer: string;
  readonly head: Uint8Array;
  index: number;
  /** The current element's bytes up to its list, once it has turned out to be an envelope. */
  envelope: Uint8Array | undefined;
  elementsInside: number;
}

export const documentLevel = (): Level => ({
  depth: 0,
  pointer: '',
  head: EMPTY,
  index: 0,
  envelope: undefined,
  elementsInside: 0,
});

type Named = { readonly name: string; readonly bytes: Uint8Array };

/** The name between two offsets, if it is one of a list that wraps records. */
export function listName(buffer: Uint8Array, from: number, to: number): string | undefined {
  return nameAmong(LIST_NAMES, buffer, from, to);
}

/** The name between two offsets, if it is one of an object that holds an answer. */
export function bodyName(buffer: Uint8Array, from: number, to: number): string | undefined {
  return nameAmong(BODIES, buffer, from, to);
}

function nameAmong(names: readonly Named[], buffer: Uint8Array, from: number, to: number): string | undefined {
  for (const { name, bytes } of names) {
    if (to - from === bytes.length && bytes.every((byte, at) => buffer[from + at] === byte)) return name;
  }
  return undefined;
}

/** Joins both, one behind the other, in memory of their own. */
export function join(before: Uint8Array | undefined, after: Uint8Array): Uint8Array {
  return before === undefined ? Buffer.from(after) : Buffer.concat([before, after]);
}
