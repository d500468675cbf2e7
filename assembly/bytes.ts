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
const SECOND: u64 = ((<u64>0xbf58476d) << 32) | 0x1ce4e5b9;
const THIRD: u64 = ((<u64>0x94d049bb) << 32) | 0x133111eb;
const FOURTH: u64 = ((<u64>0xd6e8feb8) << 32) | 0x6659fd93;

/** A hash of so many bytes. */
export function hashOf(from: usize, length: usize): u32 {
  let hash: u64 = length;
  let at: usize = 0;
  for (; at + 16 <= length; at += 16) {
    hash = mixed(hash ^ (load<u64>(from + at) * SECOND) ^ (load<u64>(from + at, 8) * THIRD));
  }
  if (at + 8 <= length) {
    hash = mixed(hash ^ load<u64>(from + at));
    at += 8;
  }
  const rest = length - at;
  if (rest > 0) hash = mixed(hash ^ (load<u64>(from + at) & (((<u64>1) << (rest << 3)) - 1)));
  return <u32>(hash ^ (hash >> 29));
}

/** Bytes by which a value is looked for before it is known where it ends. */
export const BEGINNING: usize = 32;

/** A hash of these. */
export function hashOfBeginning(from: usize): u32 {
  const hash = mixed(
    (load<u64>(from) * FACTOR) ^
      (load<u64>(from, 8) * SECOND) ^
      (load<u64>(from, 16) * THIRD) ^
      (load<u64>(from, 24) * FOURTH),
  );
  return <u32>(hash ^ (hash >> 29));
}

function mixed(hash: u64): u64 {
  const product = hash * FACTOR;
  return product ^ (product >> 32);
}
