import { afterEach, expect, test, vi } from 'vitest';
import { checkTenant } from '../../../../src/core/check/check.ts';
import { RULES } from '../../../../src/core/check/rules.ts';
import type { TenantFact } from '../../../../src/core/check/settings.ts';
import { undecidedRules } from '../../../../src/core/check/undecided.ts';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const MISSING: readonly (readonly TenantFact[])[] = [
  ['signalingStatus'],
  ['createdDateTime'],
  ['signalingStatus', 'createdDateTime'],
];

test.each(MISSING.map((notKnown) => [notKnown]))(
  'a rule is asked once where nothing that is missing concerns it, and once for each value else: %s',
  (notKnown) => {
    const asked = RULES.map((rule) => vi.spyOn(rule, 'check'));
    const options = { now: '2026-01-15T10:00:00Z', notKnown };
    const tenant = sampleTenant();
    undecidedRules(tenant, options, checkTenant(tenant, options));
    for (const [at, rule] of RULES.entries()) {
      const concerning = rule.needs.filter((fact) => notKnown.includes(fact));
      expect([rule.id, asked[at]?.mock.calls.length]).toEqual([
        rule.id,
        concerning.length === 0 ? 1 : 2 ** concerning.length,
      ]);
    }
  },
);
