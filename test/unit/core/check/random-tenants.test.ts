import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTenant } from '../../../../src/core/check/check.ts';
import { compareFindings } from '../../../../src/core/check/finding.ts';
import { RULES } from '../../../../src/core/check/rules.ts';
import { compile } from '../../../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../../../src/core/conditional-access/evaluate.ts';
import { analyseDependencies } from '../../../../src/core/dependencies/analyse.ts';
import { COMPLIANT_NETWORK_LOCATION_ID } from '../../../../src/core/graph/location-words.ts';
import { parseAddress } from '../../../../src/core/network/address.ts';
import type { SignInAttempt } from '../../../../src/core/signaling/attempt.ts';
import { observe, observeOptions } from '../../../../src/core/signaling/observe.ts';
import type { ConditionalAccessPolicy } from '../../../../src/core/tenant/policy.ts';
import { valueAt } from '../../../../src/core/values/value-at.ts';
import { tries } from '../../../support/tries.ts';
import { tenants, users } from './random-tenant.ts';
import { COMPLIANT_NETWORK, id, location, NOW, policy, RECENT, signalingOff } from './tenants.ts';

const attempts: fc.Arbitrary<SignInAttempt> = fc.record({
  identity: fc
    .constantFrom(...users)
    .map((userId) => ({ kind: 'user' as const, userId, externalUserType: 'none' as const })),
  target: fc
    .constantFrom(id(6, 1), id(6, 2), '00000002-0000-0ff1-ce00-000000000000')
    .map((appId) => ({ kind: 'application' as const, audiences: [{ appId }] })),
  network: fc
    .record({
      text: fc.constantFrom('203.0.113.7', '203.0.113.200', '10.1.2.3', '8.8.8.8', '2001:db8::1', '151.206.0.9'),
      countryOrRegion: fc.constantFrom('NL', 'BE', null),
    })
    .map(({ text, countryOrRegion }) => ({
      via: 'direct' as const,
      source: { address: parseAddress(text), countryOrRegion },
    })),
  clientAppType: fc.constantFrom('browser', 'other'),
  devicePlatform: fc.constantFrom('iOS', 'windows', null),
  device: fc.constant(null),
  insiderRiskLevel: fc.constantFrom('none', 'minor'),
  satisfied: fc.constant({}),
});

/** Every one of these ways to write it leaves a policy that blocks everybody everywhere. */
const wholeBlock = {
  includeUsers: fc.constantFrom(['All'], ['all'], ['All', ...users], [...users, 'ALL']),
  excludeUsers: fc.constantFrom<(string[] | undefined)[]>(undefined, []),
  includeApplications: fc.constantFrom(['All'], ['all'], [id(6, 1), 'All']),
  excludeApplications: fc.constantFrom<(string[] | undefined)[]>(undefined, []),
  clientAppTypes: fc.constantFrom<(string[] | undefined)[]>(undefined, [], ['all'], ['browser', 'all']),
  platforms: fc.constantFrom<(object | null | undefined)[]>(undefined, null, { includePlatforms: ['all'] }),
  locations: fc.constantFrom<(object | null | undefined)[]>(undefined, null),
  builtInControls: fc.constantFrom(['block'], ['Block'], ['block', 'mfa'], ['compliantDevice', 'block']),
  operator: fc.constantFrom('AND', 'OR'),
  state: fc.constantFrom('enabled', 'Enabled'),
};

/** Each of these lets somebody in, or some sign-in of everybody. */
const gap = {
  includeUsers: fc.constantFrom([], users, ['GuestsOrExternalUsers'], ['None']),
  excludeUsers: fc.constantFrom(users.slice(0, 1), users.slice(1), ['All']),
  includeApplications: fc.constantFrom(['Office365'], [id(6, 1)], [], ['None']),
  excludeApplications: fc.constantFrom([id(6, 1)], ['Office365']),
  clientAppTypes: fc.constantFrom(['browser'], ['other']),
  platforms: fc.constantFrom(
    { includePlatforms: ['iOS'] },
    { includePlatforms: ['all'], excludePlatforms: ['iOS', 'windows'] },
  ),
  locations: fc.constantFrom(
    { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
    { includeLocations: [id(3, 0), id(3, 1)] },
  ),
  builtInControls: fc.constantFrom(['mfa'], ['compliantDevice'], []),
  state: fc.constantFrom('disabled', 'enabledForReportingButNotEnforced'),
};

/** Blocks everyone outside of a place, or asks there for MFA: what enabling changes for many an address. */
const placed = fc
  .record({
    locations: fc.constantFrom(
      { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
      { includeLocations: ['All'], excludeLocations: [id(3, 90)] },
      { includeLocations: ['AllTrusted'] },
      { includeLocations: [id(3, 90)] },
      { includeLocations: ['All'], excludeLocations: [COMPLIANT_NETWORK_LOCATION_ID] },
    ),
    control: fc.constantFrom('block', 'mfa', 'compliantDevice'),
    state: fc.constantFrom('enabled', 'enabledForReportingButNotEnforced'),
  })
  .map(({ locations, control, state }) =>
    policy({ id: id(2, 98), state, controls: [control], conditions: { locations } }),
  );
const place = location({ id: id(3, 90) });

function blockOf(parts: { readonly [part in keyof typeof wholeBlock]: unknown }): ConditionalAccessPolicy {
  const { includeUsers, excludeUsers, includeApplications, excludeApplications } = parts;
  const { clientAppTypes, platforms, locations, builtInControls, operator, state } = parts;
  return {
    id: id(2, 99),
    displayName: 'Block',
    state,
    createdDateTime: RECENT,
    modifiedDateTime: RECENT,
    conditions: {
      users: { includeUsers, excludeUsers },
      applications: { includeApplications, excludeApplications },
      clientAppTypes,
      platforms,
      locations,
    },
    grantControls: { operator, builtInControls },
  } as ConditionalAccessPolicy;
}

const blocks = fc.record(wholeBlock).map(blockOf);
const nearMisses = fc
  .tuple(fc.record(wholeBlock), fc.record(gap), fc.constantFrom(...(Object.keys(gap) as (keyof typeof gap)[])))
  .map(([whole, broken, part]) => blockOf({ ...whole, [part]: broken[part] }));

describe('over random tenants', () => {
  test('only rules that say so hang on the traffic through Global Secure Access', () => {
    const rules = RULES.filter(({ readsTraffic }) => readsTraffic !== true);
    fc.assert(
      fc.property(tenants, fc.constantFrom('onboarded', 'offboarded', 'unknownFutureValue'), (tenant, status) => {
        const { forwardingProfiles: _, ...access } = tenant.globalSecureAccess;
        const used = { ...tenant, globalSecureAccess: { ...access, onboardingStatus: status } };
        expect(checkTenant(used, { now: NOW }, rules)).toEqual(checkTenant(tenant, { now: NOW }, rules));
      }),
    );
  });

  test('check never throws, is sorted, and says the same whatever the order of the lists', () => {
    fc.assert(
      fc.property(tenants, (tenant) => {
        const findings = checkTenant(tenant, { now: NOW });
        expect([...findings].sort(compareFindings)).toEqual(findings);
        const reversed = {
          ...tenant,
          policies: [...tenant.policies].reverse(),
          namedLocations: [...tenant.namedLocations].reverse(),
        };
        expect(checkTenant(reversed, { now: NOW })).toEqual(findings);
      }),
      { numRuns: tries(300) },
    );
  });

  test('fingerprints tell findings apart, and pointers lead to something in the subject or its parent', () => {
    fc.assert(
      fc.property(tenants, (tenant) => {
        const findings = checkTenant(tenant, { now: NOW });
        const fingerprints = findings.map(({ fingerprint }) => fingerprint);
        expect(new Set(fingerprints).size).toBe(fingerprints.length);
        for (const { subject, pointer } of findings) {
          const lists = { policy: tenant.policies, namedLocation: tenant.namedLocations, user: tenant.users ?? [] };
          const object =
            subject.kind === 'setting' ? tenant : lists[subject.kind].find((item) => item.id === subject.id);
          expect(object).toBeDefined();
          const index = /^(.*)\/(\d+)$/.exec(pointer);
          if (index !== null) expect(valueAt(object, index[1] ?? '')).toBeInstanceOf(Array);
        }
      }),
      { numRuns: tries(300) },
    );
  });

  test('a policy that check says can never apply does not apply to any sign-in', () => {
    fc.assert(
      fc.property(tenants, fc.array(attempts, { minLength: 1, maxLength: 8 }), (tenant, signIns) => {
        const findings = checkTenant(tenant, { now: NOW }).filter(({ ruleId }) => ruleId === 'GSA050');
        fc.pre(findings.length > 0);
        const compiled = compile(tenant);
        for (const attempt of signIns) {
          const { policies } = evaluate(compiled, attempt, observe(attempt, 'enabled', observeOptions(tenant)));
          for (const { subject, message } of findings) {
            const evaluation = policies.find(({ policyId }) => policyId === subject.id);
            expect(evaluation?.applies, message).not.toBe(true);
          }
        }
      }),
      { numRuns: tries(300) },
    );
  });

  test('a policy that check says blocks every sign-in of everyone blocks each of them', () => {
    let hits = 0;
    let misses = 0;
    fc.assert(
      fc.property(tenants, fc.oneof(blocks, nearMisses), attempts, (random, block, attempt) => {
        const tenant = { ...random, policies: [...random.policies, block] };
        const findings = checkTenant(tenant, { now: NOW }).filter(
          ({ ruleId, severity }) => ruleId === 'GSA022' && severity === 'error',
        );
        const { policies } = evaluate(compile(tenant), attempt, observe(attempt, 'enabled', observeOptions(tenant)));
        for (const { subject } of findings) {
          const evaluation = policies.find(({ policyId }) => policyId === subject.id);
          if (evaluation?.applies === 'unknown') continue;
          hits++;
          expect(evaluation).toMatchObject({ applies: true, effect: { least: 'blocked', most: 'blocked' } });
        }
        if (findings.length === 0) misses++;
      }),
      { numRuns: tries(300) },
    );
    expect(hits).toBeGreaterThan(100);
    expect(misses).toBeGreaterThan(50);
  });

  test('a policy that blocks everybody everywhere, however it is written, is said to', () => {
    fc.assert(
      fc.property(tenants, blocks, (random, block) => {
        const tenant = { ...random, policies: [...random.policies, block] };
        const said = checkTenant(tenant, { now: NOW }).filter(({ subject }) => subject.id === block.id);
        expect(said).toContainEqual(expect.objectContaining({ ruleId: 'GSA022', severity: 'error' }));
      }),
    );
  });

  test('with signaling off, every policy that enabling would change is named', () => {
    let tenantsThatChange = 0;
    fc.assert(
      fc.property(tenants, fc.option(placed, { nil: undefined }), (random, extra) => {
        const tenant = {
          ...random,
          ...signalingOff(),
          namedLocations: [...random.namedLocations, place, COMPLIANT_NETWORK],
          policies: [...random.policies, ...(extra === undefined ? [] : [extra])],
        };
        const named = checkTenant(tenant, { now: NOW })
          .filter(({ ruleId }) => ['GSA001', 'GSA002', 'GSA005', 'GSA053'].includes(ruleId))
          .flatMap(({ ruleId, subject, related }) => [
            ...(ruleId === 'GSA053' ? [] : [subject.id]),
            // A location of a type that is not modelled is named with the policies that it leaves open.
            ...(subject.kind === 'namedLocation' ? related.map((policy) => policy.id) : []),
          ]);
        const changing = analyseDependencies(tenant).dependencies.filter(
          ({ paths, onEnable }) => paths.length > 0 && onEnable.witnesses.some(({ effect }) => effect !== 'unknown'),
        );
        if (changing.length > 0) tenantsThatChange++;
        expect(named).toEqual(expect.arrayContaining(changing.map(({ policyId }) => policyId)));
      }),
      { numRuns: tries(300) },
    );
    expect(tenantsThatChange).toBeGreaterThan(100);
  });
});
