import { GUEST_TYPES } from '../../graph/words.ts';
import { canBeId, nameFact } from '../../tenant/ids-of-lists.ts';
import type { GuestList } from '../../tenant/lost-lists.ts';
import { lostLists } from '../../tenant/lost-lists.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { flags, lower, objects, texts } from '../../tenant/policy-words.ts';
import { builtInRole } from '../../tenant/roles/built-in-roles.ts';
import type { NamedPeople, NamedPrincipal } from '../facts/facts.ts';
import type { UserSubject } from '../facts/subject.ts';
import type { ConditionResult, Truth } from '../result.ts';
import type { CompileContext } from './context.ts';
import type { Entry, EntryMatch } from './include-exclude.ts';
import { judgeLists, lacks, MATCH, NO_MATCH } from './include-exclude.ts';
import { lostEntries, lostEntry } from './lost-entries.ts';
import { nameEntry } from './name-entry.ts';
import { bothOf, unmodelledEntries, unmodelledEntry } from './unmodelled.ts';

interface UserEntry extends Entry<UserSubject> {
  /** Whom it names, where it asks for nothing but ids; `null`: nobody. */
  readonly names?: NamedPrincipal | null;
}

/** The users assignment: anybody included by id, group, role or kind, and not excluded by any of them (D-USERS). */
export interface CompiledUsers {
  readonly includes: readonly UserEntry[];
  readonly excludes: readonly UserEntry[];
}

export function compileUsers(conditions: ConditionSet, context: CompileContext): CompiledUsers {
  const condition = conditions.users;
  const others = bothOf(unmodelledEntries<UserSubject>(condition, '/conditions/users'), lostPeople(conditions));
  return {
    includes: [
      ...texts(condition?.includeUsers).map((value) => userEntry(value, context)),
      ...texts(condition?.includeGroups).map((value) => groupEntry(value, context)),
      ...texts(condition?.includeRoles).map((value) => roleEntry(value, context)),
      ...guestEntries(conditions, 'includeGuestsOrExternalUsers', context),
      ...others.includes,
    ],
    excludes: [
      ...texts(condition?.excludeUsers).map((value) => userEntry(value, context)),
      ...texts(condition?.excludeGroups).map((value) => groupEntry(value, context)),
      ...texts(condition?.excludeRoles).map((value) => roleEntry(value, context)),
      ...guestEntries(conditions, 'excludeGuestsOrExternalUsers', context),
      ...others.excludes,
    ],
  };
}

/** Anybody may have been in a lost list of users, and persons alone in one of groups or roles; of guests their entry tells. */
function lostPeople(conditions: ConditionSet) {
  return lostEntries<UserSubject>(conditions, 'users', ({ of, ofGuests }, mayBe) => {
    if (ofGuests !== undefined) return undefined;
    return of === 'groups' || of === 'roleDefinitions' ? forPersons(mayBe) : mayBe;
  });
}

export function judgeUsers({ includes, excludes }: CompiledUsers, subject: UserSubject): ConditionResult {
  return judgeLists('users', includes, excludes, subject);
}

/** Whom the lists name, where they ask for nothing but ids and groups. */
export function namedPeople({ includes, excludes }: CompiledUsers): NamedPeople | undefined {
  const [included, excluded] = [namesOf(includes), namesOf(excludes)];
  return included === undefined || excluded === undefined ? undefined : { includes: included, excludes: excluded };
}

function namesOf(entries: readonly UserEntry[]): readonly NamedPrincipal[] | undefined {
  if (entries.some(({ names }) => names === undefined)) return undefined;
  return entries.flatMap(({ names }) => names ?? []);
}

function userEntry(value: string, { tenant, people }: CompileContext): UserEntry {
  const id = value.toLowerCase();
  // "All users" includes guests (D-B2B) and no account of an agent (AGENT). Who is not known to be an agent is taken for a person.
  if (id === 'all')
    return {
      value,
      label: 'All',
      rule: 'allUsers',
      match: ({ isAgent }) => (isAgent === true ? NO_MATCH : MATCH),
      names: { kind: 'everybody' },
    };
  if (id === 'allagentidusers') return { value, label: value, rule: 'unknownFutureValue', match: matchAgent };
  if (id === 'none') return { value, label: 'None', rule: 'userId', match: () => NO_MATCH, names: null };
  if (id === 'guestsorexternalusers')
    return {
      value,
      label: value,
      rule: 'guest',
      match: ({ types }) => matchTypes(types, (type) => EVERY_GUEST.has(type.toLowerCase()), { rule: 'guest' }),
    };
  if (!canBeId(tenant, 'users', value)) return nameEntry('users', value);
  const user = people.usersById.get(id);
  const label = user?.userPrincipalName ?? user?.displayName ?? value;
  return {
    value,
    label,
    rule: 'userId',
    match: (subject) => (subject.id === undefined ? lacks('userId') : subject.id === id ? MATCH : NO_MATCH),
    names: { kind: 'user', id },
  };
}

/** The entry that stands for whoever uses Exchange ActiveSync, where a policy for such clients chose kinds of people (D-COND). */
export const EVERYBODY: UserEntry = {
  value: 'exchangeActiveSync',
  label: 'all users of Exchange ActiveSync',
  rule: 'allUsers',
  match: ({ isAgent }) => (isAgent === true ? NO_MATCH : MATCH),
};

function matchAgent({ isAgent }: UserSubject): EntryMatch {
  return isAgent === 'unknown' ? lacks(AGENT_OR_PERSON) : { truth: isAgent };
}

const AGENT_OR_PERSON = 'whether the user is an agent';

/** Policies reach the accounts of agents by themselves or all together, and not by groups or roles (AGENT). */
function forPersons(match: (subject: UserSubject) => EntryMatch): (subject: UserSubject) => EntryMatch {
  return (subject) => (subject.isAgent === true ? NO_MATCH : match(subject));
}

/** A group or a role by its name. */
function nameForPersons(of: 'groups' | 'roleDefinitions', value: string): UserEntry {
  const entry = nameEntry<UserSubject>(of, value);
  return { ...entry, match: forPersons(entry.match) };
}

/** Nested membership counts (D-USERS). */
function groupEntry(value: string, { tenant, people }: CompileContext): UserEntry {
  if (!canBeId(tenant, 'groups', value)) return nameForPersons('groups', value);
  const id = value.toLowerCase();
  const label = people.memberships.groups.get(id)?.displayName ?? value;
  return {
    value,
    label,
    rule: 'groupId',
    match: forPersons(({ memberships }) => {
      if (memberships === undefined) return lacks('userId');
      const truth = memberships.isMember(id);
      return truth === 'unknown' ? lacks(`members of group ${label}`) : { truth };
    }),
    names: { kind: 'group', id },
  };
}

function roleEntry(value: string, { tenant }: CompileContext): UserEntry {
  if (!canBeId(tenant, 'roleDefinitions', value)) return nameForPersons('roleDefinitions', value);
  const id = value.toLowerCase();
  const definition = objects(tenant.roleDefinitions).find(
    (role) => lower(role.id) === id || lower(role.templateId) === id,
  );
  const label = definition?.displayName ?? builtInRole(id)?.displayName ?? value;
  return {
    value,
    label,
    rule: 'roleId',
    match: forPersons(({ memberships }) => {
      if (memberships === undefined) return lacks('userId');
      const truth = memberships.holdsRole(id);
      return truth === 'unknown' ? lacks(`holders of role ${label}`) : { truth };
    }),
  };
}

/** The legacy word `GuestsOrExternalUsers` is every kind of guest together (D-B2B, G-USERS). */
const EVERY_GUEST: ReadonlySet<string> = new Set(GUEST_TYPES.map((type) => type.toLowerCase()));

/** True or false where every kind of user that this can be gives the same answer; `open`: what that of one kind lacks. */
function matchTypes(
  types: readonly string[],
  truthOf: (type: string) => Truth,
  { rule, open = [] }: { readonly rule?: string; readonly open?: readonly string[] } = {},
): EntryMatch {
  const truths = types.map(truthOf);
  const [first = 'unknown'] = truths;
  if (first === 'unknown' || truths.some((truth) => truth !== first)) {
    return lacks(...(types.length > 1 ? ['externalUserType'] : []), ...(truths.includes('unknown') ? open : []));
  }
  return first ? { truth: true, rule: rule ?? (types.length === 1 ? (types[0] ?? 'guest') : 'guest') } : NO_MATCH;
}

/** Kinds of guest, of all or of enumerated home tenants (G-GUEST); one that is unknown or was lost is unknown and named. */
function guestEntries(conditions: ConditionSet, list: GuestList, { tenant }: CompileContext): UserEntry[] {
  const condition = conditions.users?.[list];
  const lost = lostLists(conditions).find(({ ofGuests, member }) => ofGuests !== undefined && member === list);
  if (lost?.ofGuests === 'types') return [lostGuests(lost.fact)];
  const words = flags(condition?.guestOrExternalUserTypes).filter((word) => word.toLowerCase() !== 'none');
  const strange = words.filter((word) => !EVERY_GUEST.has(word.toLowerCase()));
  const wanted = new Set(words.map((word) => word.toLowerCase()).filter((word) => EVERY_GUEST.has(word)));
  const entries = strange.map((word) => unmodelledEntry<UserSubject>(`guestOrExternalUserTypes ${word}`));
  if (wanted.size === 0) return entries;
  const tenants = condition?.externalTenants;
  const listed = texts(tenants?.members);
  const names = listed.filter((member) => !canBeId(tenant, 'tenants', member));
  const members = new Set(listed.filter((member) => !names.includes(member)).map((member) => member.toLowerCase()));
  const kind = lower(tenants?.membershipKind) ?? (listed.length > 0 || lost !== undefined ? 'enumerated' : 'all');
  if (kind !== 'all' && kind !== 'enumerated') return [...entries, unmodelledEntry(`membershipKind ${kind}`)];
  const value = words.join(',');
  const match = ({ types, homeTenantId }: UserSubject) => {
    const isHomeOpen = lost !== undefined || homeTenantId === undefined;
    const truthOf = (type: string): Truth => {
      if (!wanted.has(type.toLowerCase())) return false;
      // An internal guest has no home tenant elsewhere: a list of tenants says nothing about it (our choice).
      if (kind === 'all' || type === 'internalGuest') return true;
      if (isHomeOpen) return 'unknown';
      return members.has(homeTenantId) || (names.length > 0 && 'unknown');
    };
    const open = isHomeOpen ? [lost?.fact ?? 'homeTenantId'] : names.map((name) => nameFact('tenants', name));
    return matchTypes(types, truthOf, { open });
  };
  return [...entries, { value, label: value, rule: 'guest', match }];
}

/** Whoever is a guest may be of a kind that was lost. */
function lostGuests(fact: string): UserEntry {
  return lostEntry(fact, ({ types }) =>
    matchTypes(types, (type) => EVERY_GUEST.has(type.toLowerCase()) && 'unknown', { open: [fact] }),
  );
}
