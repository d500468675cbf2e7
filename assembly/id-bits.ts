/** Bits of an id in ASCII; see src/core/values/id-bits.ts and text-bits.ts. */
import { byteAt } from './json';

const HIGH: u32 = 0x9e3779b1;
const LOW: u32 = 0x5f356495;

/** Puts the two numbers of the id between two offsets. */
export function putIdBits(from: usize, to: usize, row: usize): void {
  let high = HIGH;
  let low = LOW;
  for (let at = from; at < to; at++) {
    const byte = byteAt(at);
    const unit = byte - 0x41 <= 25 ? byte | 0x20 : byte;
    high = (high ^ unit) * HIGH;
    high ^= high >> 15;
    low = (low ^ unit) * LOW;
    low ^= low >> 15;
  }
  store<u32>(row, ended(high));
  store<u32>(row, ended(low), 4);
}

function ended(units: u32): u32 {
  let bits = (units ^ (units >> 16)) * 0x85ebca6b;
  bits = (bits ^ (bits >> 13)) * 0xc2b2ae35;
  return bits ^ (bits >> 16);
}
