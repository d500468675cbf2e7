import { compareTexts } from '../../core/values/compare-texts.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { locationSummary } from '../location-summary.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command.description('The named locations of the tenant: what they hold and how many policies name them.'),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const value = tenant.namedLocations
      .map((location) => locationSummary(tenant, location))
      .toSorted((a, b) => compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id));
    return { report: { kind: 'locationList', data: { value, view: { empty: 'The tenant has no named locations.' } } } };
  },
});
