/** One figure of the bench: what was measured, beside whom, and how far it is from its goal. */
export interface Figure {
  readonly area: string;
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MB' | '×' | 'a second';
  /** What stands beside it in the same run. */
  readonly peer?: { readonly name: string; readonly value: number };
  /** The value over the peer's, or the peer's over the value where more is better. */
  readonly ratio?: number;
  readonly goal?: Goal;
}

export interface Goal {
  readonly text: string;
  readonly isMet: boolean;
}

/** How something grows with a size: pairs of size and cost, each a line of one picture. */
export interface Growth {
  readonly name: string;
  readonly title: string;
  readonly across: string;
  readonly up: string;
  readonly points: readonly (readonly [size: number, cost: number])[];
}

export interface Measurements {
  readonly figures: readonly Figure[];
  readonly growth: readonly Growth[];
}

/** Short: what can be measured in some minutes. Full: larger sizes and more rounds. */
export interface Extent {
  readonly isFull: boolean;
  readonly rounds: number;
  /** A folder that is there as long as the bench runs. */
  readonly folder: string;
}

export const atMost = (value: number, limit: number, text: string): Goal => ({ text, isMet: value <= limit });
export const atLeast = (value: number, limit: number, text: string): Goal => ({
  text,
  isMet: value >= limit,
});
