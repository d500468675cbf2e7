import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../../../src/core/conditional-access/evaluate.ts';
import { classifyChange } from '../../../../src/core/conditional-access/outcome/change.ts';
import { distinctAddresses } from '../../../../src/core/gsatest/distinct-addresses.ts';
import type { Scene } from '../../../../src/core/gsatest/scene.ts';
import { targetClasses, userClasses } from '../../../../src/core/gsatest/sign-in-classes.ts';
import type { Address } from '../../../../src/core/network/address.ts';
import { addressFromWords } from '../../../../src/core/network/address.ts';
import { isPublicAddress } from '../../../../src/core/network/special-use.ts';
import type { AddressFacts, SignInAttempt } from '../../../../src/core/signaling/attempt.ts';
import { observe, observeOptions } from '../../../../src/core/signaling/observe.ts';
import { resourceKindsOf } from '../../../../src/core/signaling/resource-kind.ts';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import { tries } from '../../../support/tries.ts';

const tenant = sampleTenant();
const scene: Scene = {
  tenant,
  compiled: compile(tenant),
  options: observeOptions(tenant),
  fixtures: { addresses: {}, paths: {}, applications: {} },
};
const classes = distinctAddresses(tenant);
const users = userClasses(tenant.users ?? [], scene);
const targets = targetClasses(scene);

const word = fc.nat(0xffffffff);
const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  word.map((each) => addressFromWords(4, [each])),
  fc.tuple(fc.constant(0x20010db8), word, word, word).map((words) => addressFromWords(6, words)),
  fc.nat(255).map((host) => addressFromWords(4, [0xcb007100 + host])),
  fc.nat(255).map((host) => addressFromWords(4, [0xc6336400 + host])),
);
const country = fc.constantFrom('NL', 'BE', 'IR', 'KP', 'US', 'FR', 'BR', null);

function results(source: AddressFacts, identity: SignInAttempt['identity'], target: SignInAttempt['target']): string {
  const attempt: SignInAttempt = {
    identity,
    target,
    network: { via: 'direct', source, tunnelOfThisTenant: false },
    satisfied: {},
  };
  return evaluate(scene.compiled, attempt, observe(attempt, 'enabled', scene.options))
    .policies.map(({ result }) => result)
    .join();
}

describe('the classes of an invariant', () => {
  test('hold an address for every address there is: no policy tells the two apart', () => {
    const [user] = users;
    const [target] = targets;
    if (user === undefined || target === undefined) throw new Error('the sample tenant has people');
    const known = new Set(classes.sources.map((source) => results(source, user.value, target.value)));
    fc.assert(
      fc.property(anyAddress, country, (address, countryOrRegion) => {
        fc.pre(
          isPublicAddress(address) &&
            !address.text.startsWith('151.206.') &&
            !/^128\.94\.([0-9]|[12]\d|3[01])\./.test(address.text),
        );
        expect(known).toContain(results({ address, countryOrRegion }, user.value, target.value));
      }),
      { numRuns: tries(500) },
    );
  });

  test('hold one person for every person, and count them all', () => {
    expect(users.reduce((sum, { others }) => sum + 1 + others, 0)).toBe(tenant.users?.length);
    expect(users.length).toBeLessThan(tenant.users?.length ?? 0);
  });

  test('hold no account of an agent: what it asks for decides whether any policy reaches it', () => {
    const agent = { id: 'a9000000-0000-4000-8000-000000000009', '@odata.type': '#microsoft.graph.agentUser' };
    expect(userClasses([agent], scene)).toEqual([]);
  });

  test('hold the applications that policies name, and one for all those that none names', () => {
    const names = targets.map(({ text }) => text);
    expect(names).toContain('Contoso Expenses');
    expect(names).toContain('Office 365 SharePoint Online');
    expect(names).toContain('Microsoft Intune Enrollment');
    expect(new Set(targets.flatMap(({ value }) => resourceKindsOf(value)))).toEqual(
      new Set(['sharePointOrExchange', 'microsoftGraph', 'otherMicrosoft', 'entraId', undefined]),
    );
    expect(Math.max(...targets.map(({ others }) => others))).toBeGreaterThan(2);
  });
});

describe('a change of one sign-in', () => {
  const judged = (outcome: 'granted' | 'interrupted' | 'denied' | 'blocked' | 'unknown') => ({ outcome, policies: [] });

  test.each([
    ['granted', 'blocked', 'newlyBlocked'],
    ['interrupted', 'blocked', 'newlyBlocked'],
    ['granted', 'denied', 'newlyDenied'],
    ['granted', 'interrupted', 'newlyPrompted'],
    ['blocked', 'granted', 'newlyAllowed'],
    ['blocked', 'interrupted', 'newlyAllowed'],
    ['denied', 'granted', 'newlyAllowed'],
    ['interrupted', 'granted', 'lessProtected'],
    ['granted', 'granted', 'unchanged'],
    ['blocked', 'blocked', 'unchanged'],
    ['unknown', 'blocked', 'unknown'],
    ['granted', 'unknown', 'unknown'],
  ] as const)('from %s to %s is %s', (before, after, expected) => {
    expect(classifyChange(judged(before), judged(after))).toBe(expected);
  });
});
