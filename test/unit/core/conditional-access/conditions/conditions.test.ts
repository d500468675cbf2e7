import { describe, expect, test } from 'vitest';
import {
  COMPLIANT_NETWORK_LOCATION_ID,
  MFA_TRUSTED_IPS_LOCATION_ID,
} from '../../../../../src/core/graph/location-words.ts';
import type { SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import type { Observation } from '../../../../../src/core/signaling/observation.ts';
import type { ConditionSet } from '../../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../../src/core/tenant/tenant.ts';
import {
  ALICE,
  attempt,
  BRANCH,
  GERMANY,
  GPS,
  HQ,
  judgeOne,
  LOCATIONS,
  lacking,
  observation,
  policy,
} from '../../../../support/contoso.ts';

type Answer = boolean | 'unknown';

/** Truth of the only policy and the facts it lacks. */
function judge(
  conditions: Partial<ConditionSet> | object,
  changes: Partial<SignInAttempt> = {},
  seen: Observation = observation(),
  tenant: Partial<Tenant> = {},
) {
  const judged = judgeOne(policy({ ...conditions }), attempt(changes), seen, tenant);
  return { answer: judged.applies, lacking: lacking(judged), judged };
}

type Locations = NonNullable<ConditionSet['locations']>;

describe('client app types', () => {
  test.each<[string[] | null, SignInAttempt['clientAppType'], Answer]>([
    [null, 'other', 'unknown'],
    [[], 'other', true],
    [[], 'other', true],
    [['all'], undefined, true],
    [['All'], 'other', true],
    [['browser'], 'browser', true],
    [['browser'], 'mobileAppsAndDesktopClients', false],
    [['browser', 'other'], 'other', true],
    [['exchangeActiveSync'], 'easSupported', true],
    [['easSupported'], 'easSupported', true],
    [['easSupported'], 'exchangeActiveSync', false],
    [['browser'], undefined, 'unknown'],
    [['modern'], 'browser', 'unknown'],
    [['browser', 'modern'], 'browser', true],
  ])('%j and %s: %s', (clientAppTypes, clientAppType, expected) => {
    expect(judge({ clientAppTypes }, { clientAppType }).answer).toBe(expected);
  });

  test('an unknown client app and an unknown value are named', () => {
    expect(judge({ clientAppTypes: ['browser'] }, { clientAppType: undefined }).lacking).toEqual(['clientAppType']);
    expect(judge({ clientAppTypes: ['modern'] }).lacking).toEqual(['meaning of clientType modern']);
  });
});

describe('device platforms', () => {
  test.each<[object, SignInAttempt['devicePlatform'], Answer]>([
    [{ includePlatforms: ['all'] }, 'linux', true],
    [{ includePlatforms: ['All'] }, null, true],
    [{ includePlatforms: ['all'] }, undefined, true],
    [{ includePlatforms: ['iOS'] }, 'iOS', true],
    [{ includePlatforms: ['windows'] }, 'iOS', false],
    [{ includePlatforms: ['windows'] }, null, false],
    [{ includePlatforms: ['windows'] }, undefined, 'unknown'],
    [{ includePlatforms: ['all'], excludePlatforms: ['windows'] }, 'windows', false],
    [{ includePlatforms: ['all'], excludePlatforms: ['windows'] }, null, true],
    [{ includePlatforms: ['all'], excludePlatforms: ['windows'] }, undefined, 'unknown'],
    [{ includePlatforms: ['chromeOS'] }, 'windows', 'unknown'],
    [{ includePlatforms: ['all'], excludePlatforms: ['chromeOS'] }, 'windows', 'unknown'],
    [{ excludePlatforms: ['windows'] }, 'iOS', false],
    [{ includePlatforms: [], excludePlatforms: [] }, 'windows', true],
    [{ includePlatforms: null, excludePlatforms: null }, 'windows', 'unknown'],
    [{}, 'windows', 'unknown'],
    [{ includePlatforms: [], excludePlatforms: null }, 'windows', 'unknown'],
    [{ includePlatforms: null, excludePlatforms: [] }, 'windows', 'unknown'],
    [{ includePlatforms: ['all'], excludePlatforms: null }, 'windows', 'unknown'],
    [{ includePlatforms: ['iOS'], excludePlatforms: null }, 'windows', false],
    [{ includePlatforms: null, excludePlatforms: ['windows'] }, 'windows', false],
  ])('%j and %s: %s', (platforms, devicePlatform, expected) => {
    expect(judge({ platforms }, { devicePlatform }).answer).toBe(expected);
  });
});

describe('risk', () => {
  test.each<[object, Partial<SignInAttempt>, Answer]>([
    [{ signInRiskLevels: ['medium', 'high'] }, { signInRiskLevel: 'low' }, false],
    [{ signInRiskLevels: ['medium', 'HIGH'] }, { signInRiskLevel: 'high' }, true],
    [{ signInRiskLevels: ['none'] }, { signInRiskLevel: 'none' }, true],
    [{ signInRiskLevels: ['high'] }, { signInRiskLevel: 'hidden' }, false],
    [{ signInRiskLevels: ['high'] }, { signInRiskLevel: undefined }, 'unknown'],
    [{ userRiskLevels: ['high'] }, { userRiskLevel: 'high' }, true],
    [{ userRiskLevels: ['high'] }, { userRiskLevel: 'medium' }, false],
    [{ userRiskLevels: ['high'] }, { userRiskLevel: undefined }, 'unknown'],
    [{ servicePrincipalRiskLevels: ['high'] }, { servicePrincipalRiskLevel: 'high' }, true],
    [{ servicePrincipalRiskLevels: ['high'] }, { servicePrincipalRiskLevel: 'low' }, false],
    [{ servicePrincipalRiskLevels: ['high'] }, {}, 'unknown'],
    [{ insiderRiskLevels: 'moderate,elevated' }, { insiderRiskLevel: 'elevated' }, true],
    [{ insiderRiskLevels: 'moderate, elevated' }, { insiderRiskLevel: 'minor' }, false],
    [{ insiderRiskLevels: ['minor'] }, { insiderRiskLevel: 'minor' }, true],
    [{ insiderRiskLevels: 'minor' }, { insiderRiskLevel: undefined }, 'unknown'],
    [{ insiderRiskLevels: 'extreme' }, { insiderRiskLevel: 'minor' }, 'unknown'],
    [
      { signInRiskLevels: ['high'], userRiskLevels: ['high'] },
      { signInRiskLevel: 'high', userRiskLevel: 'low' },
      false,
    ],
  ])('%j and %j: %s', (conditions, changes, expected) => {
    expect(judge(conditions, changes).answer).toBe(expected);
  });
});

describe('authentication flows', () => {
  const device = { authenticationFlows: { transferMethods: 'deviceCodeFlow' } };
  test.each<[object, Partial<SignInAttempt>, Answer]>([
    [device, { authenticationFlow: 'deviceCodeFlow' }, true],
    [device, {}, false],
    [device, { originalTransferMethod: 'deviceCodeFlow' }, true],
    [device, { authenticationFlow: 'authenticationTransfer' }, false],
    [device, { authenticationFlow: undefined }, 'unknown'],
    [device, { originalTransferMethod: undefined }, 'unknown'],
    [device, { authenticationFlow: 'deviceCodeFlow', originalTransferMethod: undefined }, true],
    [
      { authenticationFlows: { transferMethods: 'deviceCodeFlow,authenticationTransfer' } },
      { authenticationFlow: 'authenticationTransfer' },
      true,
    ],
    [{ authenticationFlows: { transferMethods: 'none' } }, {}, true],
    [{ authenticationFlows: { transferMethods: '' } }, {}, 'unknown'],
    [{ authenticationFlows: { transferMethods: null } }, {}, 'unknown'],
    [{ authenticationFlows: {} }, {}, 'unknown'],
    [{ authenticationFlows: null }, {}, true],
    [{ authenticationFlows: { transferMethods: 'carrierPigeon' } }, {}, 'unknown'],
    [{ authenticationFlows: { transferMethods: 'none', newMember: true } }, {}, 'unknown'],
  ])('%j and %j: %s', (conditions, changes, expected) => {
    expect(judge(conditions, changes).answer).toBe(expected);
  });
});

describe('what enumerated conditions lack is named', () => {
  const transfer = (transferMethods: string, more: object = {}) => ({
    authenticationFlows: { transferMethods, ...more },
  });

  test.each<[object, Partial<SignInAttempt>, string[]]>([
    [{ platforms: { includePlatforms: ['windowsPhone'] } }, { devicePlatform: undefined }, ['devicePlatform']],
    [transfer('deviceCodeFlow'), { authenticationFlow: undefined }, ['authenticationFlow']],
    [transfer('deviceCodeFlow'), { originalTransferMethod: undefined }, ['originalTransferMethod']],
    [transfer('carrierPigeon'), {}, ['meaning of transferMethods carrierPigeon']],
    [transfer('deviceCodeFlow', { newMember: true }), {}, ['meaning of authenticationFlows.newMember']],
    [{ signInRiskLevels: ['high'] }, { signInRiskLevel: undefined }, ['signInRiskLevel']],
    [{ userRiskLevels: ['high'] }, { userRiskLevel: undefined }, ['userRiskLevel']],
    [{ insiderRiskLevels: 'elevated' }, { insiderRiskLevel: undefined }, ['insiderRiskLevel']],
    [{ servicePrincipalRiskLevels: ['high'] }, {}, ['servicePrincipalRiskLevel']],
    [{ deviceStates: { includeStates: ['Rooted'] } }, { device: {} }, ['meaning of device state Rooted']],
  ])('%j with %j: %j', (conditions, changes, missing) => {
    expect(judge(conditions, changes).lacking).toEqual(missing);
  });

  test('every client app type is meant where all stands beside another', () => {
    expect(judge({ clientAppTypes: ['browser', 'all'] }, { clientAppType: 'other' }).answer).toBe(true);
  });
});

describe('a value of an enum', () => {
  test('is compared in any case, and one that nobody knows is named and never matched', () => {
    expect(judge({ platforms: { includePlatforms: ['MACOS'] } }, { devicePlatform: 'macOS' }).answer).toBe(true);
    expect(judge({ signInRiskLevels: ['High'] }, { signInRiskLevel: 'high' }).answer).toBe(true);
    const strange = { clientAppTypes: ['modern'] };
    const asSpelt = { clientAppType: 'modern' as SignInAttempt['clientAppType'] };
    expect(judge(strange, asSpelt)).toMatchObject({ answer: 'unknown', lacking: ['meaning of clientType modern'] });
    expect(judge({ clientAppTypes: ['modern', 'browser'] }, { clientAppType: 'browser' }).answer).toBe(true);
  });
});

describe('devices', () => {
  const filter = (mode: string, rule: string) => ({ devices: { deviceFilter: { mode, rule } } });
  const saw = { isCompliant: false, isManaged: false, trustType: 'AzureAD', extensionAttribute1: 'SAW' };

  test.each<[string, object, SignInAttempt['device'], Answer]>([
    ['include keeps what matches', filter('include', 'device.isCompliant -eq True'), { isCompliant: true }, true],
    ['include drops the rest', filter('include', 'device.isCompliant -eq True'), { isCompliant: false }, false],
    ['exclude drops what matches', filter('exclude', 'device.isCompliant -eq True'), { isCompliant: true }, false],
    ['exclude keeps the rest', filter('exclude', 'device.isCompliant -eq True'), { isCompliant: false }, true],
    ['an unregistered device has no attributes', filter('include', 'device.isCompliant -ne True'), null, true],
    ['a device that is not known', filter('include', 'device.isCompliant -eq True'), undefined, 'unknown'],
    ['an attribute that is not known', filter('include', 'device.model -eq "A"'), { isCompliant: true }, 'unknown'],
    ['attributes are found in any case', filter('include', 'DEVICE.ISCOMPLIANT -eq true'), { isCompliant: true }, true],
    [
      'extension attributes need a managed, compliant or hybrid device',
      filter('include', 'device.extensionAttribute1 -eq "SAW"'),
      saw,
      false,
    ],
    [
      'a managed device has them',
      filter('include', 'device.extensionAttribute1 -eq "SAW"'),
      { ...saw, isManaged: true },
      true,
    ],
    [
      'a compliant device has them',
      filter('include', 'device.extensionAttribute1 -eq "SAW"'),
      { ...saw, isCompliant: true },
      true,
    ],
    [
      'a hybrid joined device has them',
      filter('include', 'device.extensionAttribute1 -eq "SAW"'),
      { ...saw, trustType: 'ServerAD' },
      true,
    ],
    [
      'where the join is not known they are believed',
      filter('include', 'device.extensionAttribute1 -eq "SAW"'),
      { isManaged: false, isCompliant: false, extensionAttribute1: 'SAW' },
      true,
    ],
    ['an attribute nobody documents', filter('include', 'device.colour -eq "red"'), null, 'unknown'],
    [
      'an operator that the attribute does not take',
      filter('include', 'device.isCompliant -startsWith "T"'),
      null,
      'unknown',
    ],
    ['a collection takes contains only', filter('include', 'device.physicalIds -eq "x"'), null, 'unknown'],
    [
      'and contains works',
      filter('include', 'device.systemLabels -contains "M365Managed"'),
      { systemLabels: ['M365Managed'] },
      true,
    ],
    ['a rule about something else', filter('include', 'user.name -eq "x"'), null, 'unknown'],
    ['a rule that cannot be read', filter('exclude', 'device.isCompliant'), null, 'unknown'],
    ['a mode that we do not know', filter('perhaps', 'device.isCompliant -eq True'), null, 'unknown'],
    ['an empty rule is no condition', filter('include', ''), undefined, true],
    [
      'the older form leaves out compliant devices',
      { devices: { includeDevices: ['All'], excludeDevices: ['Compliant', 'DomainJoined'] } },
      { isCompliant: true },
      false,
    ],
    [
      'and hybrid joined ones',
      { deviceStates: { includeStates: ['All'], excludeStates: ['DomainJoined'] } },
      { trustType: 'ServerAD' },
      false,
    ],
    [
      'and keeps the others',
      { deviceStates: { includeStates: ['All'], excludeStates: ['Compliant', 'DomainJoined'] } },
      null,
      true,
    ],
    ['and needs no include list', { devices: { excludeDeviceStates: ['Compliant'] } }, null, true],
    ['a state nobody documents', { devices: { includeDeviceStates: ['Shiny'] } }, null, 'unknown'],
    ['a preview member', { devices: { includeNew: ['x'] } }, null, 'unknown'],
  ])('%s', (_, conditions, device, expected) => {
    const claims = { compliantDevice: undefined, domainJoinedDevice: undefined };
    expect(judge(conditions, { device, satisfied: claims }).answer).toBe(expected);
  });

  test('what the session proves settles the older form', () => {
    const conditions = { devices: { includeDevices: ['Compliant'] } };
    expect(judge(conditions, { device: undefined, satisfied: { compliantDevice: true } }).answer).toBe(true);
    expect(judge(conditions, { device: undefined, satisfied: { compliantDevice: undefined } }).lacking).toEqual([
      'device isCompliant',
    ]);
  });

  test('what is missing is named', () => {
    expect(judge(filter('include', 'device.model -eq "A"'), { device: {} }).lacking).toEqual(['device.model']);
    expect(judge(filter('include', 'device.colour -eq "red"')).lacking).toEqual(['meaning of device.colour']);
    expect(judge(filter('include', 'device.isCompliant -in ["True"]')).lacking).toEqual([
      'meaning of -in on device.isCompliant',
    ]);
    expect(judge(filter('include', 'device.isCompliant -eq')).lacking).toEqual([
      'readable filter rule: expected a value, not the end at 22',
    ]);
    expect(judge(filter('perhaps', 'device.isCompliant -eq True')).lacking).toEqual(['meaning of filter mode perhaps']);
  });
});

describe('locations', () => {
  const outside = observation('198.51.100.200');
  const branch = observation('198.51.100.7');
  const hq = observation('203.0.113.10');

  test.each<[string, Locations | null, Observation, Answer]>([
    ['no condition is any location', null, outside, true],
    ['empty lists are no condition', { includeLocations: [], excludeLocations: [] }, outside, true],
    ['All is every address', { includeLocations: ['All'] }, outside, true],
    ['all, in any case', { includeLocations: ['all'] }, outside, true],
    ['an address in the location', { includeLocations: [HQ.toUpperCase()] }, hq, true],
    ['an address outside of it', { includeLocations: [HQ] }, branch, false],
    ['any of several', { includeLocations: [HQ, BRANCH] }, branch, true],
    ['an excluded location', { includeLocations: ['All'], excludeLocations: [BRANCH] }, branch, false],
    [
      'an empty list beside exclusions includes nothing',
      { includeLocations: [], excludeLocations: [BRANCH] },
      outside,
      false,
    ],
    ['only exclusions leave open what they are taken from', { excludeLocations: [BRANCH] }, outside, 'unknown'],
    ['All excluded leaves nothing', { includeLocations: ['All'], excludeLocations: ['All'] }, hq, false],
    ['AllTrusted holds trusted networks', { includeLocations: ['AllTrusted'] }, hq, true],
    ['AllTrusted does not hold others', { includeLocations: ['AllTrusted'] }, branch, false],
    ['AllTrusted holds the MFA trusted IPs', { includeLocations: ['alltrusted'] }, observation('192.0.2.5'), true],
    [
      'the all-zero id is the MFA trusted IPs',
      { includeLocations: [MFA_TRUSTED_IPS_LOCATION_ID] },
      observation('192.0.2.5'),
      true,
    ],
    ['and not the trusted networks', { includeLocations: [MFA_TRUSTED_IPS_LOCATION_ID] }, hq, false],
    ['IPv6 in an IPv6 range', { includeLocations: [HQ] }, observation('2001:db8:1::5'), true],
    ['IPv6 outside', { includeLocations: [HQ] }, observation('2001:db8:2::5'), false],
    [
      'IPv6 and a location of IPv4 ranges',
      { includeLocations: ['All'], excludeLocations: [BRANCH] },
      observation('2001:db8:2::5'),
      true,
    ],
    ['IPv4 written as IPv6', { includeLocations: [HQ] }, observation('::ffff:203.0.113.10'), true],
    ['a country by address', { includeLocations: [GERMANY] }, outside, true],
    ['another country', { includeLocations: [GERMANY] }, observation('203.0.113.10', { countryOrRegion: 'FR' }), false],
    [
      'a country in lower case',
      { includeLocations: [GERMANY] },
      observation('203.0.113.10', { countryOrRegion: 'de' }),
      true,
    ],
    ['no country', { includeLocations: [GERMANY] }, observation('203.0.113.10', { countryOrRegion: null }), false],
    [
      'a country that is not known',
      { includeLocations: [GERMANY] },
      observation('203.0.113.10', { countryOrRegion: undefined }),
      'unknown',
    ],
    [
      'an address that is not known',
      { includeLocations: [HQ] },
      observation(undefined, { ipAddress: undefined }),
      'unknown',
    ],
    ['is in All all the same', { includeLocations: ['All'] }, observation(undefined, { ipAddress: undefined }), true],
    [
      'the compliant network',
      { includeLocations: [COMPLIANT_NETWORK_LOCATION_ID] },
      observation(undefined, { compliantNetwork: true }),
      true,
    ],
    ['not through it', { includeLocations: [COMPLIANT_NETWORK_LOCATION_ID] }, hq, false],
    [
      'or not known',
      { includeLocations: [COMPLIANT_NETWORK_LOCATION_ID] },
      observation('203.0.113.10', { compliantNetwork: undefined }),
      'unknown',
    ],
    [
      'an id that nothing defines',
      { includeLocations: ['All'], excludeLocations: ['10000000-0000-4000-8000-0000000000ff'] },
      hq,
      'unknown',
    ],
    [
      'an id that nothing defines, included and excluded, which is nowhere whatever it stands for',
      { includeLocations: ['gone'], excludeLocations: ['GONE'] },
      hq,
      false,
    ],
    ['a preview member', { includeLocations: ['All'], excludeNew: ['x'] } as Locations, hq, 'unknown'],
  ])('%s', (_, locations, seen, expected) => {
    expect(judge({ locations }, {}, seen).answer).toBe(expected);
  });

  test('a preview member that includes excludes nothing, and one that excludes includes nothing', () => {
    expect(judge({ locations: { includeLocations: ['All'], includeNew: ['x'] } }, {}, hq).answer).toBe(true);
    expect(judge({ locations: { includeLocations: [BRANCH], excludeNew: ['x'] } }, {}, hq).answer).toBe(false);
    expect(judge({ locations: { includeLocations: [BRANCH], includeNew: ['x'] } }, {}, hq).lacking).toEqual([
      'meaning of locations.includeNew',
    ]);
    expect(judge({ locations: { includeLocations: ['All'], excludeNew: ['x'] } }, {}, hq).lacking).toEqual([
      'meaning of locations.excludeNew',
    ]);
  });

  test.each<[string, string, Observation, Partial<Tenant>, string]>([
    ['the country', GERMANY, observation('203.0.113.10', { countryOrRegion: undefined }), {}, 'countryOrRegion'],
    [
      'the compliant network',
      COMPLIANT_NETWORK_LOCATION_ID,
      observation('203.0.113.10', { compliantNetwork: undefined }),
      {},
      'compliantNetwork',
    ],
    ['the address', HQ, observation(undefined, { ipAddress: undefined }), {}, 'ipAddress'],
    [
      'MFA trusted IPs that cannot be read',
      MFA_TRUSTED_IPS_LOCATION_ID,
      outside,
      { mfaTrustedIps: ['x'] },
      'readable ranges of MFA trusted IPs',
    ],
    [
      'MFA trusted IPs among all trusted locations',
      'AllTrusted',
      outside,
      { mfaTrustedIps: ['x'] },
      'readable ranges of MFA trusted IPs',
    ],
  ])('what is missing is named: %s', (_, id, seen, tenant, missing) => {
    expect(judge({ locations: { includeLocations: [id] } }, {}, seen, tenant).lacking).toEqual([missing]);
  });

  test('an id that nothing defines is not the compliant network', () => {
    const seen = observation('203.0.113.10', { compliantNetwork: true });
    const locations = { includeLocations: ['10000000-0000-4000-8000-0000000000ff'] };
    expect(judge({ locations }, {}, seen).lacking).toEqual(['namedLocation 10000000-0000-4000-8000-0000000000ff']);
  });

  test('GPS has nothing to do with the address', () => {
    const locations = { includeLocations: [GPS] };
    expect(
      judge({ locations }, { gpsCountryOrRegion: 'DE' }, observation('203.0.113.10', { countryOrRegion: 'FR' })).answer,
    ).toBe(true);
    expect(judge({ locations }, { gpsCountryOrRegion: null }).answer).toBe(false);
    expect(judge({ locations }, { gpsCountryOrRegion: undefined }).lacking).toEqual(['gpsCountryOrRegion']);
  });

  test('unknown countries count where the location says so', () => {
    const unknown = {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id: 'x',
      displayName: 'x',
      countriesAndRegions: [],
      includeUnknownCountriesAndRegions: true,
    };
    const seen = observation('203.0.113.10', { countryOrRegion: null });
    expect(judge({ locations: { includeLocations: ['x'] } }, {}, seen, { namedLocations: [unknown] }).answer).toBe(
      true,
    );
  });

  test('a claim from inside the corporate network counts as trusted, and its absence as no claim', () => {
    const locations = { includeLocations: ['AllTrusted'] };
    const inside = judge({ locations }, { insideCorporateNetwork: true }, outside);
    expect([inside.answer, inside.judged.conditions[2]?.includeRules[0]?.ruleSatisfied]).toEqual([
      true,
      'insideCorpnet',
    ]);
    expect(judge({ locations }, { insideCorporateNetwork: undefined }, outside).answer).toBe(false);
  });

  test('a claim from inside the corporate network meets the all-zero id too', () => {
    const locations = { includeLocations: [MFA_TRUSTED_IPS_LOCATION_ID] };
    const inside = judge({ locations }, { insideCorporateNetwork: true }, outside);
    expect([inside.answer, inside.judged.conditions[2]?.includeRules[0]?.ruleSatisfied]).toEqual([
      true,
      'insideCorpnet',
    ]);
    expect(judge({ locations }, { insideCorporateNetwork: undefined }, outside).answer).toBe(false);
  });

  test('a trusted compliant network is in AllTrusted', () => {
    const namedLocations = LOCATIONS.map((location) => ({ ...location, isTrusted: true }));
    const seen = observation('198.51.100.200', { compliantNetwork: true });
    expect(judge({ locations: { includeLocations: ['AllTrusted'] } }, {}, seen, { namedLocations }).answer).toBe(true);
    // A country has no such mark, whatever an export says.
    expect(judge({ locations: { includeLocations: ['AllTrusted'] } }, {}, outside, { namedLocations }).answer).toBe(
      false,
    );
  });

  test('MFA trusted IPs that nobody lists are not known, whether a policy names them or says AllTrusted', () => {
    const unlisted = { mfaTrustedIps: undefined } as unknown as Partial<Tenant>;
    const byId = { includeLocations: [MFA_TRUSTED_IPS_LOCATION_ID] };
    expect(judge({ locations: { includeLocations: ['AllTrusted'] } }, {}, hq, unlisted).answer).toBe(true);
    expect(judge({ locations: { includeLocations: ['AllTrusted'] } }, {}, outside, unlisted).lacking).toEqual([
      'mfaTrustedIps',
    ]);
    expect(judge({ locations: byId }, {}, outside, unlisted).lacking).toEqual(['mfaTrustedIps']);
    const both = { includeLocations: ['AllTrusted'], excludeLocations: [MFA_TRUSTED_IPS_LOCATION_ID] };
    expect(judge({ locations: both }, {}, hq, unlisted).lacking).toEqual(['mfaTrustedIps']);
  });

  test('a range that cannot be read leaves a miss unknown', () => {
    const broken = {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: 'x',
      displayName: 'Broken',
      ipRanges: [{ cidrAddress: '010.0.0.0/8' }, { cidrAddress: '203.0.113.0/24' }, {}],
    };
    const conditions = { locations: { includeLocations: ['x'] } };
    expect(judge(conditions, {}, hq, { namedLocations: [broken] }).answer).toBe(true);
    expect(judge(conditions, {}, outside, { namedLocations: [broken] }).lacking).toEqual([
      'readable ranges of namedLocation Broken',
    ]);
  });

  test('an address that is not known may lie in a range, even if another one cannot be read', () => {
    const half = {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: 'x',
      displayName: 'Half',
      ipRanges: [{ cidrAddress: 'x' }, { cidrAddress: '203.0.113.0/24' }],
    };
    const nowhere = observation(undefined, { ipAddress: undefined });
    const judged = judge({ locations: { includeLocations: ['x'] } }, {}, nowhere, { namedLocations: [half] });
    expect(judged.lacking).toEqual(['ipAddress']);
  });

  test('a location without ranges holds nothing, even an address that is not known', () => {
    const empty = { '@odata.type': '#microsoft.graph.ipNamedLocation', id: 'x', displayName: 'Empty', ipRanges: [] };
    expect(
      judge({ locations: { includeLocations: ['x'] } }, {}, observation(undefined, { ipAddress: undefined }), {
        namedLocations: [empty],
      }).answer,
    ).toBe(false);
  });

  test('a kind of location or of look-up that we do not know is unknown and named', () => {
    const service = { '@odata.type': '#microsoft.graph.serviceTagNamedLocation', id: 'x', displayName: 'Tags' };
    expect(judge({ locations: { includeLocations: ['x'] } }, {}, hq, { namedLocations: [service] }).lacking).toEqual([
      'meaning of #microsoft.graph.serviceTagNamedLocation',
    ]);
    const strange = {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id: 'x',
      displayName: 'Stars',
      countriesAndRegions: ['DE'],
      countryLookupMethod: 'byStars',
    };
    expect(judge({ locations: { includeLocations: ['x'] } }, {}, hq, { namedLocations: [strange] }).lacking).toEqual([
      'meaning of countryLookupMethod byStars',
    ]);
  });

  test('the reason names the locations', () => {
    const { judged } = judge({ locations: { includeLocations: ['All'], excludeLocations: [HQ, BRANCH] } }, {}, hq);
    expect(judged.conditions[2]?.because).toBe('location excluded: HQ');
  });
});

describe('a member of a condition that nobody documents', () => {
  const NEW = ['x'];
  test.each<[string, object, string]>([
    ['platforms', { includePlatforms: ['all'], excludeBrands: NEW }, 'platforms.excludeBrands'],
    ['platforms', { includePlatforms: ['android'], includeBrands: NEW }, 'platforms.includeBrands'],
    ['platforms', { excludeBrands: NEW }, 'platforms.excludeBrands'],
    ['devices', { includeDevices: ['All'], excludeBrands: NEW }, 'devices.excludeBrands'],
    ['deviceStates', { includeStates: ['All'], excludeBrands: NEW }, 'deviceStates.excludeBrands'],
    ['deviceStates', { brands: NEW }, 'deviceStates.brands'],
    [
      'authenticationFlows',
      { transferMethods: 'deviceCodeFlow', excludeFlows: NEW },
      'authenticationFlows.excludeFlows',
    ],
    ['authenticationFlows', { excludeFlows: NEW }, 'authenticationFlows.excludeFlows'],
    ['locations', { includeLocations: ['All'], excludeNetworks: NEW }, 'locations.excludeNetworks'],
    ['locations', { excludeNetworks: NEW }, 'locations.excludeNetworks'],
  ])('leaves %s %j unknown, by name', (condition, members, name) => {
    const signIn = { devicePlatform: 'windows', authenticationFlow: 'deviceCodeFlow', device: {} } as const;
    expect(judge({ [condition]: members }, signIn)).toMatchObject({
      answer: 'unknown',
      lacking: [`meaning of ${name}`],
    });
  });
});

describe('preview conditions', () => {
  test.each<[string, object, string[]]>([
    ['agents', { agents: { includeAgentUsers: ['All'] } }, ['meaning of conditions.agents']],
    ['execution environments of agents', { agentContext: 'x' }, ['meaning of conditions.agentContext']],
    ['times', { times: { includeTimes: ['x'] } }, ['meaning of conditions.times']],
    [
      'several, sorted',
      { zebra: true, networkAccessSecurity: 1 },
      ['meaning of conditions.networkAccessSecurity', 'meaning of conditions.zebra'],
    ],
  ])('%s make the answer unknown, by name', (_, conditions, expected) => {
    expect(judge(conditions)).toMatchObject({ answer: 'unknown', lacking: expected });
  });

  test.each([
    { agents: null },
    { agents: {} },
    { agents: { include: [], mode: null } },
    { times: [] },
    { clients: false },
    { note: '' },
    { 'agents@odata.type': 'x' },
    { agents: { '@odata.type': 'x' } },
  ])('%j is not configured', (conditions) => {
    expect(judge(conditions).answer).toBe(true);
  });

  test('rest on facts and no rule, and the reason names them', () => {
    expect(judge({ agents: { all: true } }).judged.conditions[2]).toEqual({
      condition: 'unmodelled',
      truth: 'unknown',
      origin: 'facts',
      includeRules: [],
      excludeRules: [],
      missing: [{ fact: 'meaning of conditions.agents', condition: 'unmodelled' }],
      because: 'agents is configured and not modelled',
    });
    const robot = { identity: { kind: 'servicePrincipal', servicePrincipalId: 'x' } } as const;
    expect(judge({}, robot).judged.conditions[1]).toMatchObject({
      because: 'a policy on users does not reach a workload identity',
      missing: [],
    });
  });

  test('do not matter where another condition fails', () => {
    expect(judge({ agents: { all: true }, users: { includeUsers: ['None'] } }).answer).toBe(false);
    expect(judge({ agents: { all: true }, users: { includeUsers: [ALICE] } }).answer).toBe('unknown');
  });
});
