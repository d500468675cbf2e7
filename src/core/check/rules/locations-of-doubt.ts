import { locationEntries } from '../../tenant/location-references.ts';
import { includesUnknownCountries } from '../checked-location.ts';
import { severityFor } from '../checked-policy.ts';
import { policiesUsing } from '../policy-locations.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** `AllTrusted` is the trusted locations and the MFA trusted IPs (D-NET): without either it is nowhere. */
export const allTrustedWithoutTrusted: Rule = {
  id: 'GSA040',
  name: 'all-trusted-without-trusted-location',
  severity: 'warning',
  summary: 'a policy says `AllTrusted`, and no location is trusted',
  needs: ['policies', 'namedLocations'],
  page: {
    finds: [
      'Policies that name `AllTrusted` where no named location is marked trusted and the MFA trusted IPs are known to be none. A warning where the policy enforces, milder where it does not.',
    ],
    matters: [
      'Excluding it spares nobody, so that a block reaches everybody everywhere; including it reaches nobody. Often the locations were exported without their mark.',
    ],
    fix: [
      { text: 'See which locations there are.', command: 'gsa location list' },
      { text: 'Mark the one that is meant.', command: "gsa location trust '<location>'" },
    ],
    sources: ['D-NET', 'D-MFATIP'],
  },
  *check(tenant) {
    const isNoneTrusted =
      tenant.mfaTrustedIps?.length === 0 && tenant.namedLocations.every(({ mayBeTrusted }) => !mayBeTrusted);
    if (!isNoneTrusted) return;
    for (const policy of tenant.policies) {
      const entry = locationEntries(policy.policy).find(({ key }) => key === 'alltrusted');
      if (entry === undefined || policy.mode === 'disabled') continue;
      yield {
        subject: policy.subject,
        severity: severityFor(policy, 'warning'),
        pointer: entry.pointer,
        message: `${quoted(policy.subject.displayName)} says \`AllTrusted\`, and no location is trusted, so that entry matches nowhere; mark a location trusted or take the entry out`,
      };
    }
  },
};

/** Addresses that map to no country count as one of the list (G-CNL), and a proxy's may be among them. */
export const unknownCountries: Rule = {
  id: 'GSA041',
  name: 'unknown-countries',
  severity: 'note',
  summary: 'a country location includes addresses of no known country',
  needs: ['namedLocations'],
  page: {
    finds: ['Country locations with `includeUnknownCountriesAndRegions` that a policy uses.'],
    matters: [
      'Every address that maps to no country is in it, IPv6 and new ranges among them. Where a policy excludes the location, whoever comes from such an address is spared.',
    ],
    fix: [{ text: 'See what hangs on it.', command: "gsa policy dependencies '<location>'" }],
    sources: ['G-CNL', 'D-NET'],
  },
  *check(tenant) {
    for (const location of tenant.namedLocations) {
      if (location.kind !== 'country' || !includesUnknownCountries(location)) continue;
      const policies = policiesUsing(tenant, location);
      if (policies.length === 0) continue;
      yield {
        subject: location.subject,
        pointer: '/includeUnknownCountriesAndRegions',
        related: policies.map(({ subject }) => subject),
        message: `${quoted(location.subject.displayName)} includes addresses of no known country; leave them out unless that is meant`,
      };
    }
  },
};

/** Microsoft Authenticator shares the position, and the address has no part in it (D-NET, G-CNL). */
export const gpsLocation: Rule = {
  id: 'GSA042',
  name: 'gps-location',
  severity: 'note',
  summary: 'a country location is looked up by GPS, which only some sign-ins can answer',
  needs: ['namedLocations'],
  page: {
    finds: ['Country locations with the lookup method `authenticatorAppGps` that a policy uses.'],
    matters: [
      'People need Microsoft Authenticator and are asked to share their position; who cannot is in no country. A switch of signaling changes nothing for it, because the address has no part in it.',
    ],
    fix: [
      {
        text: 'Try a sign-in with and without a position.',
        command: "gsa whatif --user '<user>' --app '<application>' --source-ip 203.0.113.10",
      },
    ],
    sources: ['G-CNL', 'D-NET'],
  },
  *check(tenant) {
    for (const location of tenant.namedLocations) {
      const method = 'countryLookupMethod' in location.location ? location.location.countryLookupMethod : undefined;
      if (location.kind !== 'country' || String(method).toLowerCase() !== 'authenticatorappgps') continue;
      const policies = policiesUsing(tenant, location);
      if (policies.length === 0) continue;
      yield {
        subject: location.subject,
        pointer: '/countryLookupMethod',
        related: policies.map(({ subject }) => subject),
        message: `${quoted(location.subject.displayName)} asks Microsoft Authenticator for the position; who shares none is in no country`,
      };
    }
  },
};
