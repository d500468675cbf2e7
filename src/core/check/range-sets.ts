import { firstAddress } from '../network/range.ts';
import { answers, buildRangeIndex } from '../network/range-index.ts';
import type { ListedRange, RangeList } from '../network/range-list.ts';
import { byKey } from '../network/word-order.ts';
import type { CheckedLocation } from './checked-location.ts';

/** Questions about whole sets of ranges, answered on the finite partition that their boundaries make. */

const INNER = 0;
const OUTER = 1;

/** Whether every address of `inner` is in `outer` too; true where `inner` holds none. */
export function isCovered(inner: readonly RangeList[], outer: readonly RangeList[]): boolean {
  // Most often the very first address is outside, and then nobody needs the partition.
  return inner.every((ranges) => isFirstWithin(ranges, outer)) && isEachAnswerWithin(inner, outer);
}

function isFirstWithin(inner: RangeList, outer: readonly RangeList[]): boolean {
  const range = inner.at(0);
  if (range === undefined) return true;
  const first = firstAddress(range);
  return outer.some((ranges) => ranges.holds(first));
}

function isEachAnswerWithin(inner: readonly RangeList[], outer: readonly RangeList[]): boolean {
  const index = buildRangeIndex([
    ...inner.map((ranges) => ({ ranges, value: INNER })),
    ...outer.map((ranges) => ({ ranges, value: OUTER })),
  ]);
  return [...answers(index)].every((owners) => !owners.includes(INNER) || owners.includes(OUTER));
}

/** The first range of the location, in the order of its file, that shares an address with one of these. */
export function firstOverlap(location: CheckedLocation, ranges: RangeList): ListedRange | undefined {
  return location.ranges.overlapping(ranges).next().value;
}

/** How many IPv4 addresses the ranges hold together, each counted once. */
export function countIpv4(list: RangeList): number {
  const { keys: firsts, values: lasts } = byKey({ keys: list.ipv4.firsts, values: list.ipv4.lasts });
  let count = 0;
  let behind = 0;
  for (const [at, first] of firsts.entries()) {
    const last = lasts[at] ?? 0;
    const from = Math.max(first, behind);
    if (last >= from) count += last - from + 1;
    behind = Math.max(behind, last + 1);
  }
  return count;
}
