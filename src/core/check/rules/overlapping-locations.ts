import { rangesOverlap } from '../../network/range.ts';
import { boundaries, buildRangeIndex, lookup } from '../../network/range-index.ts';
import type { CheckedLocation } from '../checked-location.ts';
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
      'Pairs of IP named locations that share at least one address. A warning where one is trusted and the other is not, otherwise a note. Pairs that hold exactly the same are [GSA032](GSA032.md).',
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
    for (const [first, second] of overlappingPairs(tenant)) {
      const differ = first.trusted !== second.trusted;
      const shared = second.ranges.find(({ range }) => first.ranges.some((other) => rangesOverlap(range, other.range)));
      const [one, other] = [quoted(second.subject.displayName), quoted(first.subject.displayName)];
      yield {
        subject: second.subject,
        severity: differ ? 'warning' : 'note',
        pointer: shared?.pointer ?? '',
        detail: first.key,
        related: [first.subject],
        message: differ
          ? `${one} and ${other} share ${quoted(shared?.range.text ?? '')}, but only ${second.trusted ? one : other} is trusted, so these addresses are; separate them`
          : `${one} and ${other} share ${quoted(shared?.range.text ?? '')}; separate them if they are meant to be apart`,
      };
    }
  },
};

/** Pairs in the order of the tenant, found on the partition of all ranges: no location is compared with every other. */
function overlappingPairs({ namedLocations }: CheckedTenant): [CheckedLocation, CheckedLocation][] {
  const index = buildRangeIndex(
    namedLocations.flatMap(({ ranges }, value) => ranges.map(({ range }) => ({ range, value }))),
  );
  const seen = new Set<string>();
  const pairs: [number, number][] = [];
  for (const owners of new Set(boundaries(index).map((address) => lookup(index, address)))) {
    for (const [at, first] of owners.entries()) {
      for (const second of owners.slice(at + 1)) {
        const pair = `${first} ${second}`;
        if (!seen.has(pair)) pairs.push([first, second]);
        seen.add(pair);
      }
    }
  }
  return pairs.flatMap(([first, second]) => {
    const [a, b] = [namedLocations[first], namedLocations[second]];
    return a === undefined || b === undefined || holdTheSame(a, b) ? [] : [[a, b]];
  });
}

function holdTheSame(a: CheckedLocation, b: CheckedLocation): boolean {
  const [of, other] = [canonicalOf(a), canonicalOf(b)];
  return of.size === other.size && [...of].every((range) => other.has(range));
}

function canonicalOf({ ranges }: CheckedLocation): Set<string> {
  return new Set(ranges.map(({ canonical }) => canonical));
}
