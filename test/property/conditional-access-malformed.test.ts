import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTenant } from '../../src/core/check/check.ts';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { decide } from '../../src/core/conditional-access/fast/decide.ts';
import { analyseDependencies } from '../../src/core/dependencies/analyse.ts';
import { distinctAddresses } from '../../src/core/gsatest/distinct-addresses.ts';
import { matchLocations } from '../../src/core/tenant/location-match.ts';
import { policiesOfLocation } from '../../src/core/tenant/location-users.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { validateTenant } from '../../src/core/tenant/validate.ts';
import { tenantProblems } from '../../src/store/tenant/shape.ts';
import { attempts, observations } from '../support/arbitraries/attempt.ts';
import { address } from '../support/arbitraries/network.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import { toSignIn } from '../support/evaluated-record.ts';
import { tries } from '../support/tries.ts';

const strange = fc.constantFrom<unknown>(null, undefined, 0, 1, true, '', 'x', 'All', [], {}, [null], [1], ['x', {}], {
  x: [{}],
});
/** Members that every list is read by; intake refuses items without them. */
const KEPT = new Set(['id', '@odata.type', 'displayName', 'state']);

/** The value with the members at the chosen positions put to something strange; positions count members as they are met. */
function spoilt(value: unknown, at: ReadonlyMap<number, unknown>, counter: { next: number }): unknown {
  if (Array.isArray(value)) return value.map((item) => spoilt(item, at, counter));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const position = counter.next++;
      return [name, at.has(position) && !KEPT.has(name) ? at.get(position) : spoilt(member, at, counter)];
    }),
  );
}

const spots = fc.array(fc.tuple(fc.nat(2500), strange), { minLength: 1, maxLength: 60 });

function broken(tenant: Tenant, list: readonly (readonly [number, unknown])[]): Tenant {
  const { policies, namedLocations, users, groups, roleDefinitions, servicePrincipals } = tenant;
  const lists = { policies, namedLocations, users, groups, roleDefinitions, servicePrincipals };
  const [at, counter] = [new Map(list), { next: 0 }];
  return {
    ...tenant,
    ...Object.fromEntries(Object.entries(lists).map(([name, items]) => [name, spoilt(items, at, counter)])),
  } as Tenant;
}

describe('a malformed tenant', () => {
  test('never makes the evaluator throw, and both paths agree on it', () => {
    fc.assert(
      fc.property(tenants(), attempts, observations, spots, (tenant, attempt, observation, list) => {
        const compiled = compile(broken(tenant, list));
        const evaluation = evaluate(compiled, attempt, observation);
        expect(decide(compiled, attempt, observation).outcome).toBe(evaluation.outcome);
        expect(toSignIn({ id: '1', createdDateTime: '2026-01-15T09:00:00Z' }, evaluation).id).toBe('1');
      }),
      { numRuns: tries(200) },
    );
  });

  test('that the tenant file takes makes no analysis throw, nor a rule of check, nor the search for a counter-example', () => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(
        tenants(),
        fc.array(fc.tuple(fc.nat(800), strange), { minLength: 1, maxLength: 6 }),
        (tenant, list) => {
          const odd = broken(tenant, list);
          if (tenantProblems(odd).length > 0) {
            refused++;
            return;
          }
          taken++;
          const ids = odd.policies.map(({ id }) => id);
          for (const { policyId } of analyseDependencies(odd).dependencies) expect(ids).toContain(policyId);
          expect(checkTenant(odd, { now: '2026-01-15T09:00:00Z' })).toBeInstanceOf(Array);
          expect(validateTenant(odd)).toBeInstanceOf(Array);
          expect(distinctAddresses(odd).sources).not.toEqual([]);
          for (const location of odd.namedLocations) policiesOfLocation(odd, location);
          for (const text of ['203.0.113.10', '2001:db8::1']) matchLocations(odd, address(text));
        },
      ),
      { numRuns: tries(200) },
    );
    expect([taken > 40, refused > 40]).toEqual([true, true]);
  });
});
