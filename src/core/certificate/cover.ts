type Sets = readonly (readonly number[])[];

/** How many kinds of sign-in a box holds. */
export function volumeOf(sets: Sets): bigint {
  return sets.reduce((product, set) => product * BigInt(set.length), 1n);
}

export function wholeVolume(sizes: readonly number[]): bigint {
  return sizes.reduce((product, size) => product * BigInt(size), 1n);
}

/** Two boxes that share a kind of sign-in; `undefined`: none do. */
export function overlapping(boxes: readonly Sets[], sizes: readonly number[]): readonly [number, number] | undefined {
  return meeting([...boxes.keys()], 0);

  /** Boxes are parted level by level: only those that share a class of every level so far are compared further. */
  function meeting(candidates: readonly number[], level: number): readonly [number, number] | undefined {
    const [first, second] = candidates;
    if (first === undefined || second === undefined) return undefined;
    if (level === sizes.length) return [first, second];
    const seen = new Set<string>();
    for (let at = 0; at < (sizes[level] ?? 0); at++) {
      const sharing = candidates.filter((box) => boxes[box]?.[level]?.includes(at) === true);
      const key = sharing.join();
      if (seen.has(key)) continue;
      seen.add(key);
      const pair = meeting(sharing, level + 1);
      if (pair !== undefined) return pair;
    }
    return undefined;
  }
}
