/**
 * 32 bits of a text: each unit is multiplied in, by an odd number of the caller's, and the end is mixed as MurmurHash3 does,
 * so that every bit counts.
 */
export function bitsOf(text: string, multiplier: number): number {
  let bits = multiplier;
  for (let at = 0; at < text.length; at++) bits = withUnit(bits, text.charCodeAt(at), multiplier);
  return ended(bits);
}

/** The bits of the text in lower case, which is made only where it takes more than ASCII knows. */
export function bitsInAnyCase(text: string, multiplier: number): number {
  let bits = multiplier;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > LAST_OF_ASCII) return bitsOf(text.toLowerCase(), multiplier);
    bits = withUnit(bits, unit >= UPPER_A && unit <= UPPER_Z ? unit | TO_LOWER : unit, multiplier);
  }
  return ended(bits);
}

/** The same of a text in ASCII, by its bytes between two offsets. */
export function bitsOfAsciiInAnyCase(bytes: Uint8Array, from: number, to: number, multiplier: number): number {
  let bits = multiplier;
  for (let at = from; at < to; at++) {
    const unit = bytes[at] as number;
    bits = withUnit(bits, unit >= UPPER_A && unit <= UPPER_Z ? unit | TO_LOWER : unit, multiplier);
  }
  return ended(bits);
}

const LAST_OF_ASCII = 0x7f;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const TO_LOWER = 0x20;

function withUnit(bits: number, unit: number, multiplier: number): number {
  const mixed = Math.imul(bits ^ unit, multiplier);
  return mixed ^ (mixed >>> 15);
}

function ended(units: number): number {
  let bits = Math.imul(units ^ (units >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
