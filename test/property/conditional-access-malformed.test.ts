import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { decide } from '../../src/core/conditional-access/decide.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { toSignIn } from '../../src/core/conditional-access/sign-in-record.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { attempts, observations } from '../support/arbitraries/attempt.ts';
import { tenants } from '../support/arbitraries/tenant.ts';

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

describe('a malformed tenant', () => {
  test('never makes the evaluator throw, and both paths agree on it', () => {
    const spots = fc.array(fc.tuple(fc.nat(2500), strange), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(tenants(), attempts, observations, spots, (tenant, attempt, observation, list) => {
        const at = new Map(list);
        const { policies, namedLocations, users, groups, roleDefinitions, servicePrincipals } = tenant;
        const lists = { policies, namedLocations, users, groups, roleDefinitions, servicePrincipals };
        const counter = { next: 0 };
        const broken = {
          ...tenant,
          ...Object.fromEntries(Object.entries(lists).map(([name, items]) => [name, spoilt(items, at, counter)])),
        } as Tenant;
        const compiled = compile(broken);
        const evaluation = evaluate(compiled, attempt, observation);
        expect(decide(compiled, attempt, observation).outcome).toBe(evaluation.outcome);
        expect(toSignIn({ id: '1', createdDateTime: '2026-01-15T09:00:00Z' }, evaluation).id).toBe('1');
      }),
      { numRuns: 200 },
    );
  });
});
