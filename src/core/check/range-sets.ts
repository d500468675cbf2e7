import type { Range } from '../network/range.ts';
import { rangesOverlap } from '../network/range.ts';
import { answers, buildRangeIndex } from '../network/range-index.ts';
import type { CheckedLocation, LocationRange } from './checked-location.ts';

/** Questions about whole sets of ranges, answered on the finite partition that their boundaries make. */

const INNER = 0;
const OUTER = 1;

/** Whether every address of `inner` is in `outer` too; true where `inner` holds none. */
export function isCovered(inner: readonly Range[], outer: readonly Range[]): boolean {
  const entries = [
    ...inner.map((range) => ({ range, value: INNER })),
    ...outer.map((range) => ({ range, value: OUTER })),
  ];
  return [...answers(buildRangeIndex(entries))].every((owners) => !owners.includes(INNER) || owners.includes(OUTER));
}

/** The first range of the location, in the order of its file, that shares an address with one of these. */
export function firstOverlap(location: CheckedLocation, ranges: readonly Range[]): LocationRange | undefined {
  return location.ranges.find(({ range }) => ranges.some((other) => rangesOverlap(range, other)));
}

/** How many IPv4 addresses the ranges hold together, each counted once. */
export function countIpv4(ranges: readonly Range[]): number {
  const spans = ranges
    .filter(({ version }) => version === 4)
    .map(({ first, last }) => ({ first: first[0] ?? 0, last: last[0] ?? 0 }))
    .sort((a, b) => a.first - b.first);
  let count = 0;
  let behind = 0;
  for (const { first, last } of spans) {
    const from = Math.max(first, behind);
    if (last >= from) count += last - from + 1;
    behind = Math.max(behind, last + 1);
  }
  return count;
}
