import { findLocation } from '../../core/tenant/lookup.ts';
import { planDeleteLocations } from '../../core/tenant/plans/locations.ts';
import { plural } from '../../core/values/plural.ts';
import { locationChange } from './change.ts';

export const command = locationChange({
  examples: ['gsa location add Branch 198.51.100.0/27', 'gsa location remove Branch --yes'],
  description:
    'Deletes named locations. Refused while a location is trusted or a policy names it. Restorable for 30 days. Wants --yes without a terminal.',
  find: findLocation,
  what: 'location',
  plan: planDeleteLocations,
  nothing: 'There is no such location.',
  question: (texts) =>
    texts.length === 1 ? `Delete the location ${texts[0]}?` : `Delete ${plural(texts.length, 'location')}?`,
});
