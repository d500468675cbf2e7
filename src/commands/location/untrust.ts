import { findLocation } from '../../core/tenant/lookup.ts';
import { planTrust } from '../../core/tenant/plans/locations.ts';
import { locationChange } from './change.ts';

export const command = locationChange({
  examples: ['gsa location untrust Headquarters --dry-run'],
  description: 'Takes the trusted mark from named locations: policies that say AllTrusted no longer cover them.',
  find: findLocation,
  what: 'location',
  plan: (tenant, ids, now) => planTrust(tenant, ids, false, now),
  nothing: 'Not trusted already.',
});
