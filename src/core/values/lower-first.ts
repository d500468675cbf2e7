/** The text with its first letter small, as Graph spells members where Log Analytics and messages spell them large. */
export function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
