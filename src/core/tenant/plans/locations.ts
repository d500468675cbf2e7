import { isPastRestore, MAXIMUM_IP_LOCATIONS, MAXIMUM_RANGES, RESTORABLE_DAYS } from '../limits.ts';
import { rangesOf } from '../location-ranges.ts';
import { policiesNaming } from '../location-users.ts';
import type { NamedLocation } from '../named-location.ts';
import { isCompliantNetworkNamedLocation, isIpNamedLocation, trustOf } from '../named-location.ts';
import type { Tenant } from '../tenant.ts';
import type { Plan } from './change.ts';
import { othersNotKnown } from './edit.ts';
import type { Planned } from './objects.ts';
import { joinPlans, locationActivity } from './objects.ts';
import { asJson } from './slots.ts';

/** Adds a location; refused where Graph refuses: an id that is taken, a range that is none, a limit that is met. */
export function planAddLocation(tenant: Tenant, location: NamedLocation, dateTime: string): Planned {
  const refused = whyNotAdded(tenant, location);
  if (refused !== undefined) return { refused };
  const after = { ...asJson(location), createdDateTime: dateTime, modifiedDateTime: dateTime };
  return oneStep('Add', location, [
    { list: 'namedLocations', id: location.id, before: null, after },
    ...othersNotKnown(tenant, 'namedLocations'),
  ]);
}

/**
 * Deletes softly. A trusted location is refused until the mark is removed (NET), and so is one that policies still name:
 * Graph would not take a policy with a location that is gone (error 1040), so we do not make one.
 */
export function planDeleteLocations(tenant: Tenant, ids: readonly string[], dateTime: string): Planned {
  const locations = locationsOf(tenant.namedLocations, ids);
  for (const location of locations) {
    const isTrusted = trustOf(location);
    if (isTrusted !== false) {
      const why = isTrusted
        ? 'is trusted; remove the mark first'
        : 'may be trusted, which is not known; untrust it first';
      return { refused: `\`${location.displayName}\` ${why}` };
    }
    const names = policiesNaming(tenant, location.id).map(({ displayName }) => `\`${displayName}\``);
    if (names.length > 0) return { refused: `\`${location.displayName}\` is named by ${names.join(', ')}` };
  }
  return joinPlans(
    locations.map((location) => {
      const deletedBefore = tenant.deletedItems.namedLocations.find(({ id }) => id === location.id);
      return oneStep('Delete', location, [
        { list: 'namedLocations', id: location.id, before: asJson(location), after: null },
        {
          list: 'deletedNamedLocations',
          id: location.id,
          before: deletedBefore === undefined ? null : asJson(deletedBefore),
          after: { ...asJson(location), deletedDateTime: dateTime },
        },
      ]);
    }),
  );
}

/** Restores deleted locations; they come back untrusted (RECOVER). */
export function planRestoreLocations(tenant: Tenant, ids: readonly string[], dateTime: string): Planned {
  const locations = locationsOf(tenant.deletedItems.namedLocations, ids);
  for (const location of locations) {
    if (isPastRestore(location.deletedDateTime, dateTime)) {
      return { refused: `\`${location.displayName}\` was deleted more than ${RESTORABLE_DAYS} days ago` };
    }
    const { deletedDateTime: _, ...kept } = location;
    const refused = whyNotAdded(tenant, kept);
    if (refused !== undefined) return { refused };
  }
  return joinPlans(
    locations.map((location) => {
      const { deletedDateTime: _, ...kept } = asJson(location);
      const after = 'isTrusted' in kept || isIpNamedLocation(location) ? { ...kept, isTrusted: false } : kept;
      return oneStep('Restore', location, [
        { list: 'deletedNamedLocations', id: location.id, before: asJson(location), after: null },
        { list: 'namedLocations', id: location.id, before: null, after },
      ]);
    }),
  );
}

/** Marks locations as trusted or takes the mark away; only IP ranges and the compliant network carry it (CSDL-v1, CN). */
export function planTrust(tenant: Tenant, ids: readonly string[], isTrusted: boolean, dateTime: string): Planned {
  const locations = locationsOf(tenant.namedLocations, ids);
  const without = locations.find((one) => !isIpNamedLocation(one) && !isCompliantNetworkNamedLocation(one));
  if (without !== undefined) {
    return {
      refused: `\`${without.displayName}\` is neither IP ranges nor the compliant network; it cannot be trusted`,
    };
  }
  return joinPlans(
    locations
      .filter((location) => trustOf(location) !== isTrusted)
      .map((location) => {
        const after = { ...asJson(location), isTrusted, modifiedDateTime: dateTime };
        return oneStep('Update', location, [
          { list: 'namedLocations', id: location.id, before: asJson(location), after },
        ]);
      }),
  );
}

function whyNotAdded(tenant: Tenant, location: NamedLocation): string | undefined {
  const wanted = location.id.toLowerCase();
  if (tenant.namedLocations.some(({ id }) => id.toLowerCase() === wanted)) {
    return `a named location with the id \`${location.id}\` is there already`;
  }
  if (!isIpNamedLocation(location)) return undefined;
  if (tenant.namedLocations.filter(isIpNamedLocation).length >= MAXIMUM_IP_LOCATIONS) {
    return `a tenant holds at most ${MAXIMUM_IP_LOCATIONS} IP named locations; delete others first`;
  }
  if (location.ipRanges.length > MAXIMUM_RANGES) return `a named location holds at most ${MAXIMUM_RANGES} ranges`;
  return rangesOf(location).unread[0]?.problem;
}

function oneStep(
  verb: Parameters<typeof locationActivity>[0],
  location: NamedLocation,
  changes: Plan['steps'][number]['changes'],
): Plan {
  return { steps: [{ activity: locationActivity(verb, location), changes }] };
}

function locationsOf(locations: readonly NamedLocation[], ids: readonly string[]): NamedLocation[] {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return locations.filter(({ id }) => wanted.has(id.toLowerCase()));
}
