/** An object that is no sign-in. `wholeFile`: the first record of a file shows that the others are none either. */
export interface Foreign {
  readonly reason: string;
  /** What it is, to follow "holds" for a file. */
  readonly message: string;
  readonly wholeFile: boolean;
}
