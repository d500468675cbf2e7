import { describe, expect, test } from 'vitest';
import { boxTold } from '../../../../src/core/proof/answers/told.ts';
import type { Gap } from '../../../../src/core/proof/questions/gaps.ts';
import { gapsOf } from '../../../../src/core/proof/questions/gaps.ts';
import type { ConditionalAccessPolicy, GrantControls } from '../../../../src/core/tenant/policy.ts';
import { policyNamed, tenantWith } from './small-tenant.ts';

const TERMS = '20000000-0000-4000-8000-000000000001';
const LEGACY = ['exchangeActiveSync', 'other'];
const MODERN = ['browser', 'mobileAppsAndDesktopClients'];

/** The clients with which an ordinary application is reached without MFA, surely and perhaps; `undefined`: with any. */
function clientsIn(
  policies: readonly ConditionalAccessPolicy[],
): Readonly<Record<'surely' | 'perhaps', readonly string[]>> {
  const gaps = gapsOf(tenantWith(policies), 'disabled', 'noMfa') as readonly Gap[];
  const clients = (isCertain: boolean) => {
    const boxes = gaps
      .filter((gap) => gap.isCertain === isCertain)
      .flatMap(({ proof, boxes }) => boxes.map((box) => boxTold(proof, box)));
    const ordinary = boxes.filter(({ what }) => what === undefined || what.includes('any other application'));
    return [...new Set(ordinary.flatMap(({ client }) => client ?? ['any']))].sort();
  };
  return { surely: clients(true), perhaps: clients(false) };
}

const asking = (grantControls: GrantControls, clientAppTypes: string[] = ['all']) =>
  policyNamed(`${clientAppTypes} ${JSON.stringify(grantControls)}`, { grantControls, conditions: { clientAppTypes } });
const mfaForModern = asking({ operator: 'OR', builtInControls: ['mfa'] }, MODERN);

describe('a gap of MFA', () => {
  test.each<[string, GrantControls]>([
    ['terms of use', { operator: 'OR', builtInControls: null, termsOfUse: [TERMS] }],
    [
      'a compliant device',
      { operator: 'OR', builtInControls: null, termsOfUse: [], customAuthenticationFactors: ['factor'] },
    ],
    [
      'terms of use and a factor',
      { operator: 'OR', builtInControls: null, termsOfUse: [TERMS], customAuthenticationFactors: ['factor'] },
    ],
  ])('is perhaps none where an export lost what else is asked for than %s', (_, grant) => {
    expect(clientsIn([asking(grant)]).surely).toEqual([]);
  });

  test.each<[string, GrantControls]>([
    ['a compliant device', { operator: 'OR', builtInControls: ['compliantDevice'] }],
    ['terms of use', { operator: 'OR', termsOfUse: [TERMS] }],
    [
      'an approved app and a joined device',
      { operator: 'AND', builtInControls: ['approvedApplication', 'domainJoinedDevice'] },
    ],
    [
      'a strength of one factor',
      { operator: 'OR', authenticationStrength: { id: 'one', allowedCombinations: ['password'] } },
    ],
  ])('is none for clients that can prove nothing and are asked for %s', (_, grant) => {
    expect(clientsIn([asking(grant, LEGACY), mfaForModern])).toEqual({ surely: [], perhaps: [] });
  });

  test('is one for clients that can prove it', () => {
    const compliant = asking({ operator: 'OR', builtInControls: ['compliantDevice'] });
    expect(clientsIn([compliant]).surely).toEqual(expect.arrayContaining(['browser', 'mobileAppsAndDesktopClients']));
  });

  test('is none for people who cannot do MFA and are asked for two strengths with no single factor in common', () => {
    const strengths = [
      ['password', 'fido2'],
      ['sms', 'fido2'],
    ].map((allowedCombinations, at) =>
      asking({ operator: 'OR', authenticationStrength: { id: `strength ${at}`, allowedCombinations } }),
    );
    const reached = (policies: readonly ConditionalAccessPolicy[]) =>
      (gapsOf(tenantWith(policies), 'disabled', 'noMfa') as readonly Gap[]).some(({ proof, boxes }) =>
        boxes.some((box) => boxTold(proof, box).who?.some((text) => text.endsWith('whose MFA is not trusted')) ?? true),
      );
    expect([reached(strengths.slice(0, 1)), reached(strengths)]).toEqual([true, false]);
  });

  test('is one where sessions can be bound to the device that token protection asks for', () => {
    const bound = policyNamed('T', {
      grantControls: null,
      sessionControls: { secureSignInSession: { isEnabled: true } },
    });
    expect(clientsIn([bound])).toEqual({ surely: ['browser', 'mobileAppsAndDesktopClients'], perhaps: [] });
  });
});
