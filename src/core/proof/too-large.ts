/** A question that is too large to be answered whole; a part of an answer would be a false one. */
export class TooLarge extends Error {
  /** What there is too much of, in words. */
  readonly what: string;
  readonly narrowBy: readonly Narrowing[];

  constructor(what: string, narrowBy: readonly Narrowing[]) {
    super(`too large to prove: ${what}`);
    this.what = what;
    this.narrowBy = narrowBy;
  }
}

/** What a question can be narrowed to. */
export type Narrowing = 'user' | 'app' | 'policy';
