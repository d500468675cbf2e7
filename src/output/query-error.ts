/** What somebody asked to be shown is not there, or cannot be selected: wrong words of theirs, told as such and never as a bug. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** What to type instead. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
