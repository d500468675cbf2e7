import { findLocation } from '../../core/tenant/lookup.ts';
import { planTrust } from '../../core/tenant/plans/locations.ts';
import { locationChange } from './change.ts';

export const command = locationChange({
  examples: ['gsa location trust Headquarters'],
  description: 'Marks named locations as trusted: policies that say AllTrusted then cover them.',
  find: findLocation,
  what: 'location',
  plan: (tenant, ids, now) => planTrust(tenant, ids, true, now),
  nothing: 'Already trusted.',
});
