import { describe, expect, test } from 'vitest';
import {
  circumstancesFor,
  sessionsFor,
  supposedDevices,
  supposedTargets,
} from '../../../../src/core/dependencies/supposed-sign-ins.ts';
import { policyWith, tenantWith } from './contoso.ts';

const rule = (text: string) => ({ devices: { deviceFilter: { mode: 'include', rule: text } } });

describe('the sessions of a made-up sign-in', () => {
  test('prove nothing, or a managed device in an approved application, which no prompt can give', () => {
    const [nothing, managed] = sessionsFor(policyWith({}));
    expect(nothing).toMatchObject({
      mfa: false,
      compliantDevice: false,
      termsOfUseAccepted: [],
      customAuthenticationFactors: [],
    });
    expect(managed).toMatchObject({
      mfa: false,
      compliantDevice: true,
      domainJoinedDevice: true,
      approvedApplication: true,
    });
    expect(nothing?.authenticationMethodCombination).toBe('password');
  });

  test.each<[string, object | null | undefined, string | undefined]>([
    ['a strength whose combinations the tenant lacks', { id: 's' }, undefined],
    ['a strength without combinations', { id: 's', allowedCombinations: [] }, undefined],
    ['a strength with combinations', { id: 's', allowedCombinations: ['fido2'] }, 'password'],
    ['no strength', null, 'password'],
    ['a strength that is not spoken of', undefined, 'password'],
  ])('have a combination of methods beside %s', (_, authenticationStrength, combination) => {
    const grant = { operator: 'OR', builtInControls: [], authenticationStrength } as never;
    const found = sessionsFor(policyWith({ grant })).map((session) => session.authenticationMethodCombination);
    expect(found).toEqual([combination, combination]);
  });
});

describe('what a made-up sign-in asks for', () => {
  const targets = (applications: object | null | undefined, groups = {}) =>
    supposedTargets({ conditions: { applications } as never }, tenantWith(groups)).map((target) =>
      target.kind === 'userAction'
        ? target.userAction
        : [
            ...(target.audiences ?? []).map(({ appId }) => appId),
            ...(target.kind === 'authenticationContext' ? [target.authenticationContext] : []),
          ].join(' '),
    );
  const WELL_KNOWN = targets(undefined);

  test('are well-known resources and one that nobody names', () => {
    expect(WELL_KNOWN).toHaveLength(5);
    expect(WELL_KNOWN[0]).toBe('00000003-0000-0000-c000-000000000000');
    expect(WELL_KNOWN).toContain('some-application');
    expect(targets(null)).toEqual(WELL_KNOWN);
  });

  test('are resources that the policy names by their ids, each once, and no word or name', () => {
    const id = 'aa000000-0000-4000-8000-000000000001';
    const ids = [id, id.toUpperCase(), '00000003-0000-0000-C000-000000000000'];
    const includeApplications = ['All', 'Office365', ...ids, 'Office 365 Exchange Online'];
    expect(targets({ includeApplications }).map((text) => text.toLowerCase())).toEqual([...WELL_KNOWN, id]);
  });

  test('are resources of the groups that the tenant lists', () => {
    expect(targets({ includeApplications: [] }, { applicationGroups: { Office365: ['bb-2'] } })).toEqual([
      ...WELL_KNOWN,
      'bb-2',
    ]);
  });

  test('are its user actions and its contexts, the latter at a resource', () => {
    const actions = {
      includeUserActions: ['urn:user:registerdevice'],
      includeAuthenticationContextClassReferences: ['c1'],
    };
    expect(targets(actions)).toEqual([
      ...WELL_KNOWN,
      'urn:user:registerdevice',
      '00000003-0000-0000-c000-000000000000 c1',
    ]);
  });
});

describe('the circumstances of a made-up sign-in', () => {
  test('are ordinary where the policy lists none', () => {
    expect(circumstancesFor(policyWith({}))).toEqual({
      clientAppType: 'browser',
      devicePlatform: 'windows',
      device: null,
      signInRiskLevel: 'none',
      userRiskLevel: 'none',
      servicePrincipalRiskLevel: 'none',
      insiderRiskLevel: expect.anything(),
      agentIdRiskLevel: expect.anything(),
      authenticationFlow: 'none',
      originalTransferMethod: 'none',
      gpsCountryOrRegion: null,
      insideCorporateNetwork: false,
      canPerformMfa: true,
    });
  });

  test('are the highest level of several that it lists', () => {
    const conditions = {
      signInRiskLevels: ['high', 'low'],
      authenticationFlows: { transferMethods: 'deviceCodeFlow' },
    };
    expect(circumstancesFor(policyWith({ conditions }))).toMatchObject({
      signInRiskLevel: 'high',
      authenticationFlow: 'deviceCodeFlow',
    });
  });
});

describe('the devices that a condition is tried on', () => {
  const made = (text: string) => supposedDevices(rule(text)).at(-1);

  test('are none, a managed one, and one made of what the rule compares with, alone and managed', () => {
    const devices = supposedDevices(rule('device.model -eq "Surface"'));
    const managed = {
      isCompliant: true,
      trustType: 'AzureAD',
      deviceOwnership: 'Company',
      profileType: 'RegisteredDevice',
    };
    expect(devices).toEqual([null, managed, { ...managed, model: 'Surface' }, { model: 'Surface' }]);
    expect(supposedDevices({}).slice(2)).toEqual([managed, {}]);
  });

  test.each<[string, object]>([
    ['device.model -startsWith "Sur"', { model: 'Sur' }],
    ['device.model  -endsWith  "face"', { model: 'face' }],
    ['device.model contains "rf" and device.trustType eq "Workplace"', { model: 'rf', trustType: 'Workplace' }],
    ['(device.isCompliant -eq True)', { isCompliant: true }],
    ['device.IsCompliant -eq False', { IsCompliant: false }],
    ['device.physicalIds -contains "[OrderId]:1"', { physicalIds: ['[OrderId]:1'] }],
    ['device.systemLabels -contains "M365"', { systemLabels: ['M365'] }],
    ['device.model -ne "Surface"', {}],
  ])('are made of %s', (text, device) => {
    expect(made(text)).toEqual(device);
  });
});
