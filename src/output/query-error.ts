/** What somebody asked for with `--query` cannot be selected: wrong words of theirs, told as such and never as a bug. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}
