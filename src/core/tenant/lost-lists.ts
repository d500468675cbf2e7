import type { IdsOf, PolicyMember } from '../graph/policy-members.ts';
import { CONDITIONS } from '../graph/policy-members.ts';
import { isObject } from '../values/is-object.ts';
import type { ConditionalAccessPolicy, ConditionSet } from './policy.ts';
import { flags, lower, texts } from './policy-words.ts';
import { isOfNulls, isOfSdk, isWithoutMembers } from './sdk-nones.ts';

/**
 * What an export lost of the conditions of a policy. Graph gives every list of theirs, empty or not, and none is nullable (CSDL-v1), so
 * that one which is null held something once, or nothing; and where it gives an object there are members in it. Those of locations are in
 * lost-locations.ts, what the SDK of PowerShell has in the place of none in sdk-nones.ts.
 */

export type Condition = keyof typeof CONDITIONS;

export interface LostList {
  readonly condition: Condition;
  /** The member of the condition that is the list, or holds it; none where the condition itself was lost. */
  readonly member?: string;
  /** The names that lead from the conditions to what was lost, and the JSON Pointer to it in the policy. */
  readonly path: readonly string[];
  readonly pointer: string;
  readonly side: 'include' | 'exclude';
  /** A filter, of which the mode and with it the side is lost as well. */
  readonly isFilter?: true;
  /** Whose ids the list held, where it is one of ids. */
  readonly of?: IdsOf;
  /** What was lost of guests: their kinds, or the tenants that are their homes. */
  readonly ofGuests?: 'types' | 'tenants';
  /** The list as a fact that is missing. */
  readonly fact: string;
}

export function lostLists(conditions: ConditionSet | null | undefined): readonly LostList[] {
  if (!isObject(conditions)) return [];
  const isSdk = isOfSdk(conditions);
  return [
    ...ROWS.flatMap(([condition, row]) => lostOf(conditions[condition], condition, row, isSdk)),
    ...lostGuests(conditions, isSdk),
  ];
}

const ROWS: readonly (readonly [Condition, PolicyMember])[] = Object.entries<PolicyMember>(CONDITIONS)
  .filter(([condition]) => condition !== 'locations')
  .map(([condition, row]) => [condition as Condition, row]);

/** Flags are nullable in the condition set, and not in an object of theirs (CSDL-v1). */
function lostOf(value: unknown, condition: Condition, row: PolicyMember, isSdk: boolean): readonly LostList[] {
  if (!('members' in row)) {
    const isLost = value === null && row.holds === 'words' && !(isSdk && condition === NOT_GIVEN);
    return isLost ? [lostAt(condition)] : [];
  }
  if (isWithoutMembers(value)) return [lostAt(condition)];
  if (!isObject(value) || (isSdk && isOfNulls(value))) return [];
  return Object.entries(row.members).flatMap(([member, { holds }]): LostList[] => {
    if (holds === 'filter')
      return hasLostRule(value[member], isSdk) ? [{ ...lostAt(condition, member), isFilter: true }] : [];
    const isLost =
      (LISTS.has(holds) && value[member] === null) || (holds === 'flags' && member in value && isNoFlag(value[member]));
    return isLost ? [lostAt(condition, member)] : [];
  });
}

const LISTS: ReadonlySet<PolicyMember['holds']> = new Set<PolicyMember['holds']>(['ids', 'words', 'texts']);

/** A filter has a mode and a rule, none of them nullable (CSDL-v1); the SDK alone has one of nulls in the place of none. */
function hasLostRule(filter: unknown, isSdk: boolean): boolean {
  return isObject(filter) && (filter['rule'] ?? null) === null && !(isSdk && isOfNulls(filter));
}

/** The risks of service principals, which Graph did not always give: then the SDK has `null` in their place (L-CORPUS). */
export const NOT_GIVEN = 'servicePrincipalRiskLevels';

/** Text without a word, or `null`: no flag at all is `none` in Graph. */
function isNoFlag(value: unknown): boolean {
  return !Array.isArray(value) && flags(value).length === 0;
}

/** What was lost at a place of the conditions. */
export function lostAt(condition: Condition, ...inside: readonly string[]): LostList {
  const [member] = inside;
  const path = [condition, ...inside];
  const row = rowAt(condition, member);
  return {
    condition,
    ...(member === undefined ? {} : { member }),
    path,
    pointer: `/conditions/${path.join('/')}`,
    side: member?.startsWith('exclude') === true ? 'exclude' : 'include',
    ...(row?.holds === 'ids' ? { of: row.of } : {}),
    fact: `conditions.${path.join('.')}`,
  };
}

/** The row of a condition, or of a member of one. */
export function rowAt(condition: Condition, member: string | undefined): PolicyMember | undefined {
  const row: PolicyMember = CONDITIONS[condition];
  return member === undefined ? row : 'members' in row ? row.members[member] : undefined;
}

/** Guests without their kinds, and home tenants that are enumerated and did not come (G-GUEST). */
function lostGuests({ users }: ConditionSet, isSdk: boolean): readonly LostList[] {
  return GUEST_LISTS.flatMap((member): LostList[] => {
    const guests = users?.[member];
    if (!isObject(guests) || (isSdk && isOfNulls(guests))) return [];
    const types = { ofGuests: 'types' } as const;
    if (isWithoutMembers(guests)) return [{ ...lostAt('users', member), ...types }];
    if (isNoFlag(guests.guestOrExternalUserTypes))
      return [{ ...lostAt('users', member, 'guestOrExternalUserTypes'), ...types }];
    const tenants = guests.externalTenants;
    if (isWithoutMembers(tenants) || isOfNulls(tenants))
      return isSdk && !isWithoutMembers(tenants)
        ? []
        : [{ ...lostAt('users', member, 'externalTenants'), ofGuests: 'tenants' }];
    const isLost = lower(tenants?.membershipKind) === 'enumerated' && (tenants?.members ?? null) === null;
    return isLost ? [{ ...lostAt('users', member, 'externalTenants', 'members'), ofGuests: 'tenants' }] : [];
  });
}

export type GuestList = 'includeGuestsOrExternalUsers' | 'excludeGuestsOrExternalUsers';
const GUEST_LISTS: readonly GuestList[] = ['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'];

const CONTEXTS = 'includeAuthenticationContextClassReferences';

/**
 * The authentication contexts that policies name, and where an export lost a list of them one more that none names: it stands for those
 * that were in it. There are `c1` to `c99` (D-APPS).
 */
export function contextsOfPolicies(
  policies: readonly Pick<ConditionalAccessPolicy, 'conditions'>[],
): readonly string[] {
  const named = policies.flatMap(({ conditions }) => texts(conditions?.applications?.[CONTEXTS]));
  if (!policies.some(({ conditions }) => mayHaveListed(conditions, CONTEXTS))) return named;
  const taken = new Set(named.map((context) => context.toLowerCase()));
  const other = Array.from({ length: 99 }, (_, at) => `c${at + 1}`).find((context) => !taken.has(context));
  return other === undefined ? named : [...named, other];
}

/** Whether the list of applications was lost, or with it all that the policy says of them. */
export function mayHaveListed(
  conditions: ConditionSet | null | undefined,
  list: typeof CONTEXTS | 'includeUserActions',
): boolean {
  return lostLists(conditions).some(
    ({ condition, member }) => condition === 'applications' && (member === undefined || member === list),
  );
}
