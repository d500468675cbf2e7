import type { CheckedLocation } from '../checked-location.ts';
import { countriesOf, includesUnknownCountries } from '../checked-location.ts';
import { policiesUsing } from '../policy-locations.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** A location without a range or a country holds no address. */
export const emptyLocation: Rule = {
  id: 'GSA039',
  name: 'empty-location',
  severity: 'warning',
  summary: 'a named location holds no address at all',
  needs: ['namedLocations'],
  page: {
    finds: [
      'IP named locations without a range, and country locations without a country that do not include unknown countries and regions. A warning where a policy uses the location, otherwise a note.',
    ],
    matters: ['It matches nobody: excluding it spares nobody, including it reaches nobody.'],
    fix: [
      { text: 'Look at it, and at the file it came from.', command: "gsa location show '<location>'" },
      { text: 'Fill it, or take it out of the policies and remove it.', command: "gsa location remove '<location>'" },
    ],
    sources: ['D-NET', 'G-CNL'],
  },
  *check(tenant) {
    for (const location of tenant.namedLocations) {
      if (!isEmpty(location)) continue;
      const policies = policiesUsing(tenant, location);
      yield {
        subject: location.subject,
        severity: policies.length > 0 ? 'warning' : 'note',
        pointer: location.kind === 'ip' ? '/ipRanges' : '/countriesAndRegions',
        related: policies.map(({ subject }) => subject),
        message: `${quoted(location.subject.displayName)} holds ${location.kind === 'ip' ? 'no IP range' : 'no country'}, so nobody is in it; fill it or remove it`,
      };
    }
  },
};

function isEmpty(location: CheckedLocation): boolean {
  if (location.kind === 'ip') return location.ranges.length === 0 && location.unreadable.length === 0;
  return location.kind === 'country' && countriesOf(location).length === 0 && !includesUnknownCountries(location);
}
