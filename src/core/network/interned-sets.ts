/** Sets of small numbers, ascending, each made once: equal sets have one number. */
export class InternedSets {
  /** The sets by their numbers. */
  readonly all: (readonly number[])[] = [];
  /** Numbers of sets by a number made of the members: few sets share one. */
  readonly #alike = new Map<number, number[]>();

  /** `mark` must be the same for the same members: hundreds of thousands of sets are asked for, and few are new. */
  of(members: readonly number[], mark: number): number {
    const alike = this.#alike.get(mark);
    if (alike !== undefined) {
      for (const number of alike) if (isSame(this.all[number] as readonly number[], members)) return number;
    }
    const number = this.all.push([...members]) - 1;
    if (alike === undefined) this.#alike.set(mark, [number]);
    else alike.push(number);
    return number;
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
