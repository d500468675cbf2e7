import { findDeletedLocation } from '../../core/tenant/lookup.ts';
import { planRestoreLocations } from '../../core/tenant/plans/locations.ts';
import { locationChange } from './change.ts';

export const command = locationChange({
  examples: ['gsa location restore Branch'],
  description: 'Brings deleted named locations back, within 30 days of their deletion. They come back untrusted.',
  find: findDeletedLocation,
  what: 'deleted location',
  plan: planRestoreLocations,
  nothing: 'There is no such deleted location.',
});
