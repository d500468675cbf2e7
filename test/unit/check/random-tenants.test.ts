import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../../src/core/conditional-access/evaluate.ts';
import { analyseDependencies } from '../../../src/core/dependencies/analyse.ts';
import { parseAddress } from '../../../src/core/network/address.ts';
import { checkTenant } from '../../../src/core/safety/check/check.ts';
import { memberAt } from '../../../src/core/safety/check/checked-policy.ts';
import { compareFindings } from '../../../src/core/safety/check/finding.ts';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { observe, observeOptions } from '../../../src/core/signaling/observe.ts';
import { tenants, users } from './random-tenant.ts';
import { id, NOW, signalingOff } from './tenants.ts';

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

describe('over random tenants', () => {
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
      { numRuns: 300 },
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
          if (index !== null) expect(memberAt(object, index[1] ?? '')).toBeInstanceOf(Array);
        }
      }),
      { numRuns: 300 },
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
      { numRuns: 300 },
    );
  });

  test('a policy that check says blocks every sign-in of everyone blocks each of them', () => {
    fc.assert(
      fc.property(tenants, attempts, (tenant, attempt) => {
        const findings = checkTenant(tenant, { now: NOW }).filter(
          ({ ruleId, severity }) => ruleId === 'GSA022' && severity === 'error',
        );
        const { policies } = evaluate(compile(tenant), attempt, observe(attempt, 'enabled', observeOptions(tenant)));
        for (const { subject } of findings) {
          const evaluation = policies.find(({ policyId }) => policyId === subject.id);
          if (evaluation?.applies === 'unknown') continue;
          expect(evaluation?.effect).toEqual({ least: 'blocked', most: 'blocked' });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('with signaling off, every policy that enabling would change is named', () => {
    fc.assert(
      fc.property(tenants, (random) => {
        const tenant = { ...random, ...signalingOff() };
        const named = checkTenant(tenant, { now: NOW })
          .filter(({ ruleId }) => ['GSA001', 'GSA002', 'GSA005', 'GSA053'].includes(ruleId))
          .flatMap(({ ruleId, subject, related }) => [
            ...(ruleId === 'GSA053' ? [] : [subject.id]),
            // A location of a type that is not modelled is named with the policies that it leaves open.
            ...(subject.kind === 'namedLocation' ? related.map((policy) => policy.id) : []),
          ]);
        const changing = analyseDependencies(tenant).dependencies.filter(
          ({ paths, onEnable }) =>
            paths.length > 0 && onEnable.effects.some((effect) => effect !== 'none' && effect !== 'unknown'),
        );
        expect(named).toEqual(expect.arrayContaining(changing.map(({ policyId }) => policyId)));
      }),
      { numRuns: 300 },
    );
  });
});
