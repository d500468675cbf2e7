/** The policies that surely match one value of a fact, and those that may: two bits a policy, 32 policies a word. */
export interface PolicyBits {
  readonly sure: Uint32Array;
  readonly possible: Uint32Array;
}

/** A mask for so many policies, with none set. */
export function emptyMask(policies: number): Uint32Array {
  return new Uint32Array(Math.ceil(policies / 32));
}

export function set(mask: Uint32Array, at: number): void {
  mask[at >>> 5] = (mask[at >>> 5] ?? 0) | (1 << (at & 31));
}

export function unset(mask: Uint32Array, at: number): void {
  mask[at >>> 5] = (mask[at >>> 5] ?? 0) & ~(1 << (at & 31));
}

export function maskOf(flags: readonly boolean[]): Uint32Array {
  const mask = emptyMask(flags.length);
  for (const [at, flag] of flags.entries()) if (flag) set(mask, at);
  return mask;
}

/** Takes all bits of `mask`: masks are short, and a loop is quicker than the engine's own copy. */
export function copy(target: Uint32Array, mask: Uint32Array): void {
  for (let at = 0; at < target.length; at++) target[at] = mask[at] as number;
}

/** Adds the bits to `target` that two masks share. */
export function addShared(target: Uint32Array, a: Uint32Array, b: Uint32Array): void {
  for (let at = 0; at < target.length; at++) {
    target[at] = (target[at] as number) | ((a[at] as number) & (b[at] as number));
  }
}

/** Whether two masks share a bit. */
export function meet(a: Uint32Array, b: Uint32Array): boolean {
  for (let at = 0; at < a.length; at++) {
    if (((a[at] ?? 0) & (b[at] ?? 0)) !== 0) return true;
  }
  return false;
}

export function isSet(mask: Uint32Array, at: number): boolean {
  return (((mask[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
}

export function isSame(a: Uint32Array, b: Uint32Array): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** The bits of either. */
export function union(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = a.slice();
  for (let at = 0; at < both.length; at++) both[at] = (both[at] as number) | (b[at] as number);
  return both;
}

/** Positions of the bits that are set, ascending. */
export function* positionsIn(mask: Uint32Array): Generator<number> {
  for (let at = nextIn(mask, 0); at >= 0; at = nextIn(mask, at + 1)) yield at;
}

/** The first position from one on whose bit is set; -1: there is none. */
export function nextIn(mask: Uint32Array, from: number): number {
  let word = from >>> 5;
  if (word >= mask.length) return -1;
  let rest = (mask[word] as number) & (-1 << (from & 31));
  while (rest === 0) {
    if (++word >= mask.length) return -1;
    rest = mask[word] as number;
  }
  return word * 32 + 31 - Math.clz32(rest & -rest);
}
