/**
 * 32 bits of a text: each unit is multiplied in, by an odd number of the caller's, and the end is mixed as MurmurHash3 does,
 * so that every bit counts.
 */
export function bitsOf(text: string, multiplier: number): number {
  let bits = multiplier;
  for (let at = 0; at < text.length; at++) {
    bits = Math.imul(bits ^ text.charCodeAt(at), multiplier);
    bits ^= bits >>> 15;
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
