import type { ListedRange } from '../../network/range-list.ts';
import { overlapsOf } from '../../network/range-overlaps.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { CheckedLocation } from '../checked-location.ts';
import { differInTrust, holdSameRanges, pointerOf } from '../checked-location.ts';
import type { CheckedTenant } from '../checked-tenant.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Overlap is legal: an address is in every location that holds it. Trust of one of them is enough (D-NET). */
export const overlappingLocations: Rule = {
  id: 'GSA033',
  name: 'overlapping-locations',
  severity: 'warning',
  summary: 'two named locations share addresses; a trusted and an untrusted one contradict each other',
  needs: ['namedLocations'],
  page: {
    finds: [
      'Pairs of IP named locations that share at least one address. A warning where one is trusted and the other is not, otherwise a note. Pairs that hold exactly the same are GSA032.',
    ],
    matters: [
      'An address is in every location that holds it. Where one of them is trusted, `AllTrusted` covers the shared addresses, whatever the other location was made for – for example an untrusted location of a network to be kept out.',
    ],
    fix: [
      { text: 'See which locations hold an address of both.', command: 'gsa location match 203.0.113.10' },
      {
        text: 'Cut the wider one to what it should hold, or give both the same mark.',
        command: "gsa location untrust '<location>'",
      },
    ],
    sources: ['D-NET'],
  },
  *check(tenant) {
    for (const { first, second, shared } of overlappingPairs(tenant)) {
      const differ = differInTrust(first, second);
      const [one, other] = [quoted(second.subject.displayName), quoted(first.subject.displayName)];
      yield {
        subject: second.subject,
        severity: differ ? 'warning' : 'note',
        pointer: shared === undefined ? '' : pointerOf(shared),
        detail: first.key,
        related: [first.subject],
        message: differ
          ? `${one} and ${other} share ${quoted(shared?.text ?? '')}, but only ${second.trusted ? one : other} is trusted, so these addresses are; separate them`
          : `${one} and ${other} share ${quoted(shared?.text ?? '')}; separate them if they are meant to be apart`,
      };
    }
  },
};

interface Pair {
  readonly first: CheckedLocation;
  readonly second: CheckedLocation;
  /** The first range of the second, in the order of its file, that shares an address with the first. */
  readonly shared: ListedRange | undefined;
}

const PAIRS = new WeakMap<Tenant['namedLocations'], readonly Pair[]>();

/** The same each time for one list of locations, for the rules may be asked more than once. */
function overlappingPairs({ tenant, namedLocations }: CheckedTenant): readonly Pair[] {
  const known = PAIRS.get(tenant.namedLocations) ?? findPairs(namedLocations);
  PAIRS.set(tenant.namedLocations, known);
  return known;
}

/** Found along the edges of all ranges: no location is compared with every other. */
function findPairs(namedLocations: readonly CheckedLocation[]): Pair[] {
  const holders = namedLocations.map(({ ranges }, value) => ({ ranges, value }));
  return overlapsOf(holders).flatMap(({ holder, other, otherRange }) => {
    const [first, second] = [namedLocations[holder], namedLocations[other]];
    if (first === undefined || second === undefined) return [];
    if (holdSameRanges(first, second)) return [];
    return [{ first, second, shared: second.ranges.at(otherRange) }];
  });
}
