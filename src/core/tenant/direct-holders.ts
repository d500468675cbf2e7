import { GUID_WORDS } from '../values/guid-words.ts';
import { IdNumbers } from '../values/id-numbers.ts';
import type { Group } from './directory.ts';
import { membersByGuid } from './group-members.ts';

/**
 * Which groups hold a principal directly. Of each principal the last membership is noted, and of each membership its group and the
 * one before it of the same principal: twelve bytes a membership, and no list for each of a company's people.
 */
export class DirectHolders {
  readonly #groups: readonly string[];
  readonly #principals = new IdNumbers();
  /** By the numbers of the principals, one more than the number of the last membership. */
  readonly #last: number[] = [];
  /** By the numbers of the memberships. */
  readonly #group: Uint32Array;
  readonly #before: Uint32Array;
  #count = 0;

  constructor(groups: readonly Group[]) {
    this.#groups = groups.map(({ id }) => id.toLowerCase());
    const memberships = groups.reduce((sum, group) => sum + countOf(group), 0);
    this.#group = new Uint32Array(memberships);
    this.#before = new Uint32Array(memberships);
    for (const [number, group] of groups.entries()) this.#addMembers(group, number);
  }

  /** The groups that hold the principal, in their order; the id is in lower case. */
  of(id: string): readonly string[] {
    const principal = this.#principals.find(id);
    return principal === undefined ? [] : this.#holdersOf(principal);
  }

  /** The groups that hold somebody who is not among `ids`, and in none of the groups that are left out. All ids are in lower case. */
  ofOthers(ids: Iterable<string>, leftOut: ReadonlySet<string>): ReadonlySet<string> {
    const isAmong = new Uint8Array(this.#last.length);
    for (const id of ids) {
      const principal = this.#principals.find(id);
      if (principal !== undefined) isAmong[principal] = 1;
    }
    const found = new Set<string>();
    for (let principal = isAmong.indexOf(0); principal >= 0; principal = isAmong.indexOf(0, principal + 1)) {
      const groups = this.#holdersOf(principal);
      if (!groups.some((group) => leftOut.has(group))) for (const group of groups) found.add(group);
    }
    return found;
  }

  #holdersOf(principal: number): readonly string[] {
    const found: string[] = [];
    for (let next = this.#last[principal] ?? 0; next > 0; next = this.#before[next - 1] as number) {
      found.push(this.#groups[this.#group[next - 1] as number] as string);
    }
    return found.reverse();
  }

  #addMembers(group: Group, number: number): void {
    const guids = membersByGuid(group);
    if (guids === undefined) {
      for (const id of group.members ?? []) this.#add(this.#principals.of(id.toLowerCase()), number);
      return;
    }
    for (let at = 0; at < guids.length; at += GUID_WORDS) this.#add(this.#principals.ofGuid(guids, at), number);
  }

  #add(principal: number, group: number): void {
    this.#group[this.#count] = group;
    this.#before[this.#count] = this.#last[principal] ?? 0;
    this.#last[principal] = ++this.#count;
  }
}

function countOf(group: Group): number {
  const guids = membersByGuid(group);
  return guids === undefined ? (group.members?.length ?? 0) : guids.length / GUID_WORDS;
}
