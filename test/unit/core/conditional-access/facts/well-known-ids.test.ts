import { expect, test } from 'vitest';
import {
  compileApplications,
  isGlobalSecureAccessResource,
} from '../../../../../src/core/conditional-access/facts/application-groups.ts';
import { findApplication } from '../../../../../src/core/conditional-access/facts/application-names.ts';
import { dependentServices } from '../../../../../src/core/conditional-access/facts/service-dependencies.ts';
import {
  AGENT_TOKEN_EXCHANGE,
  INTUNE,
  INTUNE_ENROLLMENT,
  SERVICE_MANAGEMENT_API,
} from '../../../../../src/core/conditional-access/facts/well-known-applications.ts';
import {
  COMPLIANT_NETWORK_LOCATION_ID,
  MFA_TRUSTED_IPS_LOCATION_ID,
} from '../../../../../src/core/graph/location-words.ts';
import { emptyTenant } from '../../../../../src/core/tenant/sample/sample.ts';

/** Ids that rules hang on, each as two independent public files have it. */
const IDS: readonly (readonly [id: string, what: string, one: string, other: string])[] = [
  [
    INTUNE_ENROLLMENT,
    'Microsoft Intune Enrollment',
    'CIS benchmark scripts',
    'Graph export with excludeApplications beside Intune',
  ],
  [
    INTUNE,
    'Microsoft Intune',
    'Graph export with excludeApplications beside Intune Enrollment',
    'lists of first-party applications',
  ],
  [
    'c08f52c9-8f03-4558-a0ea-9a4c878cf343',
    'Microsoft apps with Global Secure Access',
    'reference-resources-change.md',
    'zerotrustassessment reports',
  ],
  [
    '5dc48733-b5df-475c-a49b-fa307ef00853',
    'All internet resources with Global Secure Access',
    'reference-resources-change.md',
    'Graph tutorial on internet access',
  ],
  [
    'e92b9b37-1b47-4c01-9fbc-91d84450870e',
    'All private resources with Global Secure Access',
    'reference-resources-change.md',
    'Conditional Access documenter with portal texts',
  ],
  [
    AGENT_TOKEN_EXCHANGE,
    'AAD Token Exchange Endpoint',
    'tokens of managed identities in public write-ups',
    'tests of workload identity federation',
  ],
  [
    '507bc9da-c4e2-40cb-96a7-ac90df92685c',
    'Office365 Reports',
    'lists of first-party applications',
    'scripts on public clients',
  ],
  [
    '0af06dc6-e4b5-4f28-818e-e78e62d137a5',
    'Windows 365',
    'Windows 365 service principal documentation',
    'deployment scripts for dev boxes',
  ],
  [
    '22098786-6e16-43cc-a27d-191a01a1e3b5',
    'Microsoft To-Do client',
    'lists of first-party applications',
    'lists of family client ids',
  ],
  [
    '475226c6-020e-4fb2-8a90-7a972cbfc1d4',
    'PowerApps Service',
    'Power BI documentation',
    'Terraform modules for Power Platform',
  ],
  [
    SERVICE_MANAGEMENT_API,
    'Windows Azure Service Management API',
    'concept-conditional-access-cloud-apps.md',
    'Conditional Access documenters',
  ],
  [
    COMPLIANT_NETWORK_LOCATION_ID,
    'All Compliant Network locations',
    'compliantnetworknamedlocation-get',
    'powershell-break-glass.md',
  ],
  [MFA_TRUSTED_IPS_LOCATION_ID, 'MFA trusted IPs', 'Microsoft365DSC', 'DCToolbox'],
];

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test('every well-known id is a GUID in lower case, stands here once and has two sources', () => {
  expect(IDS.map(([id]) => id).filter((id) => !GUID.test(id))).toEqual([]);
  expect(new Set(IDS.map(([id]) => id)).size).toBe(IDS.length);
  expect(IDS.filter(([, , one, other]) => one === other)).toEqual([]);
});

test('the Intune Enrollment application is the one that Intune has, letter by letter', () => {
  expect(INTUNE_ENROLLMENT).toBe('d4ebce55-015a-49b5-a083-c84d1797ae8c');
  expect(INTUNE).toBe('0000000a-0000-0000-c000-000000000000');
});

test('services that others ask for are known by id', () => {
  const callers = [
    'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
    '22098786-6e16-43cc-a27d-191a01a1e3b5',
    '475226c6-020e-4fb2-8a90-7a972cbfc1d4',
  ];
  for (const appId of callers) expect([appId, dependentServices([{ appId }]).length > 0]).toEqual([appId, true]);
  expect(dependentServices([{ appId: '00000003-0000-0000-c000-000000000000' }])).toEqual([]);
});

test('the three resources of Global Secure Access are known by id, in any case, and no other id is', () => {
  const tenant = emptyTenant({ displayName: 'Contoso', now: '2026-01-15T09:00:00Z' });
  const catalog = compileApplications(tenant);
  const ids = IDS.map(([id]) => id).filter((id) => isGlobalSecureAccessResource({ appId: id.toUpperCase() }, catalog));
  expect(ids).toEqual(IDS.slice(2, 5).map(([id]) => id));
  expect(findApplication(tenant, INTUNE)).toEqual({ found: { appId: INTUNE, displayName: 'Microsoft Intune' } });
});
