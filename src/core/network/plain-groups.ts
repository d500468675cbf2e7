const COLON = 0x3a;
const MOST_DIGITS = 4;
const ALL = 8;

/** Room for the groups of the address that is read. */
const GROUPS = new Uint16Array(ALL);

/** Reads IPv6 in groups with at most one `::`, of the signs before `end`, as four words; false for every other text. */
export function readPlainGroups(codes: Uint8Array, end: number, into: Uint32Array): boolean {
  let [count, gapAt] = [0, -1];
  GROUPS.fill(0);
  for (let at = 0; at < end; ) {
    const begin = at;
    let value = 0;
    for (; at < end; at++) {
      const digit = hexDigit(codes[at] ?? 0);
      if (digit < 0) break;
      value = value * 16 + digit;
    }
    const isEmpty = at === begin;
    if (at - begin > MOST_DIGITS || (isEmpty ? begin > 0 : count === ALL)) return false;
    if (!isEmpty) GROUPS[count++] = value;
    if (at === end) break;
    const isGap = at + 1 < end && codes[at + 1] === COLON;
    // A colon stands between two groups; only a gap may stand at an end.
    if (codes[at] !== COLON || (!isGap && (isEmpty || at + 1 === end))) return false;
    if (isGap && gapAt >= 0) return false;
    if (isGap) gapAt = count;
    at += isGap ? 2 : 1;
  }
  if (gapAt < 0 ? count !== ALL : count === ALL) return false;
  if (gapAt >= 0) spread(count, gapAt);
  for (let word = 0; word < 4; word++) into[word] = (GROUPS[word * 2] ?? 0) * 0x10000 + (GROUPS[word * 2 + 1] ?? 0);
  return true;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Groups behind the gap go to the end. */
function spread(count: number, gapAt: number): void {
  for (let from = count - 1, to = ALL - 1; from >= gapAt; from--, to--) {
    GROUPS[to] = GROUPS[from] ?? 0;
    GROUPS[from] = 0;
  }
}
