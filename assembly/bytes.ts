/** Comparing and hashing bytes; up to sixteen behind the last one are looked at and do not count. */

/** How many bytes are the same from two offsets on, of so many. */
export function alike(left: usize, right: usize, length: usize): usize {
  let at: usize = 0;
  while (at < length) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(left + at), v128.load(right + at)));
    if (same !== 0xffff) return min(at + <usize>ctz(~same), length);
    at += 16;
  }
  return length;
}

/** Whether so many bytes are the same at two offsets. */
export function isSame(left: usize, right: usize, length: usize): bool {
  if (length < 16) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(left), v128.load(right)));
    return (~same & ((1 << (<i32>length)) - 1)) === 0;
  }
  // The last ones first: values that begin alike mostly end otherwise.
  const last = length - 16;
  if (i8x16.bitmask(i8x16.eq(v128.load(left + last), v128.load(right + last))) !== 0xffff) return false;
  for (let at: usize = 0; at < last; at += 16) {
    if (i8x16.bitmask(i8x16.eq(v128.load(left + at), v128.load(right + at))) !== 0xffff) return false;
  }
  return true;
}

const FACTOR: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;

/** A hash of so many bytes. */
export function hashOf(from: usize, length: usize): u32 {
  let hash: u64 = length;
  let at: usize = 0;
  for (; at + 8 <= length; at += 8) hash = mixed(hash ^ load<u64>(from + at));
  const rest = length - at;
  if (rest > 0) hash = mixed(hash ^ (load<u64>(from + at) & (((<u64>1) << (rest << 3)) - 1)));
  return <u32>(hash ^ (hash >> 29));
}

function mixed(hash: u64): u64 {
  const product = hash * FACTOR;
  return product ^ (product >> 32);
}
