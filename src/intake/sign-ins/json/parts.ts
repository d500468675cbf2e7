/** What the splitter of json-elements.ts takes a file apart into, and the limits it holds to. */

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
  /** Counted from 1. */
  readonly line: number;
  /** JSON Pointer inside its document; empty for a document of its own. */
  readonly pointer: string;
  /** The bytes before the list that the element is in, `{"tables":[{"columns":[…],"rows":[`; empty without one. */
  readonly head: Uint8Array;
  readonly flaw?: ElementFlaw;
}

/** The object around a list, with the list left out: `{"@odata.nextLink":"…","value":[]}`. */
export interface JsonEnvelope {
  readonly kind: 'envelope';
  readonly bytes: Uint8Array;
  readonly line: number;
  /** Elements that the list held. */
  readonly elements: number;
}

export type JsonPart = JsonElement | JsonEnvelope;
