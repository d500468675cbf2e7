/** Names that a person is told of a longer list. */
const NAMES = 4;

/** A list in a sentence: all of a short one, of a longer one the first and how many more there are. `-o json` has them all. */
export function someOf(names: readonly string[], most = NAMES): string {
  const more = names.length - most;
  // One more takes no more room than to say so.
  return more > 1 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}
