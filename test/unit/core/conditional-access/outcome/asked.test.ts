import { expect, test } from 'vitest';
import { compileGrant } from '../../../../../src/core/conditional-access/grant/controls.ts';
import { asksForAllOf } from '../../../../../src/core/conditional-access/outcome/asked.ts';
import type { GrantControls } from '../../../../../src/core/tenant/policy.ts';

const all = (...builtInControls: string[]): GrantControls => ({ operator: 'AND', builtInControls });
const one = (...builtInControls: string[]): GrantControls => ({ operator: 'OR', builtInControls });
const some = (...builtInControls: string[]): GrantControls => ({ builtInControls });
const strength = (displayName: string, ...allowedCombinations: string[]): GrantControls => ({
  ...one(),
  authenticationStrength: { id: displayName, displayName, allowedCombinations },
});
/** Nobody documents the control: it may be a block. */
const UNDOCUMENTED = one('handshake');

test.each<[GrantControls, GrantControls, boolean]>([
  [all('mfa', 'compliantDevice'), all('mfa'), true],
  [all('mfa', 'compliantDevice'), one('mfa', 'domainJoinedDevice'), true],
  [all('mfa'), all('mfa', 'compliantDevice'), false],
  [one('mfa', 'compliantDevice'), all('mfa'), false],
  [one('mfa', 'compliantDevice'), one('compliantDevice', 'mfa'), true],
  // One of several that nobody says how to combine is asked for in any case, each of them perhaps.
  [some('mfa', 'compliantDevice'), one('mfa', 'compliantDevice'), true],
  [all('mfa', 'compliantDevice'), some('mfa', 'compliantDevice'), true],
  [some('mfa', 'compliantDevice'), all('mfa'), false],
  // Of two that ask for the same in other words neither does.
  [strength('Ours', 'fido2'), strength('Theirs', 'fido2'), false],
  [strength('Ours', 'fido2'), one('mfa'), true],
  [one('mfa'), one(), true],
  [one('mfa'), one('block'), false],
  [one('block'), one('mfa'), false],
  [all('mfa'), all('block', 'mfa'), false],
  [UNDOCUMENTED, UNDOCUMENTED, false],
])('%j asks for all of %j: %s', (first, second, expected) => {
  expect(asksForAllOf(compileGrant(first, null), compileGrant(second, null))).toBe(expected);
});
