import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCertificate } from '../../src/core/certificate/check.ts';
import { checkedWorld } from '../../src/core/certificate/worlds.ts';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { decide } from '../../src/core/conditional-access/fast/decide.ts';
import { CHANGE_CLASSES } from '../../src/core/conditional-access/outcome/change.ts';
import { codesIn } from '../../src/core/proof/answers/answer.ts';
import { certificateOf } from '../../src/core/proof/questions/certificate.ts';
import { proofUnder, proofWorld } from '../../src/core/proof/worlds/world.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { AlikeValues } from '../../src/core/values/alike-values.ts';
import { attempts, observations } from '../support/arbitraries/attempt.ts';
import { policies } from '../support/arbitraries/policy.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import { withListLost } from '../support/forgotten-list.ts';
import { proved } from '../support/proof-cells.ts';
import { tries } from '../support/tries.ts';

const places = fc.array(fc.nat(999), { minLength: 1, maxLength: 3 });
const without = (tenant: Tenant, lost: readonly number[]) => lost.reduce(withListLost, tenant);
const few = fc.uniqueArray(policies(), { minLength: 1, maxLength: 3, selector: ({ id }) => id });

describe('lists that an export lost', () => {
  test('never make it more certain whether a policy applies, on either path', () => {
    let opened = 0;
    fc.assert(
      fc.property(tenants(), places, attempts, observations, (tenant, lost, attempt, observation) => {
        const [known, less] = [compile(tenant), compile(without(tenant, lost))];
        const before = evaluate(known, attempt, observation).policies;
        const after = evaluate(less, attempt, observation);
        for (const [at, { applies }] of after.policies.entries()) {
          if (applies === 'unknown') opened += before[at]?.applies === 'unknown' ? 0 : 1;
          else expect(applies).toBe(before[at]?.applies);
        }
        const { outcome, missing } = decide(less, attempt, observation);
        expect(outcome).toBe(after.outcome);
        expect(missing).toEqual([...new Set(after.missing.map(({ fact }) => fact))].sort());
      }),
      { numRuns: tries(200) },
    );
    expect(opened).toBeGreaterThan(30);
  });

  test('leave of a proof what it is without them, or unknown, and its certificate holds', () => {
    let opened = 0;
    fc.assert(
      fc.property(tenants(few), places, (tenant, lost) => {
        const less = without(tenant, lost);
        const classes = classesOf(less);
        if (classes.has('unknown')) opened++;
        else for (const name of classesOf(tenant)) expect(classes).toContain(name);
        expect(faultsOf(less)).toEqual([]);
      }),
      { numRuns: tries(20) },
    );
    expect(opened).toBeGreaterThan(3);
  });
});

function switchedOff(tenant: Tenant) {
  const before = proofWorld(tenant, 'enabled');
  return proved({ before, after: proofUnder(before, 'disabled') });
}

function classesOf(tenant: Tenant): ReadonlySet<string> {
  return new Set(codesIn(switchedOff(tenant)).map((code) => CHANGE_CLASSES[code] ?? ''));
}

function faultsOf(tenant: Tenant) {
  const question = { of: [], with: null, signalingStatusBefore: 'enabled', signalingStatusAfter: 'disabled' } as const;
  const certificate = certificateOf(switchedOff(tenant), { createdDateTime: '2026-01-15T09:00:00Z', question });
  if (!('boxes' in certificate)) throw new Error('the certificate is too large');
  const world = checkedWorld(tenant, 'enabled', new AlikeValues());
  const { faults } = checkCertificate(JSON.parse(JSON.stringify(certificate)), {
    before: world,
    after: { ...world, signalingStatus: 'disabled' },
  });
  return faults.slice(0, 2);
}
