import type { Memberships } from '../conditional-access/facts/membership.ts';
import { compileMemberships } from '../conditional-access/facts/membership.ts';
import type { Truth } from '../conditional-access/result.ts';
import type { Range } from '../network/range.ts';
import { readRanges } from '../network/range.ts';
import type { User } from '../tenant/directory.ts';
import { egressRangesOf } from '../tenant/egress-ranges.ts';
import { locationCatalog } from '../tenant/location-references.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { CheckedLocation } from './checked-location.ts';
import { checkedLocation } from './checked-location.ts';
import type { CheckedPolicy } from './checked-policy.ts';
import { checkedPolicy } from './checked-policy.ts';
import type { FindingSubject } from './finding.ts';
import { compareSubjects } from './finding.ts';
import type { CheckSettings } from './settings.ts';

/** A tenant prepared for the rules: sorted, so that no finding depends on the order of the file, and parsed once. */
export interface CheckedTenant {
  readonly tenant: Tenant;
  readonly settings: CheckSettings;
  readonly policies: readonly CheckedPolicy[];
  readonly namedLocations: readonly CheckedLocation[];
  /** Locations by their id in lower case. */
  readonly locationsById: ReadonlyMap<string, CheckedLocation>;
  /** Egress of Global Secure Access: the tenant's own ranges where it states them, else the published ones (POP). */
  readonly egressRanges: readonly Range[];
  /** MFA trusted IPs; `undefined`: not known. */
  readonly mfaTrustedIps: readonly string[] | undefined;
  /** Whether people's sign-ins travel through Global Secure Access. */
  readonly gsaTraffic: Truth;
  readonly emergencyUsers: readonly User[];
  readonly memberships: Memberships;
}

export function checkedTenant(tenant: Tenant, settings: CheckSettings): CheckedTenant {
  const catalog = locationCatalog(tenant.namedLocations);
  const policies = tenant.policies
    .map((policy) => checkedPolicy(policy, catalog))
    .sort((a, b) => compareSubjects(a.subject, b.subject));
  const namedLocations = tenant.namedLocations
    .map(checkedLocation)
    .sort((a, b) => compareSubjects(a.subject, b.subject));
  let memberships: Memberships | undefined;
  return {
    tenant,
    settings,
    policies,
    namedLocations,
    locationsById: new Map(namedLocations.map((location) => [location.key, location])),
    egressRanges: readRanges(egressRangesOf(tenant)),
    mfaTrustedIps: tenant.mfaTrustedIps,
    gsaTraffic: gsaTrafficOf(tenant),
    emergencyUsers: (tenant.users ?? []).filter(({ isEmergencyAccess }) => isEmergencyAccess === true),
    // Nobody asks where no account is for emergencies, and the groups of a company name each of its people several times.
    get memberships() {
      memberships ??= compileMemberships(tenant);
      return memberships;
    },
  };
}

export function isSignalingOff({ tenant }: CheckedTenant): boolean {
  return tenant.globalSecureAccess.conditionalAccess.signalingStatus === 'disabled';
}

/** A setting of the tenant as the subject of a finding. */
export function setting(id: keyof Tenant, displayName: string): FindingSubject {
  return { kind: 'setting', id, displayName };
}

/**
 * Traffic is acquired once any forwarding profile is on, Entra's own with it (FWD). An onboarded tenant whose profiles are
 * not known is taken to use the service; without any word of onboarding the answer is not known.
 */
function gsaTrafficOf({ globalSecureAccess }: Tenant): Truth {
  const profiles = globalSecureAccess.forwardingProfiles;
  if (profiles?.some(({ state }) => state === 'enabled') === true) return true;
  switch (globalSecureAccess.onboardingStatus) {
    case 'onboarded':
      return profiles === undefined;
    case 'offboarded':
      return false;
    default:
      return 'unknown';
  }
}
