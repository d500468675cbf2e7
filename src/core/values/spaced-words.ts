/** A word of JSON as people write it: `newly blocked` for `newlyBlocked`. */
export function spacedWords(word: string): string {
  return word.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
