import { expect, test } from 'vitest';
import { compile } from '../../../../../src/core/conditional-access/compile.ts';
import { decide } from '../../../../../src/core/conditional-access/fast/decide.ts';
import { NumberedResults } from '../../../../../src/core/conditional-access/fast/numbered-results.ts';
import { observingOptions } from '../../../../../src/core/conditional-access/observing.ts';
import { APPLIED_POLICY_RESULTS } from '../../../../../src/core/conditional-access/result.ts';
import type { SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import { observe } from '../../../../../src/core/signaling/observe.ts';
import { Sights } from '../../../../../src/core/signaling/sights.ts';
import type { GrantControls } from '../../../../../src/core/tenant/policy.ts';
import { attempt, BOB, policy, TERMS, tenant } from '../../../../support/contoso.ts';
import { numbered } from '../../../../support/numbered-attempt.ts';

const MFA: GrantControls = { operator: 'OR', builtInControls: ['mfa'] };
const BLOCK: GrantControls = { operator: 'OR', builtInControls: ['block'] };
const ON_TERMS: GrantControls = { operator: 'OR', builtInControls: [], termsOfUse: [TERMS] };

const POLICIES = [
  policy({}, MFA, { id: '90000000-0000-4000-8000-000000000001' }),
  policy({}, ON_TERMS, { id: '90000000-0000-4000-8000-000000000002' }),
  policy({ users: { includeUsers: [BOB] } }, BLOCK, { id: '90000000-0000-4000-8000-000000000003' }),
  policy({}, BLOCK, { id: '90000000-0000-4000-8000-000000000004', state: 'disabled' }),
  policy({}, BLOCK, { id: '90000000-0000-4000-8000-000000000005', state: 'enabledForReportingButNotEnforced' }),
];

test.each<[string, SignInAttempt['satisfied'], (string | undefined)[]]>([
  [
    'are told alone, and not where they hang on others: terms of use count as failed while MFA is outstanding',
    { termsOfUseAccepted: [TERMS] },
    ['failure', undefined, 'notApplied', 'notEnabled', 'reportOnlyFailure'],
  ],
  [
    'are told where MFA is done',
    { mfa: true },
    ['success', undefined, 'notApplied', 'notEnabled', 'reportOnlyFailure'],
  ],
])('the results of policies %s', (_, satisfied, expected) => {
  const network = { ...attempt().network, source: {}, proxy: undefined };
  const signIn: SignInAttempt = { ...attempt({ satisfied }), network };
  const compiled = compile(tenant(POLICIES));
  const options = observingOptions(compiled);
  const one = numbered(signIn);
  const results = new NumberedResults(compiled);
  expect(results.turnTo(one, new Sights('enabled', options).of(one), undefined)).toBe(true);
  const decided = decide(compiled, signIn, observe(signIn, 'enabled', options)).results;
  const told = POLICIES.map((_policy, at) => results.at(at));
  expect(told.map((code) => (code === undefined ? undefined : APPLIED_POLICY_RESULTS[code]))).toEqual(expected);
  for (const [at, code] of told.entries()) if (code !== undefined) expect(code).toBe(decided[at]);
});
