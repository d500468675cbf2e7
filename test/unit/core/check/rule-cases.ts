import type { Severity } from '../../../../src/core/check/finding.ts';
import type { CheckOptions } from '../../../../src/core/check/settings.ts';
import {
  COMPLIANT_NETWORK_LOCATION_ID,
  MFA_TRUSTED_IPS_LOCATION_ID,
} from '../../../../src/core/graph/location-words.ts';
import type { NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import {
  BRANCH,
  COMPLIANT_NETWORK,
  countries,
  EMERGENCY_ACCOUNT,
  HQ,
  id,
  inside,
  LONG_AGO,
  location,
  outside,
  policy,
  signalingOff,
  tenant,
} from './tenants.ts';

/** One tenant and what one rule says about it: `severity pointer`, in order; nothing where it is silent. */
export interface RuleCase {
  readonly name: string;
  readonly tenant: Tenant;
  readonly options?: Partial<CheckOptions>;
  readonly says: readonly `${Severity} ${string}`[];
}

const hq = location();
const branch = (ranges: string[], isTrusted = true) =>
  location({ id: BRANCH, displayName: 'Branch', ranges, isTrusted });
const twins = (first: Parameters<typeof policy>[0], second: Parameters<typeof policy>[0]) => [
  policy({ id: id(2, 1), displayName: 'A', ...first }),
  policy({ id: id(2, 2), displayName: 'B', ...second }),
];
const everyone = { users: { includeUsers: ['All'] } };
const reportOnly = 'enabledForReportingButNotEnforced';

const ipPolicy = policy({ conditions: outside(HQ), controls: ['block'] });
const compliantPolicy = policy({ conditions: outside(COMPLIANT_NETWORK_LOCATION_ID), controls: ['block'] });
const strict = { sessionControls: { continuousAccessEvaluation: { mode: 'strictLocation' } } };
/** Members that our types do not declare. */
const unknownMember: object = { includeNetworks: ['any'] };
const graphId: object = { id: 'one' };
const intune = ['0000000a-0000-0000-c000-000000000000', 'd4ebce55-015a-49b5-a083-c84d1797ae8c'];

export const RULE_CASES: Readonly<Record<string, readonly RuleCase[]>> = {
  GSA001: [
    {
      name: 'a policy by trusted location while signaling is disabled',
      tenant: tenant({ ...signalingOff(), policies: [ipPolicy], namedLocations: [hq] }),
      says: ['error /conditions/locations'],
    },
    {
      name: 'the same where nobody says whether the tenant is onboarded',
      tenant: tenant({
        ...signalingOff(),
        globalSecureAccess: { conditionalAccess: { signalingStatus: 'disabled' } },
        policies: [ipPolicy],
        namedLocations: [hq],
      }),
      says: ['warning /conditions/locations'],
    },
    {
      name: 'a report-only policy by country',
      tenant: tenant({
        ...signalingOff(),
        policies: [policy({ state: reportOnly, conditions: inside(id(3, 9)), controls: ['block'] })],
        namedLocations: [countries('NL')],
      }),
      says: ['warning /conditions/locations'],
    },
    {
      name: 'the same policy while signaling is enabled',
      tenant: tenant({ policies: [ipPolicy], namedLocations: [hq] }),
      says: [],
    },
    {
      name: 'a tenant that is not onboarded',
      tenant: tenant({
        ...signalingOff({ onboardingStatus: 'offboarded' }),
        policies: [ipPolicy],
        namedLocations: [hq],
      }),
      says: [],
    },
    {
      name: 'a tenant whose forwarding profiles are all disabled',
      tenant: tenant({
        ...signalingOff({ forwardingProfiles: [{ id: '1', state: 'disabled', trafficForwardingType: 'm365' }] }),
        policies: [ipPolicy],
        namedLocations: [hq],
      }),
      says: [],
    },
    {
      name: 'policies whose locations cannot tell addresses apart',
      tenant: tenant({
        ...signalingOff(),
        policies: [
          policy({ id: id(2, 1), conditions: inside('All') }),
          policy({ id: id(2, 2), conditions: inside('All', HQ) }),
          policy({ id: id(2, 3), conditions: outside(id(3, 8)) }),
          policy({
            id: id(2, 4),
            conditions: { locations: { includeLocations: ['AllTrusted'], excludeLocations: ['AllTrusted'] } },
          }),
        ],
        namedLocations: [hq],
      }),
      says: [],
    },
  ],
  GSA002: [
    {
      name: 'a policy that blocks outside the compliant network',
      tenant: tenant({ ...signalingOff(), policies: [compliantPolicy], namedLocations: [COMPLIANT_NETWORK] }),
      says: ['error /conditions/locations/excludeLocations/0'],
    },
    {
      name: 'the same where the export lacks the location',
      tenant: tenant({ ...signalingOff(), policies: [compliantPolicy] }),
      says: ['error /conditions/locations/excludeLocations/0'],
    },
    { name: 'the same while signaling is enabled', tenant: tenant({ policies: [compliantPolicy] }), says: [] },
    {
      name: 'an include beside all locations, and a policy for nobody',
      tenant: tenant({
        ...signalingOff(),
        policies: twins(
          { conditions: inside('All', COMPLIANT_NETWORK_LOCATION_ID) },
          { conditions: { ...outside(COMPLIANT_NETWORK_LOCATION_ID), users: { includeUsers: ['None'] } } },
        ),
      }),
      says: [],
    },
  ],
  GSA003: [
    {
      name: 'a tenant of before June 2025 in which nobody enabled signaling',
      tenant: tenant({ ...signalingOff(), createdDateTime: '2025-05-31T23:59:59Z' }),
      says: ['warning /globalSecureAccess/conditionalAccess/signalingStatus'],
    },
    {
      name: 'a later tenant in which somebody switched it off',
      tenant: tenant(
        signalingOff({ signalingChange: { changedBy: 'megan@contoso.com', changedDateTime: '2025-12-01T10:00:00Z' } }),
      ),
      says: ['warning /globalSecureAccess/conditionalAccess/signalingStatus'],
    },
    {
      name: 'a tenant of which nobody says whether it is onboarded',
      tenant: tenant({ globalSecureAccess: { conditionalAccess: { signalingStatus: 'disabled' } } }),
      says: ['note /globalSecureAccess/conditionalAccess/signalingStatus'],
    },
    { name: 'signaling enabled', tenant: tenant(), says: [] },
    {
      name: 'a tenant that is not onboarded',
      tenant: tenant(signalingOff({ onboardingStatus: 'offboarded' })),
      says: [],
    },
  ],
  GSA004: [
    {
      name: 'a trusted location with an egress range of Global Secure Access',
      tenant: tenant({ namedLocations: [location({ ranges: ['203.0.113.0/24', '151.206.4.0/24'] })] }),
      says: ['error /ipRanges/1/cidrAddress'],
    },
    {
      name: 'an untrusted one that a policy uses',
      tenant: tenant({
        policies: [ipPolicy],
        namedLocations: [location({ ranges: ['128.94.0.0/16'], isTrusted: false })],
      }),
      says: ['warning /ipRanges/0/cidrAddress'],
    },
    {
      name: 'an untrusted one without use',
      tenant: tenant({ namedLocations: [location({ ranges: ['128.94.31.255/32'], isTrusted: false })] }),
      says: ['note /ipRanges/0/cidrAddress'],
    },
    {
      name: 'MFA trusted IPs with an egress range',
      tenant: tenant({ mfaTrustedIps: ['203.0.113.0/24', '151.206.0.0/16'] }),
      says: ['error /mfaTrustedIps/1'],
    },
    {
      name: 'the range behind the egress, and egress that the tenant says is not used',
      tenant: tenant({
        globalSecureAccess: {
          conditionalAccess: { signalingStatus: 'enabled' },
          egressRanges: ['198.51.100.0/24'],
        },
        namedLocations: [location({ ranges: ['151.206.0.0/16', '128.94.32.0/24'] })],
      }),
      says: [],
    },
  ],
  GSA005: [
    {
      name: 'strict locations while signaling is disabled',
      tenant: tenant({ ...signalingOff(), policies: [policy(strict)] }),
      says: ['error /sessionControls/continuousAccessEvaluation/mode'],
    },
    {
      name: 'strict locations while signaling is enabled',
      tenant: tenant({ policies: [policy(strict)] }),
      says: ['warning /sessionControls/continuousAccessEvaluation/mode'],
    },
    {
      name: 'standard enforcement',
      tenant: tenant({
        ...signalingOff(),
        policies: [policy({ sessionControls: { continuousAccessEvaluation: { mode: 'disabled' } } })],
      }),
      says: [],
    },
    {
      name: 'strict locations in a tenant without Global Secure Access',
      tenant: tenant({ ...signalingOff({ onboardingStatus: 'offboarded' }), policies: [policy(strict)] }),
      says: [],
    },
  ],
  GSA006: [
    {
      name: 'a policy that blocks outside the compliant network, Intune included',
      tenant: tenant({ policies: [compliantPolicy] }),
      says: ['note /conditions/applications'],
    },
    {
      name: 'the same with both exclusions',
      tenant: tenant({
        policies: [
          policy({
            conditions: {
              ...outside(COMPLIANT_NETWORK_LOCATION_ID),
              applications: { includeApplications: ['All'], excludeApplications: intune },
            },
            controls: ['block'],
          }),
        ],
      }),
      says: [],
    },
    { name: 'a policy by address', tenant: tenant({ policies: [ipPolicy], namedLocations: [hq] }), says: [] },
  ],
  GSA007: [
    {
      name: 'a location with an address that the client invents',
      tenant: tenant({ namedLocations: [location({ ranges: ['6.6.0.12/32'] })] }),
      says: ['warning /ipRanges/0/cidrAddress'],
    },
    {
      name: 'a neighbour of that block',
      tenant: tenant({ namedLocations: [location({ ranges: ['6.7.0.0/16'] })] }),
      says: [],
    },
  ],
  GSA008: [
    {
      name: 'MFA trusted IPs in use, one of them private, one IPv6, one no range',
      tenant: tenant({ mfaTrustedIps: ['203.0.113.0/24', '10.0.0.0/8', '2001:db8::/48', 'office'] }),
      says: ['warning /mfaTrustedIps/1', 'warning /mfaTrustedIps/2', 'warning /mfaTrustedIps/3', 'note /mfaTrustedIps'],
    },
    {
      name: 'more than fifty of them',
      tenant: tenant({ mfaTrustedIps: Array.from({ length: 51 }, (_, at) => `203.0.${at}.0/24`) }),
      says: ['warning /mfaTrustedIps', 'note /mfaTrustedIps'],
    },
    {
      name: 'a policy that names them while there are none',
      tenant: tenant({ policies: [policy({ conditions: outside(MFA_TRUSTED_IPS_LOCATION_ID) })] }),
      says: ['warning /conditions/locations/excludeLocations/0'],
    },
    {
      name: 'a policy that names them while the list is not known',
      tenant: withoutTrustedIps(tenant({ policies: [policy({ conditions: outside(MFA_TRUSTED_IPS_LOCATION_ID) })] })),
      says: ['note /conditions/locations/excludeLocations/0'],
    },
    { name: 'none in use', tenant: tenant(), says: [] },
  ],
  GSA020: [
    {
      name: 'a policy that blocks everybody, an emergency access account among them',
      tenant: tenant({ policies: [policy({ conditions: everyone, controls: ['block'] })] }),
      says: ['error /conditions/users'],
    },
    {
      name: 'the same for legacy authentication only',
      tenant: tenant({
        policies: [policy({ conditions: { ...everyone, clientAppTypes: ['other'] }, controls: ['block'] })],
      }),
      says: ['warning /conditions/users'],
    },
    {
      name: 'the account excluded by a group inside a group',
      tenant: tenant({
        policies: [
          policy({ conditions: { users: { includeUsers: ['All'], excludeGroups: [id(5, 2)] } }, controls: ['block'] }),
        ],
        groups: [
          { id: id(5, 1), members: [EMERGENCY_ACCOUNT] },
          { id: id(5, 2), members: [id(5, 1)] },
        ],
      }),
      says: [],
    },
    {
      name: 'an exclusion by a group whose members are not known',
      tenant: tenant({
        policies: [
          policy({ conditions: { users: { includeUsers: ['All'], excludeGroups: [id(5, 1)] } }, controls: ['block'] }),
        ],
        groups: [{ id: id(5, 1) }],
      }),
      says: ['warning /conditions/users'],
    },
    {
      name: 'an account that a role includes',
      tenant: tenant({
        policies: [policy({ conditions: { users: { includeRoles: [id(7, 1)] } }, controls: ['block'] })],
        roleAssignments: [
          { principalId: EMERGENCY_ACCOUNT, roleDefinitionId: id(7, 1), directoryScopeId: '/', status: 'active' },
        ],
      }),
      says: ['error /conditions/users'],
    },
    {
      name: 'policies that ask for MFA, spare the account, block guests, or are disabled',
      tenant: tenant({
        policies: [
          policy({ id: id(2, 1), conditions: everyone }),
          policy({ id: id(2, 2), controls: ['block'] }),
          policy({
            id: id(2, 3),
            conditions: { users: { includeUsers: ['GuestsOrExternalUsers'] } },
            controls: ['block'],
          }),
          policy({ id: id(2, 4), state: 'disabled', conditions: everyone, controls: ['block'] }),
        ],
      }),
      says: [],
    },
  ],
  GSA021: [
    {
      name: 'a policy that blocks where no account is marked',
      tenant: tenant({ users: [{ id: EMERGENCY_ACCOUNT }], policies: [policy({ controls: ['block'] })] }),
      says: ['note /users'],
    },
    { name: 'one account marked', tenant: tenant({ policies: [policy({ controls: ['block'] })] }), says: [] },
    { name: 'no policy that blocks', tenant: tenant({ users: [], policies: [policy()] }), says: [] },
  ],
  GSA022: [
    {
      name: 'every sign-in of everyone is blocked',
      tenant: tenant({ policies: [policy({ conditions: everyone, controls: ['block'] })] }),
      says: ['error /conditions/users'],
    },
    {
      name: 'everyone is blocked, save in one application',
      tenant: tenant({
        policies: [
          policy({
            conditions: {
              ...everyone,
              applications: { includeApplications: ['All'], excludeApplications: [id(6, 1)] },
            },
            controls: ['block'],
          }),
        ],
      }),
      says: ['warning /conditions/users'],
    },
    {
      name: 'everyone outside one place is blocked',
      tenant: tenant({
        policies: [policy({ conditions: { ...everyone, ...outside(HQ) }, controls: ['block'] })],
        namedLocations: [hq],
      }),
      says: ['warning /conditions/users'],
    },
    {
      name: 'somebody excluded, named users only, guests only',
      tenant: tenant({
        policies: [
          policy({ id: id(2, 1), controls: ['block'] }),
          policy({ id: id(2, 2), conditions: { users: { includeUsers: [id(4, 7)] } }, controls: ['block'] }),
          policy({
            id: id(2, 3),
            conditions: { users: { includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } } },
            controls: ['block'],
          }),
        ],
      }),
      says: [],
    },
  ],
  GSA030: [
    {
      name: 'an exclusion of a location that does not exist',
      tenant: tenant({ policies: [policy({ conditions: outside(HQ, BRANCH) })], namedLocations: [hq] }),
      says: ['error /conditions/locations/excludeLocations/1'],
    },
    {
      name: 'the same in a disabled policy',
      tenant: tenant({ policies: [policy({ state: 'disabled', conditions: outside(BRANCH) })] }),
      says: ['note /conditions/locations/excludeLocations/0'],
    },
    {
      name: 'an id in other letters, words and well-known ids',
      tenant: tenant({
        policies: [
          policy({ id: id(2, 1), conditions: outside(HQ.toUpperCase(), 'AllTrusted', MFA_TRUSTED_IPS_LOCATION_ID) }),
          policy({ id: id(2, 2), conditions: outside(COMPLIANT_NETWORK_LOCATION_ID) }),
        ],
        namedLocations: [hq],
      }),
      says: [],
    },
    {
      name: 'an export that holds no locations',
      tenant: tenant({ policies: [policy({ conditions: outside(HQ) })] }),
      options: { notKnown: ['namedLocations'] },
      says: [],
    },
  ],
  GSA031: [
    { name: 'a location without a policy', tenant: tenant({ namedLocations: [hq] }), says: ['note '] },
    {
      name: 'locations used by id, by trust, or kept by Microsoft Entra ID',
      tenant: tenant({
        policies: [policy({ conditions: outside('AllTrusted', id(3, 9)) })],
        namedLocations: [hq, countries('NL'), COMPLIANT_NETWORK],
      }),
      says: [],
    },
  ],
  GSA032: [
    {
      name: 'the same ranges in another order and spelling, trusted and not',
      tenant: tenant({ namedLocations: [hq, branch(['2001:DB8:10::/48', '203.0.113.7/24'], false)] }),
      says: ['warning '],
    },
    {
      name: 'the same ranges, both trusted',
      tenant: tenant({ namedLocations: [hq, location({ id: BRANCH })] }),
      says: ['note '],
    },
    { name: 'different ranges', tenant: tenant({ namedLocations: [hq, branch(['203.0.113.0/24'])] }), says: [] },
  ],
  GSA033: [
    {
      name: 'a trusted and an untrusted location that share addresses',
      tenant: tenant({ namedLocations: [hq, branch(['198.51.100.0/24', '203.0.113.128/25'], false)] }),
      says: ['warning /ipRanges/0/cidrAddress'],
    },
    {
      name: 'two trusted locations that share addresses',
      tenant: tenant({ namedLocations: [hq, branch(['203.0.112.0/23'])] }),
      says: ['note /ipRanges/0/cidrAddress'],
    },
    {
      name: 'locations apart, and locations that hold the same',
      tenant: tenant({ namedLocations: [hq, branch(['203.0.112.0/24']), location({ id: id(3, 3) })] }),
      says: [],
    },
  ],
  GSA034: [
    {
      name: 'a range wider than /8, an IPv6 range wider than a provider, and a sum of many',
      tenant: tenant({
        namedLocations: [
          location({ id: id(3, 1), ranges: ['8.0.0.0/7'], isTrusted: false }),
          location({ id: id(3, 2), ranges: ['2a00::/16'] }),
          location({ id: id(3, 3), ranges: ['20.0.0.0/12', '52.0.0.0/24'] }),
        ],
      }),
      says: ['warning /ipRanges/0/cidrAddress', 'warning /ipRanges/0/cidrAddress', 'warning /ipRanges'],
    },
    {
      name: 'just as many addresses as a /12, some of them twice',
      tenant: tenant({ namedLocations: [location({ ranges: ['20.0.0.0/12', '20.0.0.0/24', '2001:db8::/32'] })] }),
      says: [],
    },
    {
      name: 'fewer addresses than the run allows',
      tenant: tenant({ namedLocations: [location({ ranges: ['203.0.113.0/24'] })] }),
      options: { widestIpv4: 256 },
      says: [],
    },
    {
      name: 'more addresses than the run allows',
      tenant: tenant({ namedLocations: [location({ ranges: ['203.0.113.0/24'], isTrusted: false })] }),
      options: { widestIpv4: 255 },
      says: ['note /ipRanges'],
    },
  ],
  GSA035: [
    {
      name: 'private, shared and local ranges',
      tenant: tenant({
        namedLocations: [location({ ranges: ['192.168.1.0/24', '203.0.113.0/24', '100.64.0.0/10', 'fd00::/8'] })],
      }),
      says: ['warning /ipRanges/0/cidrAddress', 'warning /ipRanges/2/cidrAddress', 'warning /ipRanges/3/cidrAddress'],
    },
    {
      name: 'public and documentation ranges, and one that is private in part only',
      tenant: tenant({ namedLocations: [location({ ranges: ['20.1.2.0/24', '198.51.100.0/24', '172.0.0.0/8'] })] }),
      says: [],
    },
  ],
  GSA036: [
    {
      name: 'texts that are no range',
      tenant: tenant({ namedLocations: [location({ ranges: ['<HQ range>', '203.0.113.5', '010.0.0.0/8'] })] }),
      says: ['error /ipRanges/0/cidrAddress', 'error /ipRanges/1/cidrAddress', 'error /ipRanges/2/cidrAddress'],
    },
    { name: 'ranges', tenant: tenant({ namedLocations: [hq] }), says: [] },
  ],
  GSA037: [
    {
      name: 'bits behind the prefix',
      tenant: tenant({ namedLocations: [location({ ranges: ['203.0.113.7/24', '2001:0:9d38:90d6::1/63'] })] }),
      says: ['note /ipRanges/0/cidrAddress', 'note /ipRanges/1/cidrAddress'],
    },
    { name: 'ranges by their first address', tenant: tenant({ namedLocations: [hq] }), says: [] },
  ],
  GSA038: [
    {
      name: 'an IPv4-only location that a policy excludes',
      tenant: tenant({ policies: [ipPolicy], namedLocations: [location({ ranges: ['203.0.113.0/24'] })] }),
      says: ['note /ipRanges'],
    },
    {
      name: 'the same where the log shows sign-ins over IPv6',
      tenant: tenant({ policies: [ipPolicy], namedLocations: [location({ ranges: ['203.0.113.0/24'] })] }),
      options: { ipv6SignIns: { signIns: 12, users: 3 } },
      says: ['warning /ipRanges'],
    },
    {
      name: 'a second location of the same policy with the IPv6 ranges',
      tenant: tenant({
        policies: [policy({ conditions: outside(HQ, BRANCH) })],
        namedLocations: [location({ ranges: ['203.0.113.0/24'] }), branch(['2001:db8:10::/48'])],
      }),
      says: [],
    },
    { name: 'both families', tenant: tenant({ policies: [ipPolicy], namedLocations: [hq] }), says: [] },
  ],
  GSA039: [
    {
      name: 'a location without ranges and one without countries',
      tenant: tenant({
        policies: [policy({ conditions: outside(HQ) })],
        namedLocations: [location({ ranges: [] }), countries()],
      }),
      says: ['warning /ipRanges', 'note /countriesAndRegions'],
    },
    { name: 'locations that hold something', tenant: tenant({ namedLocations: [hq, countries('NL')] }), says: [] },
  ],
  GSA040: [
    {
      name: 'no trusted location and no MFA trusted IPs',
      tenant: tenant({
        policies: [policy({ conditions: outside('AllTrusted') })],
        namedLocations: [location({ isTrusted: false })],
      }),
      says: ['warning /conditions/locations/excludeLocations/0'],
    },
    {
      name: 'a trusted location',
      tenant: tenant({ policies: [policy({ conditions: outside('AllTrusted') })], namedLocations: [hq] }),
      says: [],
    },
    {
      name: 'MFA trusted IPs',
      tenant: tenant({ policies: [policy({ conditions: outside('AllTrusted') })], mfaTrustedIps: ['198.51.100.0/24'] }),
      says: [],
    },
  ],
  GSA041: [
    {
      name: 'a location that a policy uses',
      tenant: tenant({
        policies: [policy({ conditions: outside(id(3, 9)) })],
        namedLocations: [{ ...countries('NL'), includeUnknownCountriesAndRegions: true } as NamedLocation],
      }),
      says: ['note /includeUnknownCountriesAndRegions'],
    },
    {
      name: 'known countries only',
      tenant: tenant({ policies: [policy({ conditions: outside(id(3, 9)) })], namedLocations: [countries('NL')] }),
      says: [],
    },
  ],
  GSA042: [
    {
      name: 'a location that a policy uses',
      tenant: tenant({
        policies: [policy({ conditions: outside(id(3, 9)) })],
        namedLocations: [{ ...countries('NL'), countryLookupMethod: 'authenticatorAppGps' } as NamedLocation],
      }),
      says: ['note /countryLookupMethod'],
    },
    {
      name: 'a lookup by address',
      tenant: tenant({ policies: [policy({ conditions: outside(id(3, 9)) })], namedLocations: [countries('NL')] }),
      says: [],
    },
  ],
  GSA050: [
    {
      name: 'trusted locations without trusted locations',
      tenant: tenant({
        policies: [
          policy({ conditions: { locations: { includeLocations: ['AllTrusted'], excludeLocations: ['AllTrusted'] } } }),
        ],
      }),
      says: ['warning /conditions/locations'],
    },
    {
      name: 'an included location inside the ranges of excluded ones',
      tenant: tenant({
        policies: [
          policy({ conditions: { locations: { includeLocations: [HQ], excludeLocations: [BRANCH, id(3, 3)] } } }),
        ],
        namedLocations: [
          location({ ranges: ['203.0.113.0/24'] }),
          branch(['203.0.113.0/25']),
          location({ id: id(3, 3), ranges: ['203.0.113.128/25'] }),
        ],
      }),
      says: ['warning /conditions/locations'],
    },
    {
      name: 'a trusted location without trusted locations, and countries without more countries',
      tenant: tenant({
        policies: [
          policy({
            id: id(2, 1),
            displayName: 'A',
            conditions: { locations: { includeLocations: [HQ], excludeLocations: ['AllTrusted'] } },
          }),
          policy({
            id: id(2, 2),
            displayName: 'B',
            conditions: { locations: { includeLocations: [id(3, 9)], excludeLocations: [id(3, 8)] } },
          }),
        ],
        namedLocations: [hq, countries('NL'), { ...countries('NL', 'BE'), id: id(3, 8) }],
      }),
      says: ['warning /conditions/locations', 'warning /conditions/locations'],
    },
    {
      name: 'exclusions without any included location',
      tenant: tenant({
        policies: [policy({ conditions: { locations: { excludeLocations: [HQ] } } })],
        namedLocations: [hq],
      }),
      says: ['warning /conditions/locations'],
    },
    {
      name: 'nobody, nothing, and everything excluded again',
      tenant: tenant({
        policies: [
          policy({ id: id(2, 1), displayName: 'A', conditions: { users: { includeUsers: ['None'] } } }),
          policy({ id: id(2, 2), displayName: 'B', conditions: { applications: { includeApplications: ['None'] } } }),
          policy({
            id: id(2, 4),
            displayName: 'D',
            conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: ['ios', 'android'] } },
          }),
          policy({
            id: id(2, 5),
            displayName: 'E',
            conditions: { users: { includeGroups: [id(5, 1)], excludeGroups: [id(5, 1)] } },
          }),
          policy({
            id: id(2, 6),
            displayName: 'F',
            conditions: { applications: { includeApplications: ['Office365'], excludeApplications: ['Office365'] } },
          }),
        ],
      }),
      says: [
        'warning /conditions/users',
        'warning /conditions/applications',
        'warning /conditions/platforms',
        'warning /conditions/users',
        'warning /conditions/applications',
      ],
    },
    {
      name: 'workloads, user actions, and exclusions that leave something',
      tenant: tenant({
        policies: [
          policy({
            id: id(2, 1),
            conditions: {
              users: { includeUsers: ['None'] },
              clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] },
            },
          }),
          policy({
            id: id(2, 2),
            conditions: {
              applications: { includeApplications: ['None'], includeUserActions: ['urn:user:registerdevice'] },
            },
          }),
          policy({
            id: id(2, 3),
            conditions: { locations: { includeLocations: ['AllTrusted'], excludeLocations: [HQ] } },
          }),
          policy({
            id: id(2, 4),
            conditions: { locations: { includeLocations: [HQ], excludeLocations: [BRANCH] } },
          }),
        ],
        namedLocations: [hq, branch(['203.0.113.0/25'])],
      }),
      says: [],
    },
    {
      name: 'an included location that an export without locations cannot show',
      tenant: tenant({ policies: [policy({ conditions: inside(HQ) })] }),
      options: { notKnown: ['namedLocations'] },
      says: [],
    },
  ],
  GSA051: [
    {
      name: 'no grant and no session control',
      tenant: tenant({ policies: [policy({ grantControls: { operator: 'OR', builtInControls: [] } })] }),
      says: ['warning /grantControls'],
    },
    {
      name: 'controls that an export lost, alone or beside others',
      tenant: tenant({
        policies: [
          policy({ id: id(2, 1), grantControls: { operator: null, builtInControls: null, termsOfUse: [id(8, 2)] } }),
          policy({ id: id(2, 2), grantControls: null, sessionControls: {} }),
          policy({
            id: id(2, 3),
            grantControls: { operator: 'OR', builtInControls: ['mfa'] },
            sessionControls: { secureSignInSession: {} },
          }),
        ],
      }),
      says: [
        'warning /grantControls/builtInControls',
        'warning /sessionControls',
        'warning /sessionControls/secureSignInSession',
      ],
    },
    {
      name: 'an authentication strength, terms of use, a session control',
      tenant: tenant({
        policies: [
          policy({ id: id(2, 1), grantControls: { authenticationStrength: { id: id(8, 1) } } }),
          policy({ id: id(2, 2), grantControls: { termsOfUse: [id(8, 2)] } }),
          policy({
            id: id(2, 3),
            grantControls: null,
            sessionControls: { signInFrequency: { isEnabled: true, value: 1, type: 'hours' } },
          }),
        ],
      }),
      says: [],
    },
  ],
  GSA052: [
    {
      name: 'a control that Graph does not have, and two controls without operator',
      tenant: tenant({
        policies: twins(
          { controls: ['compliantNetwork'] },
          { grantControls: { builtInControls: ['mfa', 'compliantDevice'] } },
        ),
      }),
      says: ['warning /grantControls/builtInControls/0', 'warning /grantControls/operator'],
    },
    {
      name: 'known controls in any case, and one control without operator',
      tenant: tenant({
        policies: twins(
          { grantControls: { operator: 'and', builtInControls: ['MFA', 'compliantDevice'] } },
          { grantControls: { builtInControls: ['mfa'] } },
        ),
      }),
      says: [],
    },
  ],
  GSA053: [
    {
      name: 'a state that is none of the three',
      tenant: tenant({ policies: [policy({ state: 'partiallyEnabled' })] }),
      says: ['warning /state'],
    },
    {
      name: 'a placeholder, an unknown client app type, and an exclusion of all locations',
      tenant: tenant({
        policies: [
          policy({
            conditions: {
              users: { includeUsers: ['All'], excludeGroups: ['<break-glass group>'] },
              clientAppTypes: ['none'],
              locations: { includeLocations: ['AllTrusted'], excludeLocations: ['All'] },
            },
          }),
        ],
      }),
      says: [
        'warning /conditions/clientAppTypes/0',
        'warning /conditions/locations/excludeLocations/0',
        'warning /conditions/users/excludeGroups/0',
      ],
    },
    {
      name: 'a device filter that cannot be read, with an unknown mode',
      tenant: tenant({
        policies: [
          policy({
            state: reportOnly,
            conditions: { devices: { deviceFilter: { mode: 'maybe', rule: 'device.isCompliant -eq' } } },
          }),
        ],
      }),
      says: ['note /conditions/devices/deviceFilter/mode', 'note /conditions/devices/deviceFilter/rule'],
    },
    {
      name: 'a location of a type that is not modelled',
      tenant: tenant({
        namedLocations: [
          { '@odata.type': '#microsoft.graph.serviceTagNamedLocation', id: id(3, 7), displayName: 'Tag' },
        ],
      }),
      says: ['note /@odata.type'],
    },
    {
      name: 'a placeholder among the agents that a policy is about',
      tenant: tenant({
        policies: [policy({ conditions: { clientApplications: { includeAgentIdServicePrincipals: ['<agent>'] } } })],
      }),
      says: ['warning /conditions/clientApplications/includeAgentIdServicePrincipals/0'],
    },
    {
      name: 'words of Graph for agents, which import knows as well',
      tenant: tenant({
        policies: [
          policy({
            conditions: {
              users: { includeUsers: ['AllAgentIdUsers'], excludeUsers: ['GuestsOrExternalUsers'] },
              applications: { includeApplications: ['AllAgentIdResources'] },
              clientApplications: { includeAgentIdServicePrincipals: ['All'] },
              agentIdRiskLevels: 'high',
            },
          }),
        ],
      }),
      says: [],
    },
    {
      name: 'words of Graph in any case, and ids of the tenant that are no GUIDs',
      tenant: tenant({
        users: [emergency('breakglass'), { id: 'alice' }],
        groups: [{ id: 'staff', members: [] }],
        policies: [
          policy({
            conditions: {
              users: { includeUsers: ['alice'], includeGroups: ['Staff'], excludeUsers: ['breakglass'] },
              clientAppTypes: ['All'],
              platforms: { includePlatforms: ['All'] },
              devices: { deviceFilter: { mode: 'include', rule: 'device.isCompliant -eq True' } },
            },
          }),
        ],
        namedLocations: [hq],
      }),
      says: [],
    },
  ],
  GSA054: [
    {
      name: 'preview members that are set',
      tenant: tenant({
        policies: [
          policy({
            conditions: { agentContext: 'any', agents: { includeAgentUsers: ['All'] }, times: null },
            sessionControls: { networkAccessSecurity: { isEnabled: true } },
          }),
        ],
      }),
      says: [
        'warning /conditions/agentContext',
        'warning /conditions/agents',
        'note /sessionControls/networkAccessSecurity',
      ],
    },
    {
      name: 'a member of the locations condition that nobody documents',
      tenant: tenant({
        policies: [policy({ conditions: { locations: { includeLocations: ['All'], ...unknownMember } } })],
      }),
      says: ['warning /conditions/locations/includeNetworks'],
    },
    {
      name: 'the id that Graph gives to grant controls',
      tenant: tenant({
        policies: [policy({ grantControls: { ...graphId, operator: 'OR', builtInControls: ['mfa'] } })],
      }),
      says: [],
    },
    {
      name: 'preview members that are not set, and annotations',
      tenant: tenant({
        policies: [
          policy({ conditions: { agents: null, times: [], 'users@odata.context': 'https://graph.microsoft.com' } }),
        ],
      }),
      says: [],
    },
  ],
  GSA055: [
    {
      name: 'a policy that asks for an approved client app',
      tenant: tenant({ policies: [policy({ controls: ['compliantApplication', 'approvedApplication'] })] }),
      says: ['warning /grantControls/builtInControls/1'],
    },
    {
      name: 'a policy that asks for app protection',
      tenant: tenant({ policies: [policy({ controls: ['compliantApplication'] })] }),
      says: [],
    },
  ],
  GSA056: [
    {
      name: 'two policies that say the same in another order',
      tenant: tenant({
        policies: twins(
          { conditions: { clientAppTypes: ['browser', 'other'], locations: null } },
          { conditions: { clientAppTypes: ['other', 'browser'], signInRiskLevels: [] } },
        ),
      }),
      says: ['warning '],
    },
    {
      name: 'two policies that say the same, one of them disabled',
      tenant: tenant({ policies: twins({ state: 'disabled' }, {}) }),
      says: ['note '],
    },
    {
      name: 'two policies for different client apps',
      tenant: tenant({
        policies: twins({ conditions: { clientAppTypes: ['browser'] } }, { conditions: { clientAppTypes: ['other'] } }),
      }),
      says: [],
    },
  ],
  GSA057: [
    {
      name: 'a report-only policy of two years ago',
      tenant: tenant({ policies: [policy({ state: reportOnly, modifiedDateTime: LONG_AGO })] }),
      says: ['warning /state'],
    },
    {
      name: 'the same known by its creation only',
      tenant: tenant({ policies: [policy({ state: reportOnly, createdDateTime: LONG_AGO, modifiedDateTime: null })] }),
      says: ['warning /state'],
    },
    {
      name: 'a recent one, and one without dates',
      tenant: tenant({
        policies: twins({ state: reportOnly }, { state: reportOnly, createdDateTime: null, modifiedDateTime: null }),
      }),
      says: [],
    },
  ],
  GSA058: [
    {
      name: 'a disabled policy of two years ago, and one without dates',
      tenant: tenant({
        policies: twins(
          { state: 'disabled', modifiedDateTime: LONG_AGO },
          { state: 'disabled', createdDateTime: null, modifiedDateTime: null },
        ),
      }),
      says: ['note /state', 'note /state'],
    },
    { name: 'one disabled a moment ago', tenant: tenant({ policies: [policy({ state: 'disabled' })] }), says: [] },
  ],
  GSA070: [
    {
      name: '196 policies',
      tenant: tenant({ policies: many(196, (n) => policy({ id: id(2, n) })) }),
      says: ['error /policies'],
    },
    {
      name: '190 policies',
      tenant: tenant({ policies: many(190, (n) => policy({ id: id(2, n) })) }),
      says: ['note /policies'],
    },
    { name: '175 policies', tenant: tenant({ policies: many(175, (n) => policy({ id: id(2, n) })) }), says: [] },
  ],
  GSA071: [
    {
      name: '196 locations',
      tenant: tenant({ namedLocations: many(196, (n) => location({ id: id(3, n) })) }),
      says: ['error /namedLocations'],
    },
    {
      name: '2,001 ranges in each of three locations',
      tenant: tenant({
        namedLocations: many(3, (n) =>
          location({ id: id(3, n), ranges: many(2001, (at) => `20.${n}.${at % 256}.${(at / 256) | 0}/32`) }),
        ),
      }),
      says: ['error /ipRanges', 'error /ipRanges', 'error /ipRanges', 'warning /namedLocations'],
    },
    { name: 'a few', tenant: tenant({ namedLocations: [hq] }), says: [] },
  ],
};

function many<T>(count: number, make: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at + 1));
}

function emergency(id: string) {
  return { id, userType: 'Member', isEmergencyAccess: true };
}

function withoutTrustedIps({ mfaTrustedIps: _, ...others }: Tenant): Tenant {
  return others;
}
