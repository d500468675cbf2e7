import { describe, expect, test } from 'vitest';
import type { AskedControl } from '../../../../../src/core/conditional-access/demand.ts';
import { compileGrant } from '../../../../../src/core/conditional-access/grant/controls.ts';
import { isEnough, provesMfa } from '../../../../../src/core/conditional-access/grant/enough.ts';
import type { Truth } from '../../../../../src/core/conditional-access/result.ts';
import type { AuthenticationStrength } from '../../../../../src/core/tenant/policy.ts';

function asked(what: string | AuthenticationStrength): AskedControl {
  const grant = typeof what === 'string' ? { builtInControls: [what] } : { authenticationStrength: what };
  return compileGrant(grant, null).controls[0] ?? { control: '', displayName: '' };
}

const enough = (one: string | AuthenticationStrength, ...others: readonly (string | AuthenticationStrength)[]) =>
  isEnough(asked(one), others.map(asked));

const builtIn = (digit: number): AuthenticationStrength => ({ id: `00000000-0000-0000-0000-00000000000${digit}` });
const [MULTIFACTOR, PASSWORDLESS, PHISHING_RESISTANT] = [2, 3, 4].map(builtIn) as [
  AuthenticationStrength,
  AuthenticationStrength,
  AuthenticationStrength,
];
const of = (...allowedCombinations: string[]): AuthenticationStrength => ({
  id: allowedCombinations.join(),
  displayName: 'Ours',
  allowedCombinations,
});
/** Its combinations were lost in an export. */
const LOST: AuthenticationStrength = { id: 'lost', displayName: 'Lost' };
const LOST_MFA: AuthenticationStrength = { ...LOST, requirementsSatisfied: 'mfa' };

describe('an authentication strength', () => {
  test.each<[string, string | AuthenticationStrength, string | AuthenticationStrength, Truth]>([
    ['phishing-resistant for MFA', PHISHING_RESISTANT, 'mfa', true],
    ['passwordless for MFA', PASSWORDLESS, 'mfa', true],
    ['the built-in multifactor one for MFA', MULTIFACTOR, 'mfa', true],
    ['phishing-resistant for passwordless', PHISHING_RESISTANT, PASSWORDLESS, true],
    ['passwordless for multifactor', PASSWORDLESS, MULTIFACTOR, true],
    ['a narrower one for a wider one, in any order and case', of('SMS, password'), of('fido2', 'password,sms'), true],
    ['one of our own for MFA', of('fido2', 'password,sms'), 'mfa', true],
    ['the same under another name', { ...of('fido2'), displayName: 'Theirs', id: 'other' }, of('fido2'), true],
    ['passwordless for phishing-resistant', PASSWORDLESS, PHISHING_RESISTANT, false],
    ['one of the same number of combinations', of('fido2', 'password,voice'), of('fido2', 'password,sms'), false],
    ['a single factor beside others for MFA', of('fido2', 'x509CertificateSingleFactor'), 'mfa', false],
    ['a single factor for MFA, whatever is said of it', { ...of('sms'), requirementsSatisfied: 'mfa' }, 'mfa', false],
    ['MFA for the built-in multifactor one', 'mfa', MULTIFACTOR, false],
    ['MFA for a narrower one', 'mfa', PHISHING_RESISTANT, false],
    ['MFA for one whose combinations are not known', 'mfa', LOST, false],
    ['a strength for another control', PHISHING_RESISTANT, 'compliantDevice', false],
    ['another control for a strength', 'compliantDevice', PHISHING_RESISTANT, false],
  ])('%s: %#', (_, one, other, expected) => {
    expect(enough(one, other)).toBe(expected);
  });

  test.each<[string, string | AuthenticationStrength, string | AuthenticationStrength, Truth]>([
    ['for MFA', LOST, 'mfa', 'unknown'],
    ['for MFA, which it says it is', LOST_MFA, 'mfa', true],
    ['for one that is known', LOST_MFA, MULTIFACTOR, 'unknown'],
    ['for the same', LOST, { ...LOST }, true],
    ['for another one that is not known', LOST, { ...LOST, id: 'other' }, 'unknown'],
    ['where it is asked for', PHISHING_RESISTANT, LOST, 'unknown'],
    ['where it is asked for and is MFA, for one of a single factor', of('password'), LOST_MFA, false],
    ['for another control', LOST, 'compliantDevice', false],
  ])('whose combinations are not known, %s', (_, one, other, expected) => {
    expect(enough(one, other)).toBe(expected);
  });

  test.each<[string, string | AuthenticationStrength, string | AuthenticationStrength, Truth]>([
    ['is not known to be MFA', of('handshake'), 'mfa', 'unknown'],
    ['is MFA where the strength says so', { ...of('handshake'), requirementsSatisfied: 'mfa' }, 'mfa', true],
    ['is itself', of('handshake'), of('handshake', 'fido2'), true],
    ['is none of the known ones', of('handshake'), MULTIFACTOR, false],
  ])('with a combination that nobody knows: it %s', (_, one, other, expected) => {
    expect(enough(one, other)).toBe(expected);
  });

  const keys = (allowedAAGUIDs: string[], more: object = {}): AuthenticationStrength => ({
    ...of('fido2', 'windowsHelloForBusiness'),
    combinationConfigurations: [{ id: 'one', appliesToCombinations: ['fido2'], allowedAAGUIDs, ...more }],
  });
  const issuers = (allowedIssuerSkis: string[]): AuthenticationStrength => ({
    ...of('x509CertificateMultiFactor'),
    combinationConfigurations: [{ appliesToCombinations: ['x509CertificateMultiFactor'], allowedIssuerSkis }],
  });

  test.each<[string, AuthenticationStrength, string | AuthenticationStrength, Truth]>([
    ['certain keys for any keys', keys(['a']), PHISHING_RESISTANT, true],
    ['certain keys for MFA', keys(['a']), 'mfa', true],
    ['any keys for certain ones', of('fido2'), keys(['a']), false],
    ['any certificates for certain ones', of('x509CertificateMultiFactor'), issuers(['a']), false],
    ['another combination than the restricted one', of('windowsHelloForBusiness'), keys(['a']), true],
    ['the same keys, in any order and case', keys(['A', 'b'], { id: 'two' }), keys(['b', 'a']), true],
    ['other keys', keys(['a']), keys(['b']), 'unknown'],
    ['fewer keys', keys(['a']), keys(['a', 'b']), 'unknown'],
    [
      'keys of a restriction that says not what it is for',
      of('fido2'),
      keys(['a'], { appliesToCombinations: [] }),
      'unknown',
    ],
    ['keys where the other restricts what it does not allow', of('fido2'), { ...issuers(['a']), ...of('fido2') }, true],
  ])('that restricts: %s', (_, one, other, expected) => {
    expect(enough(one, other)).toBe(expected);
  });

  test('is enough for a choice that takes each of its combinations somewhere', () => {
    expect(enough(of('fido2', 'password'), 'mfa', of('password'))).toBe(true);
    expect(enough(of('fido2', 'password'), 'mfa', 'compliantDevice')).toBe(false);
    expect(enough(of('password'), LOST, 'compliantDevice')).toBe('unknown');
  });

  test('proves MFA as far as it is enough for it', () => {
    expect(
      [PHISHING_RESISTANT, of('password'), LOST, 'mfa', 'compliantDevice'].map((one) => provesMfa(asked(one))),
    ).toEqual([true, false, 'unknown', true, false]);
  });
});
