import type { RoleAssignment } from '../../core/tenant/directory.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject } from '../json/value.ts';
import { kindOf } from './kind.ts';
import { lookUp, memberOf } from './member-names.ts';

/**
 * What a member of a group or the holder of a role is, in Graph's words such as `#microsoft.graph.user`; `undefined`: it does not say.
 * Graph writes the type of each `directoryObject`, the older modules of PowerShell have a member for it (`ObjectType` of AzureAD,
 * `GroupMemberType` of MSOnline), and exporters that keep neither leave members that only one kind has.
 */
export function typeOfMember(value: JsonObject): string | undefined {
  const type = memberOf(value, '@odata.type');
  if (typeof type === 'string') return OF_ANY_KIND.test(type) ? undefined : type;
  const has = lookUp(value);
  const word = has('objectType') ?? has('groupMemberType');
  if (typeof word === 'string') return TYPES.get(word.toLowerCase());
  if (typeof has('deviceId') === 'string') return TYPES.get('device');
  const kind = kindOf(value, '');
  return typeof kind === 'string' ? TYPES.get(kind) : undefined;
}

/** Whether it is a group; `undefined`: it does not say. */
export function isGroupMember(value: JsonObject): boolean | undefined {
  const type = typeOfMember(value);
  return type === undefined ? undefined : /^#?microsoft\.graph\.group$/i.test(type);
}

/** Who holds a role, with the type in the shape that Graph gives a principal, where the member says it. */
export function holderOf(principalId: string, member: unknown): Pick<RoleAssignment, 'principalId' | 'principal'> {
  const type = isJsonObject(member) ? typeOfMember(member) : undefined;
  return type === undefined ? { principalId } : { principalId, principal: { '@odata.type': type, id: principalId } };
}

const OF_ANY_KIND = /^#?microsoft\.graph\.directoryObject$/i;

/** By the words of the older modules, and by our kinds. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['user', '#microsoft.graph.user'],
  ['group', '#microsoft.graph.group'],
  ['serviceprincipal', '#microsoft.graph.servicePrincipal'],
  ['device', '#microsoft.graph.device'],
  ['contact', '#microsoft.graph.orgContact'],
  ['users', '#microsoft.graph.user'],
  ['groups', '#microsoft.graph.group'],
  ['servicePrincipals', '#microsoft.graph.servicePrincipal'],
]);
