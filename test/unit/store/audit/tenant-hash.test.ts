import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { tenantHashesOf, tenantHashOf } from '../../../../src/store/audit/tenant-hash.ts';
import { tries } from '../../../support/tries.ts';

/** The rule in its plainest form: members in code unit order, absent where undefined, nothing between. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
    .join(',')}}`;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the hash of a tenant', () => {
  test('is that of its canonical JSON, whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
        const tenant = members as unknown as Tenant;
        expect(tenantHashOf(tenant)).toBe(sha256(canonical(tenant)));
        expect(tenantHashOf(tenant)).toBe(sha256(canonical(tenant)));
      }),
    );
  });

  test('is the same when those before and after a write are taken together', () => {
    const member = fc.oneof(fc.jsonValue(), fc.array(fc.record({ id: fc.constantFrom('a', 'b'), z: fc.nat(2) })));
    const members = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'Z', '', '__proto__', 'toString'), member);
    fc.assert(
      fc.property(members, members, fc.boolean(), (one, other, isSame) => {
        const [before, after] = [one, isSame ? { ...one } : { ...one, ...other }] as unknown as [Tenant, Tenant];
        const hashes = { before: tenantHashOf(before), after: tenantHashOf(after) };
        expect(tenantHashesOf(before, after)).toEqual(hashes);
        expect(tenantHashesOf(after, before)).toEqual({ before: hashes.after, after: hashes.before });
      }),
      { numRuns: tries(500) },
    );
  });

  test('does not hang on the order of members', () => {
    const turned = Object.fromEntries(Object.entries(sampleTenant()).reverse()) as unknown as Tenant;
    expect(tenantHashOf(turned)).toBe(tenantHashOf(sampleTenant()));
  });
});
