/** Sets of small numbers, ascending, each made once: equal sets are one and the same array. */
export class InternedSets {
  /** By a number made of the members: few sets share one. */
  readonly #sets = new Map<number, (readonly number[])[]>();

  /** `mark` must be the same for the same members: hundreds of thousands of sets are asked for, and few are new. */
  of(members: readonly number[], mark: number): readonly number[] {
    const alike = this.#sets.get(mark);
    if (alike !== undefined) for (const set of alike) if (isSame(set, members)) return set;
    const set = [...members];
    if (alike === undefined) this.#sets.set(mark, [set]);
    else alike.push(set);
    return set;
  }
}

/** What a member adds to the mark of its set, and takes from it again: the marks of all members, by exclusive or. */
export function markOf(member: number): number {
  const spread = Math.imul(member + 1, 0x9e3779b1);
  return (Math.imul(spread ^ (spread >>> 15), 0x85ebca6b) >>> 2) & 0x3fffffff;
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
