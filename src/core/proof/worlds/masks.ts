/** A set of policies, 32 a word. Both worlds share the numbers: see {@link ./policies.ts}. */
export type Mask = Uint32Array<ArrayBuffer>;

export function emptyMask(size: number): Mask {
  return new Uint32Array(Math.ceil(size / 32));
}

export function setBit(mask: Mask, at: number): void {
  mask[at >>> 5] = ((mask[at >>> 5] ?? 0) | (1 << (at & 31))) >>> 0;
}

export function clearBit(mask: Mask, at: number): void {
  mask[at >>> 5] = ((mask[at >>> 5] ?? 0) & ~(1 << (at & 31))) >>> 0;
}

export function hasBit(mask: Mask, at: number): boolean {
  return (((mask[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
}

export function both(a: Mask, b: Mask): Mask {
  const result = new Uint32Array(a.length);
  for (let at = 0; at < a.length; at++) result[at] = (a[at] ?? 0) & (b[at] ?? 0);
  return result;
}

export function either(a: Mask, b: Mask): Mask {
  const result = new Uint32Array(a.length);
  for (let at = 0; at < a.length; at++) result[at] = (a[at] ?? 0) | (b[at] ?? 0);
  return result;
}

export function without(a: Mask, b: Mask): Mask {
  const result = new Uint32Array(a.length);
  for (let at = 0; at < a.length; at++) result[at] = (a[at] ?? 0) & ~(b[at] ?? 0);
  return result;
}

export function differing(a: Mask, b: Mask): Mask {
  const result = new Uint32Array(a.length);
  for (let at = 0; at < a.length; at++) result[at] = (a[at] ?? 0) ^ (b[at] ?? 0);
  return result;
}

export function addTo(target: Mask, other: Mask): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) | (other[at] ?? 0);
}

export function narrowTo(target: Mask, other: Mask): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) & (other[at] ?? 0);
}

export function isEmpty(mask: Mask): boolean {
  for (let at = 0; at < mask.length; at++) if (mask[at] !== 0) return false;
  return true;
}

export function areEqual(a: Mask, b: Mask): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

export function share(a: Mask, b: Mask): boolean {
  for (let at = 0; at < a.length; at++) if (((a[at] ?? 0) & (b[at] ?? 0)) !== 0) return true;
  return false;
}

/** Visits the positions of the bits, ascending. */
export function forEachBit(mask: Mask, visit: (at: number) => void): void {
  for (let word = 0; word < mask.length; word++) {
    for (let rest = mask[word] ?? 0; rest !== 0; rest &= rest - 1) visit(word * 32 + 31 - Math.clz32(rest & -rest));
  }
}

/** Visits the positions of the bits, descending; bits that are cleared on the way are still visited in the word at hand. */
export function forEachBitDown(mask: Mask, visit: (at: number) => void): void {
  for (let word = mask.length - 1; word >= 0; word--) {
    for (let rest = mask[word] ?? 0; rest !== 0; ) {
      const bit = 31 - Math.clz32(rest);
      visit(word * 32 + bit);
      rest &= ~(1 << bit);
    }
  }
}

/** The positions of the bits, ascending. */
export function bitsOf(mask: Mask): number[] {
  const bits: number[] = [];
  for (let word = 0; word < mask.length; word++) {
    for (let rest = mask[word] ?? 0; rest !== 0; rest &= rest - 1) bits.push(word * 32 + 31 - Math.clz32(rest & -rest));
  }
  return bits;
}

/** Of a table of masks the positions of those that have a bit. */
export function columnOf(masks: readonly Mask[], bit: number): Mask {
  const column = emptyMask(masks.length);
  for (const [at, mask] of masks.entries()) if (hasBit(mask, bit)) setBit(column, at);
  return column;
}

/** A short text that is one to one with the masks, for maps. */
export function keyOf(...masks: readonly Mask[]): string {
  const units: number[] = [];
  for (const mask of masks) {
    for (let at = 0; at < mask.length; at++) {
      const word = mask[at] ?? 0;
      units.push(word & 0xffff, word >>> 16);
    }
  }
  return textOfUnits(units);
}

/** As many as may be arguments of one call everywhere. */
const MOST_UNITS = 4_096;

/** One text at once: one that is put together unit by unit is made of as many texts. */
function textOfUnits(units: readonly number[]): string {
  if (units.length <= MOST_UNITS) return String.fromCharCode(...units);
  return textOfUnits(units.slice(0, MOST_UNITS)) + textOfUnits(units.slice(MOST_UNITS));
}
