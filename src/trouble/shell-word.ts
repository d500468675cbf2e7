/** One word of a command line, as a POSIX shell reads it back; where it needs no quotes, as any other shell does. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
