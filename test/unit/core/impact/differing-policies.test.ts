import { describe, expect, test } from 'vitest';
import type { PolicyStanding, Truth } from '../../../../src/core/conditional-access/result.ts';
import { differingPolicies } from '../../../../src/core/impact/differing-policies.ts';
import { applying, side } from './sides.ts';

const same = { alike: new Set(['policy']), open: new Set<string>(), hearing: new Map() };
const differ = (was: PolicyStanding | undefined, becomes: PolicyStanding | undefined, common = same) =>
  differingPolicies(side('unknown', ...list(was)), side('unknown', ...list(becomes)), common).has('policy');
const list = (policy: PolicyStanding | undefined) => (policy === undefined ? [] : [policy]);
const located = (truth: Truth, applies: Truth = true) =>
  applying(applies, 'blocked', { conditions: [{ condition: 'location', truth }] });

describe('a policy may answer differently on the two sides', () => {
  test.each<[string, PolicyStanding | undefined, PolicyStanding | undefined, boolean]>([
    ['where it finds another location', located(true), located(false), true],
    ['not where it finds the same', located(true), located(true), false],
    ['not where it finds the same, which is outside', located(false, 'unknown'), located(false, 'unknown'), false],
    ['where nobody knows what it finds', located('unknown'), located('unknown'), true],
    ['not where it looks at no location', applying(true, 'blocked'), applying(true, 'blocked'), false],
    ['where it is gone', applying(true, 'blocked'), undefined, true],
    ['where it is new', undefined, applying(true, 'blocked'), true],
    ['where it is new and may apply', undefined, applying('unknown', 'blocked'), true],
    ['not where it is new and does not apply', undefined, applying(false, 'blocked'), false],
    ['not where it is gone and did not apply', applying(false, 'blocked'), undefined, false],
    ['not where it applies on neither side', located(true, false), located(false, false), false],
    ['where it applies after only', located(true, false), located(false), true],
    ['not where it never enforced', off(located(true)), off(located(false)), false],
    ['where it enforces from now on', off(located(true)), located(true), true],
  ])('%s', (_, was, becomes, expected) => {
    expect(differ(was, becomes)).toBe(expected);
  });

  test('where it asks for something else, or of other people', () => {
    expect(differ(located(true), located(true), { ...same, alike: new Set() })).toBe(true);
  });

  test('where it hangs on something that nobody documents', () => {
    expect(differ(located(true), located(true), { ...same, open: new Set(['policy']) })).toBe(true);
  });
});

function off(policy: PolicyStanding): PolicyStanding {
  return { ...policy, state: 'enabledForReportingButNotEnforced' };
}
