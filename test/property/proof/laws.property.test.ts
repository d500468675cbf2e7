import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChangeClass } from '../../../src/core/conditional-access/outcome/change.ts';
import { createForecast } from '../../../src/core/impact/forecast.ts';
import { switched, worldOf } from '../../../src/core/impact/world.ts';
import { answerOf } from '../../../src/core/proof/answers/answer.ts';
import { policyReaches } from '../../../src/core/proof/questions/policy-reach.ts';
import { proofUnder, proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { ConditionalAccessPolicy } from '../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../src/core/tenant/tenant.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { changedCell, classAt, picks, proved, signInOf } from '../../support/proof-cells.ts';
import { tries } from '../../support/tries.ts';

const few = (maxLength: number) => fc.uniqueArray(policies(), { minLength: 1, maxLength, selector: ({ id }) => id });

function between(before: Tenant, after: Tenant) {
  return answerOf(proved({ before: proofWorld(before, 'enabled'), after: proofWorld(after, 'enabled') }));
}

/** Classes that stop or let in, and what they are seen from the other side. */
const MIRROR: { readonly [name in ChangeClass]?: 'stops' | 'lets in' } = {
  newlyBlocked: 'stops',
  newlyDenied: 'stops',
  newlyAllowed: 'lets in',
};

describe('an answer over all sign-ins', () => {
  test('of a tenant and itself is that nothing changes', () => {
    fc.assert(
      fc.property(tenants(few(6)), (tenant) => {
        expect(between(tenant, structuredClone(tenant))).toMatchObject({
          verdict: 'equivalent',
          rows: [],
          classes: [],
        });
      }),
      { numRuns: tries(20) },
    );
  });

  test('stops somebody exactly where the mirrored question lets somebody in', () => {
    fc.assert(
      fc.property(tenants(few(4)), few(3), (tenant, others) => {
        const edited = { ...tenant, policies: others };
        const [there, back] = [between(tenant, edited), between(edited, tenant)].map(({ classes }) =>
          classes.map((each) => MIRROR[each.class]),
        ) as [(string | undefined)[], (string | undefined)[]];
        // Blocked or denied is not known and yet let in is: what is open looks different from either side.
        fc.pre(between(tenant, edited).classes.every((each) => each.class !== 'unknown'));
        fc.pre(between(edited, tenant).classes.every((each) => each.class !== 'unknown'));
        expect(there.includes('stops')).toBe(back.includes('lets in'));
        expect(there.includes('lets in')).toBe(back.includes('stops'));
      }),
      { numRuns: tries(30) },
    );
  });

  test('is not changed by a policy that is added in report-only', () => {
    fc.assert(
      fc.property(tenants(few(4)), policies(), (tenant, policy) => {
        const added: ConditionalAccessPolicy = { ...policy, id: 'added', state: 'enabledForReportingButNotEnforced' };
        // Naming the MFA trusted IPs says that there are some, which is a change of what is known.
        fc.pre(tenant.mfaTrustedIps !== undefined);
        expect(between(tenant, { ...tenant, policies: [...tenant.policies, added] }).verdict).toBe('equivalent');
      }),
      { numRuns: tries(30) },
    );
  });

  test('has a witness of every row that the explaining evaluator confirms, decided by that policy', () => {
    let rows = 0;
    fc.assert(
      fc.property(tenants(few(5)), few(3), (tenant, others) => {
        const answer = between(tenant, {
          ...tenant,
          policies: [...tenant.policies.slice(1), ...others.slice(0, 1)].filter(
            ({ id }, at, all) => all.findIndex((one) => one.id === id) === at,
          ),
        });
        for (const { class: name, witness, policyId } of answer.rows) {
          rows++;
          expect(witness.class).toBe(name);
          if (name === 'newlyBlocked' && witness.after.outcome === 'blocked')
            expect(witness.after.decidedBy).toContain(policyId);
        }
      }),
      { numRuns: tries(60) },
    );
    expect(rows).toBeGreaterThan(60);
  });

  test('holds every change that a forecast finds in a sign-in', () => {
    let changes = 0;
    fc.assert(
      fc.property(tenants(few(5)), fc.integer(), (tenant, seed) => {
        const before = proofWorld(tenant, 'enabled');
        const proof = proved({ before, after: proofUnder(before, 'disabled') });
        const world = worldOf(tenant, 'enabled');
        const forecast = createForecast(world, switched(world, 'disabled'));
        const pick = picks(seed);
        for (let at = 0; at < 60; at++) {
          const cell = changedCell(proof, pick);
          const found = forecast.judge(signInOf(proof, cell, pick)).class;
          const claimed = classAt(proof.diagram, cell);
          if (found === 'unknown' || found === 'unchanged') continue;
          changes++;
          expect(claimed).toBe(found);
        }
      }),
      { numRuns: tries(30) },
    );
    expect(changes).toBeGreaterThan(200);
  });

  test('gives a policy no reach exactly where taking it away is equivalent', () => {
    fc.assert(
      fc.property(tenants(few(4)), (tenant) => {
        const reaches = policyReaches(tenant, 'enabled');
        expect(Array.isArray(reaches)).toBe(true);
        for (const { policyId, people, others, ipv4Share } of Array.isArray(reaches) ? reaches : []) {
          const { verdict } = between(tenant, {
            ...tenant,
            policies: tenant.policies.filter(({ id }) => id !== policyId),
          });
          expect(people + others > 0 || ipv4Share > 0).toBe(verdict !== 'equivalent');
        }
      }),
      { numRuns: tries(30) },
    );
  });
});
