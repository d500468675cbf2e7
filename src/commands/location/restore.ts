import { planRestoreLocations } from '../../core/tenant/location-plans.ts';
import { findDeletedLocation } from '../../core/tenant/lookup.ts';
import { locationChange } from '../location-change.ts';

export const command = locationChange({
  description: 'Brings deleted named locations back, within 30 days of their deletion. They come back untrusted.',
  find: findDeletedLocation,
  what: 'deleted location',
  plan: planRestoreLocations,
  nothing: 'There is no such deleted location.',
});
