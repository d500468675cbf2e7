import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../../src/core/conditional-access/evaluate.ts';
import type { Evaluation, PolicyEvaluation } from '../../../src/core/conditional-access/result.ts';
import { analyseDependencies } from '../../../src/core/dependencies/analyse.ts';
import type {
  DependencyAnalysis,
  PolicyDependency,
  SwitchEffect,
  SwitchImpact,
} from '../../../src/core/dependencies/dependency.ts';
import { impactOf } from '../../../src/core/dependencies/enforced.ts';
import { locatedPolicies } from '../../../src/core/dependencies/located-policies.ts';
import { supposingNoMorePlaces } from '../../../src/core/dependencies/unknown-places.ts';
import type { Address } from '../../../src/core/network/address.ts';
import { buildEgressIndex, isGlobalSecureAccessEgress } from '../../../src/core/network/gsa-ranges.ts';
import { isPublicAddress } from '../../../src/core/network/special-use.ts';
import type { NetworkPath, SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { observe, observeOptions } from '../../../src/core/signaling/observe.ts';
import type { ConditionalAccessPolicy } from '../../../src/core/tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../../../src/core/tenant/tenant.ts';
import { attempts } from '../../support/arbitraries/attempt.ts';
import { address, countries } from '../../support/arbitraries/network.ts';
import { grants, locationConditions, policies, states } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { tries } from '../../support/tries.ts';

const USERS = [
  ...['203.0.113.0', '203.0.113.9', '203.0.113.127', '203.0.113.128', '203.0.113.255', '203.0.114.0', '203.0.112.1'],
  ...['198.51.100.7', '198.51.100.31', '198.51.100.32', '192.0.2.9', '8.8.8.8', '2001:db8:100::5', '2001:db8:101::1'],
].map(address);
const PROXIES = ['128.94.0.0', '128.94.31.255', '151.206.0.0', '151.206.255.255'].map(address);

/** The way of a sign-in, with nothing left to guess: what the switch is about is known. */
const networks: fc.Arbitrary<NetworkPath> = fc.record({
  via: fc.constantFrom('globalSecureAccessClient', 'globalSecureAccessClient', 'remoteNetwork', 'direct'),
  source: fc.record({ address: fc.constantFrom(...USERS), countryOrRegion: countries }),
  proxy: fc.record({ address: fc.constantFrom(...PROXIES), countryOrRegion: countries }),
  tunnelOfThisTenant: fc.constantFrom(true, true, true, false),
});

/** Evaluates sign-ins of one tenant with signaling enabled and disabled. */
function evaluator(tenant: Tenant): (attempt: SignInAttempt) => Record<SignalingStatus, Evaluation> {
  const compiled = compile(tenant);
  const options = observeOptions(tenant);
  return (attempt) => ({
    enabled: evaluate(compiled, attempt, observe(attempt, 'enabled', options)),
    disabled: evaluate(compiled, attempt, observe(attempt, 'disabled', options)),
  });
}

/** Policies that apply under one status and not under the other, and do something where they apply. */
function changed({
  enabled,
  disabled,
}: Record<SignalingStatus, Evaluation>): [on: PolicyEvaluation, off: PolicyEvaluation][] {
  return enabled.policies.flatMap((on, at): [PolicyEvaluation, PolicyEvaluation][] => {
    const off = disabled.policies[at];
    const isChanged = off !== undefined && on.applies !== off.applies && ![on.applies, off.applies].includes('unknown');
    const doesSomething = on.controls.length + on.sessionControls.length > 0;
    return isChanged && doesSomething && on.state !== 'disabled' ? [[on, off]] : [];
  });
}

const TIGHTENS: readonly SwitchEffect[] = ['newlyBlocked', 'newlyDenied', 'newlyPrompted', 'newlyLimited'];
const LOOSENS: readonly SwitchEffect[] = ['newlyAllowed', 'lessProtected'];
const OPEN: readonly SwitchEffect[] = ['unknown', 'logOnly'];
const HARMLESS: readonly SwitchEffect[] = ['none', 'logOnly'];

function dependencyOf(analysis: DependencyAnalysis, id: string): PolicyDependency | undefined {
  return analysis.dependencies.find(({ policyId }) => policyId === id);
}

/** Whether the analysis foresaw that the policy begins (`tightens`) or ceases (`loosens`) to apply. */
function foresaw(analysis: DependencyAnalysis, policyId: string, switchTo: SignalingStatus, begins: boolean): boolean {
  const dependency = dependencyOf(analysis, policyId);
  if (dependency === undefined) return false;
  return impactOf(dependency, switchTo).effects.some(
    (effect) => OPEN.includes(effect) || (begins ? TIGHTENS : LOOSENS).includes(effect),
  );
}

describe('invariant 7: if switching signaling changes an outcome, the dependency analysis had named the policy responsible', () => {
  test('for random tenants and sign-ins, every policy that changes was named with an effect that way', () => {
    const seen = { policies: 0, outcomes: 0 };
    const lists = fc.uniqueArray(policies(), { minLength: 1, maxLength: 6, selector: ({ id }) => id });
    fc.assert(
      fc.property(
        tenants(lists),
        fc.array(fc.tuple(attempts, networks), { minLength: 8, maxLength: 8 }),
        (tenant, signIns) => {
          const analysis = analyseDependencies(tenant);
          const underBoth = evaluator(tenant);
          for (const [attempt, network] of signIns) {
            const judged = underBoth({ ...attempt, network });
            const responsible = changed(judged);
            seen.policies += responsible.length;
            for (const [on, off] of responsible) {
              expect(foresaw(analysis, on.policyId, 'disabled', off.applies === true), 'disabling').toBe(true);
              expect(foresaw(analysis, on.policyId, 'enabled', on.applies === true), 'enabling').toBe(true);
            }
            const { enabled, disabled } = judged;
            if (enabled.outcome === disabled.outcome || [enabled.outcome, disabled.outcome].includes('unknown'))
              continue;
            seen.outcomes += 1;
            const named = responsible.filter(([on]) => enforces(analysis, on.policyId));
            expect(named.length, `${enabled.outcome} with signaling, ${disabled.outcome} without`).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: tries(250) },
    );
    // The property is not met by looking away.

    expect(seen.policies).toBeGreaterThan(40);
    expect(seen.outcomes).toBeGreaterThan(5);
  });

  function enforces(analysis: DependencyAnalysis, policyId: string): boolean {
    const dependency = dependencyOf(analysis, policyId);
    return (
      dependency !== undefined &&
      [...dependency.onDisable.effects, ...dependency.onEnable.effects].some((effect) => !HARMLESS.includes(effect))
    );
  }

  /** Policies on everybody and everything, so that any sign-in shows what their locations do. */
  const plain: fc.Arbitrary<ConditionalAccessPolicy> = fc.record({
    id: fc.constant('plain'),
    displayName: fc.constant('Plain'),
    state: states,
    conditions: locationConditions.map((locations) => ({
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      locations,
    })),
    grantControls: grants,
  });

  test('every enforced dependency has a witness that the evaluator confirms in the tenant itself, or says why there is none', () => {
    let confirmed = 0;
    fc.assert(
      fc.property(tenants(plain.map((policy) => [policy])), (random) => {
        const tenant: Tenant = { ...random, mfaTrustedIps: random.mfaTrustedIps ?? [] };
        for (const { onDisable, onEnable } of analyseDependencies(tenant).dependencies) {
          confirmed += confirm(tenant, onDisable, 'disabled') + confirm(tenant, onEnable, 'enabled');
        }
      }),
      { numRuns: tries(250) },
    );
    expect(confirmed).toBeGreaterThan(100);
  });

  /** The tenant if what it does not know of places were none. */
  function supposed(tenant: Tenant): Tenant {
    return supposingNoMorePlaces(tenant, locatedPolicies(tenant)) ?? tenant;
  }

  const egress = buildEgressIndex();

  /** Replays each witness as a sign-in of its own; the number of witnesses that there were. */
  function confirm(
    tenant: Tenant,
    { effects, reason, notKnown, witnesses }: SwitchImpact,
    switchTo: SignalingStatus,
  ): number {
    expect(reason).not.toBe('');
    const without = effects.filter(
      (effect) => effect !== 'none' && !witnesses.some((witness) => witness.effect === effect),
    );
    const isOpen = (effect: string) => effect === 'unknown' || (effect === 'logOnly' && notKnown.length > 0);
    expect(without.filter((effect) => !isOpen(effect))).toEqual([]);
    const [itself, supposing] = [evaluator(tenant), evaluator(supposed(tenant))];
    for (const witness of witnesses) {
      const underBoth = witness.isSupposing === true ? supposing : itself;
      const source = { address: address(witness.sourceIpAddress), countryOrRegion: witness.sourceCountryOrRegion };
      const proxy = { address: address(witness.proxyIpAddress), countryOrRegion: witness.proxyCountryOrRegion };
      expect(isPublicAddress(source.address) && !isGlobalSecureAccessEgress(source.address, egress)).toBe(true);
      expect(isGlobalSecureAccessEgress(proxy.address, egress)).toBe(true);
      const sessions = [false, true].flatMap((isManaged) =>
        ['US', 'DE', 'FR', 'NL', null].flatMap((gps) =>
          COMBINATIONS.map((combination) => [isManaged, gps, combination] as const),
        ),
      );
      const results = sessions.map(([isManaged, gps, combination]) => {
        const network: NetworkPath = {
          via: 'globalSecureAccessClient',
          source,
          proxy,
          tunnelOfThisTenant: witness.isTunnelOfAnotherTenant !== true,
        };
        const { enabled, disabled } = underBoth(signIn(network, isManaged, gps, combination));
        const [before, after] = switchTo === 'disabled' ? [enabled, disabled] : [disabled, enabled];
        return { resultBefore: before.policies[0]?.result, resultAfter: after.policies[0]?.result };
      });
      expect(results).toContainEqual({ resultBefore: witness.resultBefore, resultAfter: witness.resultAfter });
      expect(witness.resultBefore).not.toBe(witness.resultAfter);
    }
    return witnesses.length;
  }

  /** Of one factor; a strength may allow a password. */
  const COMBINATIONS = ['password', 'sms'];

  function signIn(
    network: NetworkPath,
    isManaged: boolean,
    gpsCountryOrRegion: string | null,
    authenticationMethodCombination = 'password',
  ): SignInAttempt {
    return {
      identity: { kind: 'user', userId: 'somebody', externalUserType: 'none' },
      target: {
        kind: 'application',
        audiences: [{ appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' }],
      },
      network,
      clientAppType: 'browser',
      device: null,
      gpsCountryOrRegion,
      insideCorporateNetwork: false,
      canPerformMfa: true,
      satisfied: {
        mfa: false,
        authenticationMethodCombination,
        compliantDevice: isManaged,
        domainJoinedDevice: isManaged,
        approvedApplication: isManaged,
        compliantApplication: isManaged,
        passwordChange: false,
        riskRemediation: false,
        termsOfUseAccepted: [],
        customAuthenticationFactors: [],
      },
    };
  }

  test('a policy without an effect never changes its result, at whatever pair of addresses', () => {
    let still = 0;
    fc.assert(
      fc.property(
        tenants(plain.map((policy) => [policy])),
        countries,
        countries,
        (random, sourceCountry, proxyCountry) => {
          const tenant: Tenant = { ...random, mfaTrustedIps: random.mfaTrustedIps ?? [] };
          const [dependency] = analyseDependencies(tenant).dependencies;
          if (dependency?.onDisable.effects.some((effect) => effect !== 'none') === true) return;
          still += 1;
          const underBoth = evaluator(tenant);
          for (const [source, proxy] of pairs(USERS, PROXIES)) {
            const network: NetworkPath = {
              via: 'globalSecureAccessClient',
              source: { address: source, countryOrRegion: sourceCountry },
              proxy: { address: proxy, countryOrRegion: proxyCountry },
              tunnelOfThisTenant: true,
            };
            const { enabled, disabled } = underBoth(signIn(network, false, null));
            const [on] = enabled.policies;
            const isEmpty = on !== undefined && on.controls.length + on.sessionControls.length === 0;
            if (!isEmpty) expect(on?.result).toBe(disabled.policies[0]?.result);
          }
        },
      ),
      { numRuns: tries(100) },
    );
    expect(still).toBeGreaterThan(20);
  });

  function pairs(sources: readonly Address[], proxies: readonly Address[]): [Address, Address][] {
    return sources.flatMap((source) => proxies.map((proxy): [Address, Address] => [source, proxy]));
  }
});
