import type { TextPosition } from '../text/position.ts';

export interface JsonLimits {
  /** Levels of objects and lists inside each other. */
  readonly depth: number;
  /** UTF-16 code units of one text. */
  readonly textLength: number;
}

/** Something that `JSON.parse` would have passed over in silence. Errors make the document unusable. */
export interface JsonFinding {
  readonly severity: 'error' | 'warning';
  readonly code: 'duplicateMember' | 'numberPrecision' | 'numberRange' | 'loneSurrogate' | 'textTooLong';
  readonly message: string;
  readonly pointer: string;
  readonly position: TextPosition;
}

export interface JsonDocument {
  readonly value: unknown;
  readonly findings: readonly JsonFinding[];
  /** The position at which the value of a JSON Pointer begins; of the nearest parent when there is no such value. */
  positionOf(pointer: string): TextPosition;
}

/** Why there is no value, and where the text stops being JSON. */
export interface JsonFault {
  readonly code: 'emptyFile' | 'invalidJson' | 'truncatedJson' | 'tooDeep';
  readonly message: string;
  readonly position: TextPosition;
}

export type JsonReading =
  | { readonly ok: true; readonly document: JsonDocument }
  | { readonly ok: false; readonly fault: JsonFault };
