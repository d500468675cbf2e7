import { isListKnown } from '../tenant/knowledge.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Verdict } from './result.ts';

/** What a test came to, where policies that nobody has seen could turn it: then what passes is not known (invariant 11). */
export function underUnseenPolicies(verdict: Verdict, tenant: Tenant): Verdict {
  if (verdict.failures.length > 0 || isListKnown(tenant, 'policies')) return verdict;
  return {
    ...verdict,
    failures: [
      {
        subject: undefined,
        status: 'unknown',
        mismatches: [{ member: 'policies', expected: 'all of the tenant', got: 'not known' }],
        because: ['not all policies of the tenant are known: any other may decide otherwise'],
        decidedBy: [],
        reproduce: undefined,
        hint: 'import them (`gsa import policies.json`), or say that there are no others: `gsa tenant set --known policies`',
        alike: 0,
      },
    ],
  };
}
