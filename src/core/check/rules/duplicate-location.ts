import type { CheckedLocation } from '../checked-location.ts';
import {
  countriesOf,
  differInTrust,
  holdSameRanges,
  includesUnknownCountries,
  looksUpByAddress,
  sketchOf,
} from '../checked-location.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Two locations with the same addresses or countries: a change to one will be forgotten in the other. */
export const duplicateLocation: Rule = {
  id: 'GSA032',
  name: 'duplicate-location',
  severity: 'warning',
  summary: 'two named locations hold the same addresses or countries',
  needs: ['namedLocations'],
  page: {
    finds: [
      'Named locations with exactly the same IP ranges (masked, in any order) or the same countries and lookup method. A warning where one is trusted and the other is not, otherwise a note.',
    ],
    matters: [
      'A range that is added to one of them is missing in the other, and policies that look alike then decide differently. Where only one is trusted, its trust holds for the addresses of both.',
    ],
    fix: [
      { text: 'See which policies use each.', command: 'gsa policy dependencies' },
      { text: 'Let all of them use one, then remove the other.', command: "gsa location remove '<location>'" },
    ],
    sources: ['D-NET', 'G-NLPOST'],
  },
  *check(tenant) {
    const firsts = new Map<string, CheckedLocation[]>();
    for (const location of tenant.namedLocations) {
      const sketch = sketchOfContent(location);
      if (sketch === undefined) continue;
      const alike = firsts.get(sketch) ?? [];
      const first = alike.find((each) => holdSameRanges(each, location));
      if (first === undefined) {
        firsts.set(sketch, [...alike, location]);
        continue;
      }
      const differ = differInTrust(first, location);
      yield {
        subject: location.subject,
        severity: differ ? 'warning' : 'note',
        detail: first.key,
        related: [first.subject],
        message: `${quoted(location.subject.displayName)} holds the same as ${quoted(first.subject.displayName)}${differ ? ', but only one of them is trusted' : ''}; keep one of them`,
      };
    }
  },
};

/** The same for locations that hold the same; those of countries hold no ranges. */
function sketchOfContent(location: CheckedLocation): string | undefined {
  const countries = countriesOf(location);
  if (countries.length > 0) {
    return ['country', looksUpByAddress(location), includesUnknownCountries(location), ...countries].join(' ');
  }
  if (location.ranges.length === 0 || location.unreadable.length > 0) return undefined;
  return sketchOf(location);
}
