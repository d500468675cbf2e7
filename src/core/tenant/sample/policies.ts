import { COMPLIANT_NETWORK_LOCATION_ID } from '../../graph/location-words.ts';
import type { PolicyState } from '../../graph/words.ts';
import type { ConditionalAccessPolicy, ConditionSet, GrantControls, SessionControls } from '../policy.ts';
import { BUILT_IN_ROLES } from '../roles/built-in-roles.ts';
import {
  EMERGENCY_ACCESS_GROUP_ID,
  EXPENSES_APP_ID,
  FINANCE_GROUP_ID,
  PAYROLL_CONNECTOR_ID,
  PILOT_GROUP_ID,
} from './directory.ts';
import { BLOCKED_COUNTRIES_ID, COUNTRIES_WE_WORK_IN_ID, HEADQUARTERS_ID, VISITOR_NETWORK_ID } from './locations.ts';

const SHAREPOINT = '00000003-0000-0ff1-ce00-000000000000';
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000';

interface SamplePolicy {
  readonly displayName: string;
  readonly state?: PolicyState;
  readonly users?: ConditionSet['users'];
  readonly applications?: readonly string[];
  readonly conditions?: ConditionSet;
  readonly grant?: readonly string[];
  readonly session?: SessionControls;
}

const EMERGENCY = { excludeGroups: [EMERGENCY_ACCESS_GROUP_ID] };
const EVERYONE = { includeUsers: ['All'], ...EMERGENCY };
const FINANCE = { includeGroups: [FINANCE_GROUP_ID], ...EMERGENCY };

const outside = (...excludeLocations: string[]): ConditionSet => ({
  locations: { includeLocations: ['All'], excludeLocations },
});

const inside = (...includeLocations: string[]): ConditionSet => ({
  locations: { includeLocations, excludeLocations: [] },
});

const ADMINISTRATORS = [
  'Conditional Access Administrator',
  'Global Administrator',
  'Global Secure Access Administrator',
  'Security Administrator',
].flatMap((name) =>
  BUILT_IN_ROLES.filter(({ displayName }) => displayName === name).map(({ templateId }) => templateId),
);

const SAMPLE: readonly SamplePolicy[] = [
  {
    displayName: 'CA001 Require MFA for administrators',
    users: { includeRoles: ADMINISTRATORS, ...EMERGENCY },
    grant: ['mfa'],
  },
  {
    displayName: 'CA002 Block legacy authentication',
    conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] },
    grant: ['block'],
  },
  {
    displayName: 'CA003 Block Finance outside trusted locations',
    users: FINANCE,
    conditions: outside('AllTrusted'),
    grant: ['block'],
  },
  {
    displayName: 'CA004 Require MFA outside trusted locations',
    conditions: outside('AllTrusted'),
    grant: ['mfa'],
  },
  {
    displayName: 'CA005 Block sign-ins from countries we do not work in',
    conditions: outside(COUNTRIES_WE_WORK_IN_ID),
    grant: ['block'],
  },
  {
    displayName: 'CA006 Block blocked countries',
    conditions: inside(BLOCKED_COUNTRIES_ID),
    grant: ['block'],
  },
  {
    displayName: 'CA007 Require the compliant network for Contoso Expenses',
    users: { includeGroups: [PILOT_GROUP_ID], ...EMERGENCY },
    applications: [EXPENSES_APP_ID],
    conditions: outside(COMPLIANT_NETWORK_LOCATION_ID),
    grant: ['block'],
  },
  {
    displayName: 'CA008 Require a compliant device for SharePoint outside headquarters',
    applications: [SHAREPOINT],
    conditions: outside(HEADQUARTERS_ID),
    grant: ['compliantDevice'],
  },
  {
    displayName: 'CA009 Limit browser sessions outside trusted locations',
    conditions: { ...outside('AllTrusted'), clientAppTypes: ['browser'] },
    session: {
      signInFrequency: {
        isEnabled: true,
        value: 4,
        type: 'hours',
        frequencyInterval: 'timeBased',
        authenticationType: 'primaryAndSecondaryAuthentication',
      },
      persistentBrowser: { isEnabled: true, mode: 'never' },
    },
  },
  {
    displayName: 'CA010 Block Finance from the visitor network',
    users: FINANCE,
    conditions: inside(VISITOR_NETWORK_ID),
    grant: ['block'],
  },
  {
    displayName: 'CA011 Require MFA for guests',
    users: {
      includeGuestsOrExternalUsers: {
        guestOrExternalUserTypes: 'internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser',
        externalTenants: { membershipKind: 'all' },
      },
      ...EMERGENCY,
    },
    grant: ['mfa'],
  },
  {
    displayName: 'CA012 Block Payroll Connector outside headquarters',
    users: { includeUsers: ['None'] },
    conditions: {
      ...outside(HEADQUARTERS_ID),
      clientApplications: { includeServicePrincipals: [PAYROLL_CONNECTOR_ID], excludeServicePrincipals: [] },
    },
    grant: ['block'],
  },
  {
    displayName: 'CA013 Block Exchange Online outside trusted locations',
    state: 'enabledForReportingButNotEnforced',
    applications: [EXCHANGE],
    conditions: outside('AllTrusted'),
    grant: ['block'],
  },
  {
    displayName: 'CA014 Block everything outside headquarters',
    state: 'disabled',
    conditions: outside(HEADQUARTERS_ID),
    grant: ['block'],
  },
];

export const SAMPLE_POLICIES: readonly ConditionalAccessPolicy[] = SAMPLE.map(samplePolicy);

function samplePolicy(
  {
    displayName,
    state = 'enabled',
    users = EVERYONE,
    applications = ['All'],
    conditions,
    grant,
    session,
  }: SamplePolicy,
  at: number,
): ConditionalAccessPolicy {
  const grantControls: GrantControls | null =
    grant === undefined
      ? null
      : { operator: 'OR', builtInControls: grant, customAuthenticationFactors: [], termsOfUse: [] };
  return {
    id: `20000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`,
    displayName,
    state,
    createdDateTime: '2025-09-15T09:30:00Z',
    modifiedDateTime: '2025-09-15T09:30:00Z',
    conditions: {
      clientAppTypes: ['all'],
      signInRiskLevels: [],
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      applications: { includeApplications: applications, excludeApplications: [], includeUserActions: [] },
      users,
      ...conditions,
    },
    grantControls,
    sessionControls: session ?? null,
  };
}
