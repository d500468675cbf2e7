/** What the splitter of elements.ts takes a file apart into, and the limits it holds to. */

export interface ElementLimits {
  /** Bytes of one element; a larger one is named and passed over. */
  readonly bytes: number;
  /** Levels inside one element: what nests deeper could be read, but never written back (hazards 15). */
  readonly depth: number;
}

export const ELEMENT_LIMITS: ElementLimits = { bytes: 4 * 1024 * 1024, depth: 64 };

/** Why an element is no element. `truncated`: the input ends inside it. After `unbalanced` and `stray` nothing more comes. */
export type ElementFlaw = 'tooLarge' | 'tooDeep' | 'truncated' | 'unbalanced' | 'stray';

export interface JsonElement {
  readonly kind: 'element';
  /** UTF-8; only valid until the next push. */
  readonly bytes: Uint8Array;
  /** The line, counted from 1. */
  readonly line: number;
  /** JSON Pointer inside its document; empty for a document of its own. */
  readonly pointer: string;
  /** The bytes before the list that the element is in, `{"tables":[{"columns":[…],"rows":[`; empty without one. */
  readonly head: Uint8Array;
  readonly flaw?: ElementFlaw;
}

/**
 * The object around a list, with the list left out: `{"@odata.nextLink":"…","value":[]}`. Or a record with a list that has the name of
 * one: only what is in it tells.
 */
export interface JsonEnvelope {
  readonly kind: 'envelope';
  readonly bytes: Uint8Array;
  readonly line: number;
  /** As of an element. */
  readonly pointer: string;
  /** Elements that the list held. */
  readonly elements: number;
}

/** An element that a {@link QuickReader} has read. */
export interface QuickElement<Read> {
  readonly kind: 'quick';
  readonly read: Read;
  readonly line: number;
  readonly pointer: string;
}

/** Reads objects of a form that it knows, without looking for where they end first. */
export interface QuickReader<Read> {
  /** The end of the object that begins at an offset; -1 for what it does not know. The byte behind the bytes is 0. */
  endOf(bytes: Uint8Array, from: number): number;
  /** What it has read last, from one offset to another; `undefined` where it is not what it seemed. */
  take(bytes: Uint8Array, from: number, to: number): Read | undefined;
}

export interface ElementOptions<Read> {
  /** Whether each line is a document of its own. */
  readonly lines?: boolean;
  readonly limits?: ElementLimits;
  readonly quick?: QuickReader<Read>;
  /**
   * Whether an element is a record by what stands before a list in it that has the name of an export's, with so many objects that are
   * not closed yet. Then the list stays in it.
   */
  readonly isRecord?: (before: Uint8Array, open: number) => boolean;
}

export type JsonPart = JsonElement | JsonEnvelope;

/** What stands among the parts where somebody reads quickly. */
export type QuickPart<Read> = [Read] extends [never] ? never : QuickElement<Read>;
