import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleTenant } from '../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../src/core/tenant/tenant.ts';
import { tenantHashOf } from '../../../src/store/audit/chain.ts';

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

  test('does not hang on the order of members', () => {
    const turned = Object.fromEntries(Object.entries(sampleTenant()).reverse()) as unknown as Tenant;
    expect(tenantHashOf(turned)).toBe(tenantHashOf(sampleTenant()));
  });
});
