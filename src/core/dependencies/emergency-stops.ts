import { compile } from '../conditional-access/compile.ts';
import { evaluate } from '../conditional-access/evaluate.ts';
import { modeOf } from '../conditional-access/policy-mode.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { observe, observeOptions } from '../signaling/observe.ts';
import type { User } from '../tenant/directory.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { isSameJson } from '../values/same-json.ts';
import { addressSpace } from './address-space.ts';

/** A policy that would stop every emergency access account, for all that is known. */
export interface EmergencyStop {
  readonly policyId: string;
  readonly displayName: string;
  /** Names of the accounts. */
  readonly accounts: readonly string[];
}

/**
 * Policies that begin to enforce, or enforce otherwise, and then leave no emergency access account a way in: each is stopped
 * at an ordinary sign-in to an administration portal, in a browser, with MFA, from a place that no named location holds. What
 * is not known counts as stopping, and an account that is off is none (D-EXCL).
 */
export function emergencyStops(before: Tenant, after: Tenant): readonly EmergencyStop[] {
  const accounts = (after.users ?? []).filter(
    ({ isEmergencyAccess, accountEnabled }) => isEmergencyAccess === true && accountEnabled !== false,
  );
  const policies = after.policies.filter((policy) => mayEnforce(policy) && !isAsBefore(policy, before));
  if (accounts.length === 0 || policies.length === 0) return [];
  const stopped = accounts.map((account) => stoppedBy({ ...after, policies }, account));
  return policies
    .filter(({ id }) => stopped.every((ids) => ids.has(id)))
    .map(({ id, displayName }) => ({ policyId: id, displayName, accounts: accounts.map(nameOf) }));
}

function mayEnforce({ state }: ConditionalAccessPolicy): boolean {
  const mode = modeOf(state);
  return mode !== 'disabled' && mode !== 'reportOnly';
}

function isAsBefore(policy: ConditionalAccessPolicy, { policies }: Tenant): boolean {
  const was = policies.find(({ id }) => id.toLowerCase() === policy.id.toLowerCase());
  if (was === undefined) return false;
  return (['state', 'conditions', 'grantControls', 'sessionControls'] as const).every((member) =>
    isSameJson(was[member] ?? null, policy[member] ?? null),
  );
}

/** A code that ISO 3166 leaves to users: in no list of countries. */
const NOWHERE = 'XX';
const PORTAL = { appId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', displayName: 'Azure Portal' };

function stoppedBy(tenant: Tenant, { id }: User): ReadonlySet<string> {
  const compiled = compile(tenant);
  const outside = addressSpace(tenant, compiled.locations).sources.find(({ holders }) => holders.size === 0)?.address;
  const attempt: SignInAttempt = {
    identity: { kind: 'user', userId: id },
    target: { kind: 'application', audiences: [PORTAL], authenticationContexts: [] },
    network: { via: 'direct', source: { address: outside, countryOrRegion: NOWHERE } },
    clientAppType: 'browser',
    devicePlatform: 'windows',
    device: null,
    signInRiskLevel: 'none',
    userRiskLevel: 'none',
    insiderRiskLevel: 'none',
    authenticationFlow: 'none',
    originalTransferMethod: 'none',
    gpsCountryOrRegion: null,
    insideCorporateNetwork: false,
    canPerformMfa: true,
    satisfied: {
      mfa: true,
      authenticationMethodCombination: 'fido2',
      compliantDevice: false,
      domainJoinedDevice: false,
      approvedApplication: false,
      compliantApplication: false,
      passwordChange: false,
      riskRemediation: false,
    },
  };
  const { policies } = evaluate(compiled, attempt, observe(attempt, 'enabled', observeOptions(tenant)));
  return new Set(
    policies
      .filter(({ applies, effect }) => applies !== false && (effect.most === 'blocked' || effect.most === 'denied'))
      .map(({ policyId }) => policyId),
  );
}

function nameOf({ userPrincipalName, displayName, id }: User): string {
  return userPrincipalName ?? displayName ?? id;
}
