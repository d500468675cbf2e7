import type { ExternalUserType } from '../../../core/graph/words.ts';
import type { Identity } from '../../../core/signaling/attempt.ts';
import { isMembers, textOf } from './members.ts';
import type { PartOf } from './record-part.ts';
import { tenantIn } from './tenant-in.ts';

const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Members that say who signed in. */
export const IDENTITY_MEMBERS = [
  'servicePrincipalId',
  'userId',
  'userPrincipalName',
  'signInEventTypes',
  'appId',
  'managedServiceIdentity',
  'managedIdentityType',
  'userType',
  'homeTenantId',
  'resourceTenantId',
  'crossTenantAccessType',
  'agent',
  'isInteractive',
] as const;

type IdentityRecord = PartOf<typeof IDENTITY_MEMBERS>;
type UserIdentity = Extract<Identity, { kind: 'user' }>;

/** Members that say how a sign-in came about. Of who it was they say no more than {@link subjectSaid}, and whether no agent is meant. */
export const KIND_MEMBERS = ['signInEventTypes', 'isInteractive'] as const;

/** What the event types say of who signs in. */
export type SubjectSaid = 'managedIdentity' | 'servicePrincipal' | 'user' | 'nothing';

export function subjectSaid({ signInEventTypes }: PartOf<typeof KIND_MEMBERS>): SubjectSaid {
  let said: SubjectSaid = 'nothing';
  for (const type of signInEventTypes ?? []) {
    const subject = SUBJECTS.get(type) ?? SUBJECTS.get(type.toLowerCase());
    if (subject === 'managedIdentity') return subject;
    if (subject !== undefined && said !== 'servicePrincipal') said = subject;
  }
  return said;
}

/** Who signs in by the event type, as Graph writes it and in lower case; any other word says nothing. */
const SUBJECTS: ReadonlyMap<string, Exclude<SubjectSaid, 'nothing'>> = new Map([
  ...(['interactiveUser', 'interactiveuser', 'nonInteractiveUser', 'noninteractiveuser'] as const).map(
    (type) => [type, 'user'] as const,
  ),
  ...(['servicePrincipal', 'serviceprincipal'] as const).map((type) => [type, 'servicePrincipal'] as const),
  ...(['managedIdentity', 'managedidentity'] as const).map((type) => [type, 'managedIdentity'] as const),
]);

/** The identity that signed in. A user's record may name the client's service principal too, so the event type is asked first. */
export function identityOf(record: IdentityRecord): Identity {
  const servicePrincipalId = idOf(record.servicePrincipalId);
  const userId = idOf(record.userId);
  const userPrincipalName = textOf(record.userPrincipalName);
  const said = subjectSaid(record);
  if (said === 'managedIdentity' || isManaged(record)) {
    return { kind: 'managedIdentity', servicePrincipalId, appId: textOf(record.appId) };
  }
  const isAgent = isAgentIn(record);
  const isUser = userId !== undefined || userPrincipalName !== undefined;
  if (said === 'servicePrincipal' || (said === 'nothing' && !isUser && servicePrincipalId !== undefined)) {
    return { kind: 'servicePrincipal', servicePrincipalId, appId: textOf(record.appId), ...agentSaid({ isAgent }) };
  }
  const externalUserType = externalUserTypeOf(record);
  return {
    kind: 'user',
    userId,
    userPrincipalName,
    externalUserType,
    homeTenantId: tenantIn(record['homeTenantId']),
    ...(externalUserType === undefined ? originOf(record) : {}),
    ...agentSaid({ isAgent: isAgent ?? (isPersonally(record) ? false : undefined) }),
  };
}

/** Subjects of a token that are agents themselves: their accounts and their identities (G-AGENT; both spellings occur). */
const AGENT_SUBJECTS: ReadonlySet<string> = new Set([
  'agentiduser',
  'agentuser',
  'agenticappinstance',
  'agentidentity',
]);

/**
 * Whether the record says that an agent signs in (Graph's `agent`); `undefined`: it says nothing. A person for whom an agent
 * asks is the subject and is none.
 */
function isAgentIn(record: IdentityRecord): boolean | undefined {
  const { agent } = record;
  if (!isMembers(agent)) return undefined;
  const subject = (textOf(agent['agentSubjectType']) ?? textOf(agent['agentType']))?.toLowerCase();
  if (subject === 'notagentic') return false;
  return subject !== undefined && AGENT_SUBJECTS.has(subject) ? true : undefined;
}

/** The account of an agent has no password and no screen (AGENT), and it belongs to this tenant. */
function isPersonally({ isInteractive, signInEventTypes, userType }: IdentityRecord): boolean {
  const isSaid = signInEventTypes?.some((type) => type.toLowerCase() === 'interactiveuser') === true;
  return isInteractive === true || isSaid || userType === 'guest';
}

function agentSaid(members: { readonly isAgent: boolean | undefined }): { readonly isAgent?: boolean } {
  return members.isAgent === undefined ? {} : { isAgent: members.isAgent };
}

/** Graph's `msiType`: any other word says nothing of a managed identity. */
const MANAGED: ReadonlySet<string> = new Set(['userassigned', 'systemassigned']);

function isManaged(record: IdentityRecord): boolean {
  const identity = record['managedServiceIdentity'];
  const type = isMembers(identity) ? identity['msiType'] : record['managedIdentityType'];
  return typeof type === 'string' && MANAGED.has(type.toLowerCase());
}

/**
 * The tenant that a user belongs to is its own in most records; where two ids differ, the user comes from outside. Whether an
 * account of this tenant is a guest's is in `userType` alone (D-B2B: an internal guest is a local account of the type guest).
 */
function externalUserTypeOf(record: IdentityRecord): ExternalUserType | undefined {
  const { userType } = record;
  const sameTenant = isOfOneTenant(record);
  switch (accessOf(record)) {
    case 'none':
      if (sameTenant !== false) return typeHere(userType);
      return userType === 'guest' ? 'b2bCollaborationGuest' : undefined;
    case 'b2bcollaboration':
      if (userType === 'guest') return 'b2bCollaborationGuest';
      return userType === 'member' ? 'b2bCollaborationMember' : undefined;
    case 'b2bdirectconnect':
      return 'b2bDirectConnectUser';
    case 'serviceprovider':
      return 'serviceProvider';
    case 'microsoftsupport':
      return 'otherExternalUser';
    default:
      // v1.0 has neither the access type nor the user type. `passthrough` and values to come are not guessed.
      return isOfThisTenant(record) ? typeHere(userType) : undefined;
  }
}

/** The kind of a person whose account is this tenant's. */
function typeHere(userType: IdentityRecord['userType']): ExternalUserType | undefined {
  if (userType === 'guest') return 'internalGuest';
  return userType === 'member' ? 'none' : undefined;
}

/** What a record that does not tell the kind of person says of where the account is. */
function originOf(record: IdentityRecord): Pick<UserIdentity, 'mayBeFromElsewhere' | 'isOfThisTenant'> {
  if (isOfThisTenant(record)) return { isOfThisTenant: true };
  return speaksOfElsewhere(record) ? { mayBeFromElsewhere: true } : {};
}

/** Whether the record says that no tenant was crossed: in a word, or where there is none by both tenants. */
function isOfThisTenant(record: IdentityRecord): boolean {
  const access = accessOf(record);
  const sameTenant = isOfOneTenant(record);
  return access === 'none' ? sameTenant !== false : access === undefined && sameTenant === true;
}

/**
 * Whether a record that does not tell the kind of person says something that a member's does not: that tenants were crossed, in
 * words of any kind, a home that nothing shows to be this tenant, or what only guests have. One that says nothing of all this is
 * taken for a member's: no record of v1.0 does.
 */
function speaksOfElsewhere(record: IdentityRecord): boolean {
  const access = accessOf(record);
  const sameTenant = isOfOneTenant(record);
  if (access !== undefined && access !== 'none') return true;
  if (sameTenant !== undefined) return !sameTenant;
  const isNamedExternal = textOf(record.userPrincipalName)?.toLowerCase().includes('#ext#') === true;
  return idOf(record['homeTenantId']) !== undefined || record.userType === 'guest' || isNamedExternal;
}

/** How tenants were crossed, in lower case. */
function accessOf(record: IdentityRecord): string | undefined {
  return textOf(record['crossTenantAccessType'])?.toLowerCase();
}

/** Whether the tenant of the person is the one that has the resource; `undefined`: the record lacks either. */
function isOfOneTenant(record: IdentityRecord): boolean | undefined {
  const home = tenantIn(record['homeTenantId']);
  const resource = tenantIn(record['resourceTenantId']);
  return home === undefined || resource === undefined ? undefined : home === resource;
}

/** An id of zeros is how Log Analytics writes none. */
function idOf(value: unknown): string | undefined {
  const id = textOf(value);
  return id === NO_ID ? undefined : id;
}
