import type { Address } from '../network/address.ts';
import { PUBLISHED_EGRESS_RANGES } from '../network/gsa-ranges.ts';
import { firstAddress, readRanges } from '../network/range.ts';
import type { RangeIndex } from '../network/range-index.ts';
import { answersIn, lookup } from '../network/range-index.ts';

/**
 * An address that may stand for every egress address of Global Secure Access before these named locations: records often do
 * not tell the proxy's address (LIM: with signaling on it "isn't visible"), and where all of the egress lies in the same
 * locations, or in none, it makes no difference which one it was. `undefined` where it does, and where a range of the egress
 * cannot be read. It is an inference: nothing may show it as the address of a sign-in.
 */
export function proxyStandIn(
  locations: RangeIndex,
  egressRanges: readonly string[] = PUBLISHED_EGRESS_RANGES,
): Address | undefined {
  const ranges = readRanges(egressRanges);
  if (ranges.length < egressRanges.length) return undefined;
  const [one] = ranges;
  if (one === undefined) return undefined;
  const standIn = firstAddress(one);
  const holders = lookup(locations, standIn);
  // Equal answers of one index are one and the same array.
  const isAlike = ranges.every((range) => [...answersIn(locations, range)].every((owners) => owners === holders));
  return isAlike ? standIn : undefined;
}

/** What is said beside an answer that rests on one: `1 sign-in does`, and what it does not tell. */
export function standInText(who: string): string {
  return `inferred: ${who} not tell the address of Global Secure Access; all of its addresses lie in the same named locations, or in none, so each gives the same answer`;
}
