import type { Group, RoleAssignment, ServicePrincipal, User } from '../directory.ts';
import { BUILT_IN_ROLES } from '../roles/built-in-roles.ts';

const userId = (number: number) => `a0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const groupId = (number: number) => `b0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const appId = (number: number) => `d0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const principalId = (number: number) => `e0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const CONTOSO = 'c0000000-0000-4000-8000-000000000001';
const FABRIKAM = 'c0000000-0000-4000-8000-000000000002';

/** Members by number; the roles are below. */
const MEMBERS = [
  'Megan Bowen',
  'Adele Vance',
  'Alex Wilber',
  'Isaiah Langer',
  'Diego Siciliani',
  'Lynne Robbins',
  'Nestor Wilke',
  'Henrietta Mueller',
  'Grady Archie',
  'Lee Gu',
  'Joni Sherman',
  'Pradeep Gupta',
  'Patti Fernandez',
  'Lidia Holloway',
  'Miriam Graham',
];

export const SAMPLE_USERS: readonly User[] = [
  ...MEMBERS.map((displayName, at): User => member(at + 1, displayName)),
  { ...member(16, 'Emergency Access 1'), isEmergencyAccess: true },
  { ...member(17, 'Emergency Access 2'), isEmergencyAccess: true },
  guest(18, 'Irvin Sayers'),
  guest(19, 'Allan Deyoung'),
];

const FINANCE_CONTROLLERS: Group = {
  id: groupId(3),
  displayName: 'Finance Controllers',
  members: [userId(12)],
};

const FINANCE: Group = {
  id: groupId(2),
  displayName: 'Finance',
  members: [userId(11), FINANCE_CONTROLLERS.id],
};

/** Ids that the sample's policies name. */
export const EMERGENCY_ACCESS_GROUP_ID = groupId(4);
export const FINANCE_GROUP_ID = FINANCE.id;
export const PILOT_GROUP_ID = groupId(5);
export const EXPENSES_APP_ID = appId(1);
export const PAYROLL_CONNECTOR_ID = principalId(2);
const EMERGENCY_ACCESS_USER_IDS: readonly string[] = [userId(16), userId(17)];

export const SAMPLE_GROUPS: readonly Group[] = [
  {
    id: groupId(1),
    displayName: 'Staff',
    members: [
      ...MEMBERS.map((_, at) => userId(at + 1)).filter((id) => id !== userId(11) && id !== userId(12)),
      FINANCE.id,
    ],
  },
  FINANCE,
  FINANCE_CONTROLLERS,
  { id: EMERGENCY_ACCESS_GROUP_ID, displayName: 'Emergency Access', members: EMERGENCY_ACCESS_USER_IDS },
  { id: PILOT_GROUP_ID, displayName: 'Compliant Network Pilot', members: [userId(14), userId(15)] },
];

export const SAMPLE_ROLE_ASSIGNMENTS: readonly RoleAssignment[] = [
  assignment(1, 'Global Administrator'),
  assignment(2, 'Global Secure Access Administrator'),
  assignment(3, 'Conditional Access Administrator'),
  assignment(4, 'Security Administrator'),
  assignment(5, 'Security Reader'),
  assignment(6, 'Reports Reader'),
  assignment(7, 'Global Reader'),
  assignment(8, 'Global Secure Access Log Reader'),
  assignment(9, 'Helpdesk Administrator'),
  assignment(10, 'Conditional Access Administrator', 'eligible'),
  assignment(16, 'Global Administrator'),
  assignment(17, 'Global Administrator'),
].flat();

export const SAMPLE_SERVICE_PRINCIPALS: readonly ServicePrincipal[] = [
  {
    id: principalId(1),
    appId: EXPENSES_APP_ID,
    displayName: 'Contoso Expenses',
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: CONTOSO,
    signInAudience: 'AzureADMyOrg',
  },
  {
    id: PAYROLL_CONNECTOR_ID,
    appId: appId(2),
    displayName: 'Payroll Connector',
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: CONTOSO,
    signInAudience: 'AzureADMyOrg',
  },
  {
    id: principalId(3),
    appId: appId(3),
    displayName: 'Fabrikam CRM',
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: FABRIKAM,
    signInAudience: 'AzureADMultipleOrgs',
  },
];

function member(number: number, displayName: string): User {
  return {
    id: userId(number),
    userPrincipalName: `${displayName.toLowerCase().replaceAll(' ', '.')}@contoso.com`,
    displayName,
    userType: 'Member',
    externalUserType: 'none',
    homeTenantId: CONTOSO,
    accountEnabled: true,
  };
}

function guest(number: number, displayName: string): User {
  const alias = displayName.toLowerCase().replaceAll(' ', '.');
  return {
    id: userId(number),
    userPrincipalName: `${alias}_fabrikam.com#EXT#@contoso.onmicrosoft.com`,
    displayName,
    userType: 'Guest',
    externalUserType: 'b2bCollaborationGuest',
    homeTenantId: FABRIKAM,
    accountEnabled: true,
  };
}

function assignment(number: number, name: string, status: RoleAssignment['status'] = 'active'): RoleAssignment[] {
  return BUILT_IN_ROLES.filter(({ displayName }) => displayName === name).map(({ templateId }) => ({
    principalId: userId(number),
    roleDefinitionId: templateId,
    directoryScopeId: '/',
    status,
  }));
}
