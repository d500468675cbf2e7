import type { ForwardingProfile, Tenant } from '../tenant/tenant.ts';

const PROFILES = ['m365', 'internet', 'private'] as const;

/**
 * Whether it is known that nobody comes through Global Secure Access: the tenant is offboarded, or every traffic profile is
 * off. The client is then "Disabled by your organization" (WIN), Entra's own profile is on with any other only (FWD), and the
 * switch changes nothing. A profile that the tenant does not list may be on.
 */
export function isNobodyTunnelled(tenant: Tenant): boolean {
  return nobodyTunnelledBecause(tenant) !== undefined;
}

/** Which of the two it is, in words; both where both hold. */
export function nobodyTunnelledBecause({ globalSecureAccess }: Tenant): string | undefined {
  const { onboardingStatus, forwardingProfiles } = globalSecureAccess;
  const reasons = [
    ...(onboardingStatus?.toLowerCase() === 'offboarded' ? ['the tenant is offboarded'] : []),
    ...(areProfilesOff(forwardingProfiles) ? ['every traffic profile is off'] : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join(' and ');
}

function areProfilesOff(forwardingProfiles: readonly ForwardingProfile[] | undefined): boolean {
  if (forwardingProfiles === undefined) return false;
  const states = PROFILES.map((type) => forwardingProfiles.filter((each) => each.trafficForwardingType === type));
  return (
    states.every((profiles) => profiles.length > 0) &&
    forwardingProfiles.every(({ state }) => state.toLowerCase() === 'disabled')
  );
}

/** Whether a traffic profile is on, in whatever letters an export has it. */
export function isProfileOn({ state }: ForwardingProfile): boolean {
  return state.toLowerCase() === 'enabled';
}
