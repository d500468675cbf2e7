/** Pieces of messages: user input in backticks, on one line, of a length that fits one. */

const LONGEST = 100;
/** Control characters, line ends and the marks that turn the direction of text. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

export function quoted(text: string): string {
  const line = text.replaceAll(UNPRINTABLE, '\u00b7').replaceAll('`', "'");
  // Thousands of findings quote names, and a text has at least as many units as characters.
  const characters = line.length > LONGEST ? [...line] : [];
  return `\`${characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}\u2026` : line}\``;
}

/** A list in words: at most three by name, the others by number. */
export function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, texts.length > 4 ? 3 : 4).map(quoted);
  const others = texts.length - shown.length;
  return others === 0 ? shown.join(', ') : `${shown.join(', ')} and ${others} more`;
}
