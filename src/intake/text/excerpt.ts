/** What was found in a file, fit for a message: one line, cut, in backticks. Encoding for a terminal is output's work. */
export function quoted(text: string, longest = 80): string {
  return `\`${excerpt(text, longest)}\``;
}

/** The text on one line, at most `longest` characters with the mark of the cut; no character is cut in two. */
export function excerpt(text: string, longest = 80): string {
  // Only the beginning is looked at: the text may be megabytes long.
  const line = text
    .slice(0, longest * 4)
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= longest && text.length <= longest * 4
    ? line
    : `${characters.slice(0, longest - 1).join('')}…`;
}
