import { isListKnown } from '../tenant/knowledge.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Failure, Verdict } from './result.ts';

/** What a test came to, where policies that nobody has seen could turn it: then what passes is not known (invariant 11). */
export function underUnseenPolicies(verdict: Verdict, tenant: Tenant): Verdict {
  if (verdict.failures.length > 0 || isListKnown(tenant, 'policies')) return verdict;
  const because = 'not all policies of the tenant are known: any other may decide otherwise';
  const hint =
    'import them (`gsa import policies.json`), or say that there are no others: `gsa tenant set --known policies`';
  return { ...verdict, failures: [notKnown('policies', 'all of the tenant', because, hint)] };
}

/**
 * What a test came to under the signaling status that is taken for the tenant's, where nobody said it: what passes under it and not
 * under the other is not known: for lack of `fact`, which `settle` settles.
 */
export function underAssumedStatus(
  verdict: Verdict,
  underOther: Verdict,
  { fact, settle }: { readonly fact: string; readonly settle: string },
): Verdict {
  if (verdict.failures.length > 0 || underOther.failures.length === 0) return verdict;
  const because = `${fact} is not known, and the answer hangs on it`;
  return {
    ...verdict,
    failures: [
      notKnown('signaling', 'the status of the tenant', because, `say it in the test (\`signaling\`), or ${settle}`),
    ],
  };
}

/**
 * What a statement about a group or a role came to, where it is not known of others whether they are in it: what it does not hold for
 * them is not known, whoever it is.
 */
export function withOthers(verdict: Verdict, ofOthers: Verdict): Verdict {
  const cases = verdict.cases + ofOthers.cases;
  const failures = ofOthers.failures.map(({ because, ...failure }): Failure => {
    const doubt = 'whether they belong to those that `users` names is not known';
    const settle = '`gsa import --requests` prints what to ask for';
    return { ...failure, status: 'unknown', because: [doubt, ...because], hint: settle };
  });
  return { cases, failures };
}

function notKnown(member: string, expected: string, because: string, hint: string): Failure {
  return {
    subject: undefined,
    status: 'unknown',
    mismatches: [{ member, expected, got: 'not known' }],
    because: [because],
    decidedBy: [],
    reproduce: undefined,
    hint,
    alike: 0,
  };
}
