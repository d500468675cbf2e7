import type { Tenant } from '../tenant/tenant.ts';
import { isProfileOn } from './tunnelling.ts';

/** Something that signaling needs, and whether the tenant has it. */
export interface Prerequisite {
  readonly id: 'onboarded' | 'licence' | 'microsoftTrafficProfile';
  /** The name for people. */
  readonly name: string;
  readonly holds: 'yes' | 'no' | 'unknown';
  /** What the tenant says, or what is missing. */
  readonly detail: string;
  /** Keys of docs/sources.md. */
  readonly source: string;
}

/** What must be there before signaling does anything, in the order in which an administrator sets it up. */
export function prerequisites(tenant: Tenant): readonly Prerequisite[] {
  return [onboarded(tenant), licence(tenant), microsoftTrafficProfile(tenant)];
}

function onboarded({ globalSecureAccess: { onboardingStatus } }: Tenant): Prerequisite {
  const common = { id: 'onboarded', name: 'Onboarded', source: 'META onboardingStatus; ZTA 25380' } as const;
  if (onboardingStatus === undefined) {
    return { ...common, holds: 'unknown', detail: 'the onboarding status of Global Secure Access was not imported' };
  }
  const isOnboarded = onboardingStatus.toLowerCase() === 'onboarded';
  return { ...common, holds: isOnboarded ? 'yes' : 'no', detail: `Global Secure Access is ${onboardingStatus}` };
}

function licence({ entraIdPlan }: Tenant): Prerequisite {
  const common = { id: 'licence', name: 'Entra ID P1 or P2', source: 'OVW; SIR-2025' } as const;
  if (entraIdPlan === undefined) return { ...common, holds: 'unknown', detail: 'the edition of Entra ID is not known' };
  return { ...common, holds: entraIdPlan === 'free' ? 'no' : 'yes', detail: `Entra ID ${entraIdPlan}` };
}

/** [C] SEED and SIR-2025 require it; FWD says that Entra and Graph traffic is acquired with any profile (choices.ts). */
function microsoftTrafficProfile({ globalSecureAccess: { forwardingProfiles } }: Tenant): Prerequisite {
  const common = {
    id: 'microsoftTrafficProfile',
    name: 'Microsoft traffic profile',
    source: '[C] SEED, SIR-2025 against FWD',
  } as const;
  if (forwardingProfiles === undefined) {
    return { ...common, holds: 'unknown', detail: 'the traffic forwarding profiles were not imported' };
  }
  const profile = forwardingProfiles.find(({ trafficForwardingType }) => trafficForwardingType === 'm365');
  if (profile === undefined) return { ...common, holds: 'no', detail: 'the tenant has no such profile' };
  return { ...common, holds: isProfileOn(profile) ? 'yes' : 'no', detail: `the profile is ${profile.state}` };
}
