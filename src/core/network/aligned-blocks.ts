/** The fewest blocks of CIDR that hold the addresses from `first` to `last` and no others, in ascending order. */
export function* alignedBlocks(
  first: bigint,
  last: bigint,
): Generator<{ readonly first: bigint; readonly freeBits: number }> {
  for (let start = first; start <= last; ) {
    let [size, freeBits] = [1n, 0];
    while ((start & size) === 0n && start + 2n * size - 1n <= last) {
      size *= 2n;
      freeBits++;
    }
    yield { first: start, freeBits };
    start += size;
  }
}
