/** A larger text is read faster from its bytes: to write it anew for comparison would take as long as to read it. */
const LARGE = 256 * 1024;

/** Deeper than any tenant that gsa makes, and far from where reading refuses. */
const DEEP = `\n${' '.repeat(64)}`;

/**
 * The value of a text that stands to the byte as a write leaves it, which most tenant files do, and `undefined` for every other
 * one: that is read from its bytes (json-bytes.ts). A text that comes out of its value again has no two members of one name
 * and no number that a write would lose, and the engine's own reader takes a tenth of the time.
 */
export function readOwnJson(bytes: Buffer): { readonly value: unknown } | undefined {
  if (bytes.length > LARGE) return undefined;
  const text = bytes.toString();
  if (text.includes(DEEP)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return `${JSON.stringify(value, null, 2)}\n` === text ? { value } : undefined;
  } catch {
    return undefined;
  }
}
