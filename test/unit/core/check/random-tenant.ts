import fc from 'fast-check';
import {
  COMPLIANT_NETWORK_LOCATION_ID,
  MFA_TRUSTED_IPS_LOCATION_ID,
} from '../../../../src/core/graph/location-words.ts';
import type { NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { id, LONG_AGO, RECENT } from './tenants.ts';

/** Tenants of a few of everything, so that references meet; with odd words and texts among the sound ones. */

const someOf = (...values: string[]) =>
  fc.option(fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...values) }, fc.string()), { maxLength: 3 }), {
    nil: null,
  });
const mostly = (usual: string[], ...values: string[]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(usual) }, someOf(...values));

export const users = [id(4, 1), id(4, 2)];
const groups = [id(5, 1), id(5, 2), id(5, 3)];
const locationIds = [id(3, 1), id(3, 2), id(3, 3)];
const places = someOf('All', 'AllTrusted', ...locationIds, COMPLIANT_NETWORK_LOCATION_ID, MFA_TRUSTED_IPS_LOCATION_ID);
const name = fc.string({ unit: 'grapheme', maxLength: 12 });
const date = fc.constantFrom(RECENT, LONG_AGO, 'yesterday', null);
const ranges = fc.constantFrom(
  ...['203.0.113.0/24', '203.0.113.7/25', '10.0.0.0/8', '0.0.0.0/0', '::/0', '2001:db8::/32', '6.6.6.0/24'],
  ...['151.206.0.0/16', 'x', '', '1.2.3.4', '::ffff:1.2.3.0/120'],
);

const policy = fc.record({
  displayName: name,
  state: fc.constantFrom('enabled', 'disabled', 'enabledForReportingButNotEnforced', 'partiallyEnabled', ''),
  createdDateTime: date,
  modifiedDateTime: date,
  conditions: fc.record(
    {
      users: fc.record({
        includeUsers: mostly(['All'], 'All', 'None', 'GuestsOrExternalUsers', ...users),
        excludeUsers: someOf('GuestsOrExternalUsers', ...users),
        includeGroups: someOf(...groups),
        excludeGroups: someOf(...groups),
        includeRoles: someOf(id(7, 1)),
        excludeRoles: someOf(id(7, 1)),
      }),
      applications: fc.record({
        includeApplications: mostly(['All'], 'All', 'None', 'Office365', id(6, 1)),
        excludeApplications: someOf('Office365', id(6, 1)),
      }),
      clientAppTypes: someOf('all', 'browser', 'other', 'none'),
      platforms: fc.record({ includePlatforms: someOf('all', 'iOS'), excludePlatforms: someOf('iOS', 'all') }),
      locations: fc.record({ includeLocations: fc.oneof(fc.constant(['All']), places), excludeLocations: places }),
      insiderRiskLevels: fc.constantFrom('minor,elevated', '', null),
      devices: fc.record({ deviceFilter: fc.record({ mode: fc.constantFrom('include', 'x'), rule: fc.string() }) }),
      agents: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
  grantControls: fc.option(
    fc.record({
      operator: fc.constantFrom('AND', 'OR', null, 'XOR'),
      builtInControls: someOf('block', 'mfa', 'compliantDevice', 'approvedApplication'),
    }),
  ),
  sessionControls: fc.option(
    fc.record({ continuousAccessEvaluation: fc.record({ mode: fc.constantFrom('strictLocation', 'disabled') }) }),
  ),
});

const location = fc.oneof(
  fc.record({
    '@odata.type': fc.constant('#microsoft.graph.ipNamedLocation'),
    displayName: name,
    isTrusted: fc.boolean(),
    ipRanges: fc.array(fc.record({ cidrAddress: ranges }, { requiredKeys: [] }), { maxLength: 4 }),
  }),
  fc.record({
    '@odata.type': fc.constantFrom('#microsoft.graph.countryNamedLocation', '#microsoft.graph.serviceTagNamedLocation'),
    displayName: name,
    countriesAndRegions: fc.array(fc.constantFrom('NL', 'be', '??'), { maxLength: 2 }),
    includeUnknownCountriesAndRegions: fc.boolean(),
  }),
);

export const tenants: fc.Arbitrary<Tenant> = fc.record(
  {
    tenantId: fc.constant(id(1, 1)),
    displayName: name,
    createdDateTime: fc.constantFrom('2025-01-01T00:00:00Z', '2025-09-01T00:00:00Z', 'long ago'),
    policies: fc
      .array(policy, { maxLength: 4 })
      .map((list): ConditionalAccessPolicy[] => list.map((item, at) => ({ ...item, id: id(2, at) }))),
    namedLocations: fc
      .array(location, { maxLength: 4 })
      .map((list): NamedLocation[] => list.map((item, at) => ({ ...item, id: id(3, at) }))),
    deletedItems: fc.constant({ policies: [], namedLocations: [] }),
    mfaTrustedIps: fc.array(ranges, { maxLength: 3 }),
    users: fc.constant(users.map((user, at) => ({ id: user, isEmergencyAccess: at === 0 }))),
    groups: fc.constant([
      { id: id(5, 1), members: [id(4, 1), id(5, 2)] },
      { id: id(5, 2), members: [id(5, 1)] },
    ]),
    globalSecureAccess: fc.record(
      {
        conditionalAccess: fc.record({ signalingStatus: fc.constantFrom('enabled', 'disabled') }),
        onboardingStatus: fc.constantFrom('onboarded', 'offboarded', 'onboardingInProgress'),
        egressRanges: fc.array(ranges, { maxLength: 2 }),
      },
      { requiredKeys: ['conditionalAccess'] },
    ),
    settings: fc.constant({}),
  },
  {
    requiredKeys: [
      ...(['tenantId', 'displayName', 'createdDateTime', 'policies', 'namedLocations'] as const),
      ...(['deletedItems', 'globalSecureAccess', 'settings'] as const),
    ],
  },
);
