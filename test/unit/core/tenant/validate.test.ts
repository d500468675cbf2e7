import { describe, expect, test } from 'vitest';
import type { NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../../../src/core/tenant/policy.ts';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { validateTenant } from '../../../../src/core/tenant/validate.ts';

const tenant: Tenant = { ...sampleTenant(), policies: [], namedLocations: [] };

const problems = (changed: Partial<Tenant>) =>
  validateTenant({ ...tenant, ...changed }).map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);

function ranges(...texts: string[]): NamedLocation {
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: 'location',
    displayName: 'Location',
    ipRanges: texts.map((cidrAddress) => ({ cidrAddress })),
  } as NamedLocation;
}

function policy(members: Partial<ConditionalAccessPolicy>): ConditionalAccessPolicy {
  return { id: 'policy', displayName: 'Policy', state: 'enabled', conditions: {}, ...members };
}

describe('a tenant is told of', () => {
  test('nothing, when nothing is wrong', () => {
    expect(problems({})).toEqual([]);
  });

  test('a creation date that is none', () => {
    expect(problems({ createdDateTime: 'last spring' })).toEqual(['error notADate /createdDateTime']);
  });

  test('egress ranges that are none', () => {
    const globalSecureAccess = { ...tenant.globalSecureAccess, egressRanges: ['128.94.0.0/19', 'everything'] };
    expect(problems({ globalSecureAccess })).toEqual(['error badRange /globalSecureAccess/egressRanges/1']);
  });

  test('two items of one id, however it is written', () => {
    expect(problems({ users: [{ id: 'a' }, { id: 'b' }, { id: 'A' }] })).toEqual(['error duplicateId /users/2']);
    expect(problems({ policies: [policy({}), policy({ displayName: 'Other' })] })).toEqual([
      'error duplicateId /policies/1',
    ]);
  });

  test('locations that a policy names and the tenant lacks, but not the special ones', () => {
    const conditions = {
      locations: {
        includeLocations: ['All', 'alltrusted', '00000000-0000-0000-0000-000000000000'],
        excludeLocations: ['gone', '3d46dbda-8382-466a-856d-eb00cbc6b910'],
      },
    };
    expect(validateTenant({ ...tenant, policies: [policy({ conditions })] })).toEqual([
      {
        severity: 'warning',
        code: 'danglingLocation',
        pointer: '/policies/0/conditions/locations',
        message: '`Policy` names the named location `gone`, which the tenant does not hold',
      },
      {
        severity: 'warning',
        code: 'danglingLocation',
        pointer: '/policies/0/conditions/locations',
        message: '`Policy` names the compliant network location, which the tenant does not hold',
      },
    ]);
  });

  test('values that Graph does not know, each by its place', () => {
    const odd = policy({
      state: 'partiallyEnabled',
      conditions: {
        clientAppTypes: ['All', 'telepathy'],
        platforms: { includePlatforms: ['all'], excludePlatforms: ['beos'] },
        signInRiskLevels: ['high', 'extreme'],
        insiderRiskLevels: 'moderate,grave',
        authenticationFlows: { transferMethods: 'deviceCodeFlow' },
        users: { includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest,ghost' } },
        applications: { includeUserActions: ['urn:user:accountrecovery'] },
      },
      grantControls: { operator: 'or', builtInControls: ['mfa', 'compliantNetwork'] },
    });
    expect(problems({ policies: [odd] })).toEqual([
      'warning unknownValue /policies/0/state',
      'warning unknownValue /policies/0/conditions/clientAppTypes/1',
      'warning unknownValue /policies/0/conditions/users/includeGuestsOrExternalUsers/guestOrExternalUserTypes',
      'warning unknownValue /policies/0/conditions/applications/includeUserActions/0',
      'warning unknownValue /policies/0/conditions/platforms/excludePlatforms/0',
      'warning unknownValue /policies/0/conditions/signInRiskLevels/1',
      'warning unknownValue /policies/0/conditions/insiderRiskLevels',
      'warning unknownValue /policies/0/grantControls/builtInControls/1',
    ]);
  });

  test.each([
    ['203.0.113.77/24', 'note hostBits'],
    ['16.0.0.0/7', 'warning wideRange'],
    ['10.0.0.0/8', 'warning privateRange'],
    ['100.64.0.0/10', 'warning privateRange'],
    ['fd00::/8', 'warning privateRange'],
    ['203.0.113.5', 'error badRange'],
    ['office', 'error badRange'],
  ])('the range %s: %s', (text, expected) => {
    expect(problems({ namedLocations: [ranges('203.0.113.0/24', text)] })).toEqual([
      `${expected} /namedLocations/0/ipRanges/1`,
    ]);
  });

  test('country codes that are none and kinds of location that nobody knows', () => {
    const countries = {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id: 'countries',
      displayName: 'Countries',
      countriesAndRegions: ['NL', 'Belgium'],
    };
    const other = { '@odata.type': '#microsoft.graph.serviceTagNamedLocation', id: 'other', displayName: 'Other' };
    expect(problems({ namedLocations: [countries, other] })).toEqual([
      'warning badCountry /namedLocations/0/countriesAndRegions/1',
      'note unknownLocationType /namedLocations/1',
    ]);
  });

  test('limits that are passed, and only then', () => {
    const policies = (count: number) => Array.from({ length: count }, (_, at) => policy({ id: `p${at}` }));
    const locations = (count: number) => Array.from({ length: count }, (_, at) => ({ ...ranges(), id: `l${at}` }));
    const many = (count: number) => Array<string>(count).fill('203.0.113.0/24');
    expect(problems({ policies: policies(195), namedLocations: locations(195), mfaTrustedIps: many(50) })).toEqual([]);
    expect(problems({ policies: policies(196) })).toEqual(['warning overLimit /policies']);
    expect(problems({ namedLocations: locations(196) })).toEqual(['warning overLimit /namedLocations']);
    expect(problems({ namedLocations: [ranges(...many(2000))] })).toEqual([]);
    expect(problems({ namedLocations: [ranges(...many(2001))] })).toEqual([
      'warning overLimit /namedLocations/0/ipRanges',
    ]);
    expect(problems({ mfaTrustedIps: many(51) })).toEqual(['warning overLimit /mfaTrustedIps']);
  });

  test('MFA trusted IPs over IPv6', () => {
    expect(problems({ mfaTrustedIps: ['2001:db8::/32'] })).toEqual(['warning ipv6TrustedIp /mfaTrustedIps/0']);
  });
});
