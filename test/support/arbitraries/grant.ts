import fc from 'fast-check';
import type { GrantControls } from '../../../src/core/tenant/policy.ts';

/** Combinations of methods that strengths name: of several factors, of one, and one that nobody knows. */
export const NAMED_COMBINATIONS = [
  'fido2',
  'windowsHelloForBusiness',
  'SMS, password',
  'password,voice',
  'password',
  'handshake',
];

const keys = (allowed: string, ...appliesToCombinations: string[]) => ({
  allowedAAGUIDs: [allowed],
  appliesToCombinations,
});

const strengths = fc.oneof(
  fc.constantFrom(2, 3, 4).map((digit) => ({ id: `00000000-0000-0000-0000-00000000000${digit}` })),
  fc.record(
    {
      id: fc.constantFrom('a', 'b'),
      displayName: fc.constantFrom('Ours', 'Theirs'),
      allowedCombinations: fc.subarray(NAMED_COMBINATIONS),
      requirementsSatisfied: fc.constantFrom('mfa', 'none'),
      combinationConfigurations: fc.subarray([keys('a', 'fido2'), keys('b', 'fido2'), keys('a')]),
    },
    { requiredKeys: ['id'] },
  ),
);

/** Grant controls that ask for methods, alone and beside a device. */
export const methodGrants: fc.Arbitrary<GrantControls> = fc.record({
  operator: fc.constantFrom('AND', 'OR', 'OR', null),
  builtInControls: fc.subarray(['mfa', 'compliantDevice']),
  authenticationStrength: fc.option(strengths, { nil: null, freq: 4 }),
});
