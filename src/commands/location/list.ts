import { policiesNaming } from '../../core/tenant/location-users.ts';
import { MFA_TRUSTED_IPS } from '../../core/tenant/named-location.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { compareTexts } from '../../core/values/compare-texts.ts';
import type { LocationSummary } from '../../output/reports/locations.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { locationSummary } from '../location-summary.ts';
import { emptyList, hintOfUnseen } from '../unseen-lists.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description('The named locations of the tenant: what they hold and how many policies name them.')
      .addHelpText('after', examples('gsa location list', 'gsa location list -o csv')),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const value = tenant.namedLocations
      .map((location) => locationSummary(tenant, location))
      .toSorted((a, b) => compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id));
    const all = [...value, ...trustedIps(tenant)];
    return {
      report: { kind: 'locationList', data: { value: all, view: { empty: emptyList(tenant, 'namedLocations') } } },
      ...hintOfUnseen(tenant, 'namedLocations', 'mfaTrustedIps'),
    };
  },
});

/** They stand behind the locations, where there are any: `AllTrusted` covers them, and Graph does not list them (D-MFATIP). */
function trustedIps(tenant: Tenant): LocationSummary[] {
  const { mfaTrustedIps: ranges = [] } = tenant;
  if (ranges.length === 0) return [];
  const policies = policiesNaming(tenant, MFA_TRUSTED_IPS.id).map(({ displayName }) => displayName);
  const noCountries = { countriesAndRegions: [], includesUnknownCountriesAndRegions: false };
  return [{ ...MFA_TRUSTED_IPS, type: 'MFA trusted IPs', isTrusted: true, ranges, ...noCountries, policies }];
}
