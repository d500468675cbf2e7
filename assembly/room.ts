/** Linear memory, given away once from the front on: nothing is ever freed, and what nobody touches costs nothing. */

/** Bytes behind everything that is read sixteen at a time. */
const BEHIND: usize = 64;

let top: usize = 1024;

/** The offset of so many bytes that belong to the caller, all of them 0. */
export function reserve(bytes: usize): usize {
  const at = top;
  top = (at + bytes + BEHIND + 63) & ~(<usize>63);
  assertRoom(top);
  return at;
}

/** Stops at once where the memory is smaller than what was planned. */
function assertRoom(end: usize): void {
  if (end > (<usize>memory.size()) << 16) unreachable();
}
