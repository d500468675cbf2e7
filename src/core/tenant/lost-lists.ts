import type { PolicyMember } from '../graph/policy-members.ts';
import { CONDITIONS } from '../graph/policy-members.ts';
import { hasNonesOfSdk } from './lost-members.ts';
import type { ConditionalAccessPolicy, ConditionSet } from './policy.ts';
import { lower, texts } from './policy-words.ts';

/**
 * Lists of the conditions on people, applications, workload identities and platforms that an export lost: Graph gives each of them, empty
 * or not, and none is nullable (CSDL-v1), so that one which is null held something once, or nothing. The SDK of PowerShell alone has
 * null in the place of none. Those of locations are in lost-members.ts.
 */

const LISTED = ['users', 'applications', 'clientApplications', 'platforms'] as const;
export type ListedCondition = (typeof LISTED)[number];

export interface LostList {
  readonly condition: ListedCondition;
  /** The member of the condition that is the list, or holds it. */
  readonly member: string;
  readonly side: 'include' | 'exclude';
  /** The list as a fact that is missing. */
  readonly fact: string;
}

export function lostLists(conditions: ConditionSet | null | undefined): readonly LostList[] {
  return [...(hasNonesOfSdk(conditions) ? [] : LISTED.flatMap(nullLists)), ...lostHomeTenants(conditions)];

  function nullLists(condition: ListedCondition): readonly LostList[] {
    return Object.entries(conditions?.[condition] ?? {})
      .filter(([member, value]) => value === null && LISTS[condition].has(member))
      .map(([member]) => lostList(condition, member));
  }
}

function listsOf(condition: ListedCondition): ReadonlySet<string> {
  const members = Object.entries(CONDITIONS[condition].members);
  return new Set(members.flatMap(([name, { holds }]) => (holds === 'ids' || holds === 'words' ? [name] : [])));
}

/** The lists among the members of each condition; guests and filters are none. */
const LISTS: Readonly<Record<ListedCondition, ReadonlySet<string>>> = {
  users: listsOf('users'),
  applications: listsOf('applications'),
  clientApplications: listsOf('clientApplications'),
  platforms: listsOf('platforms'),
};

function lostList(condition: ListedCondition, member: string, inside = ''): LostList {
  const side = member.startsWith('exclude') ? 'exclude' : 'include';
  return { condition, member, side, fact: `conditions.${condition}.${member}${inside}` };
}

/** Home tenants of guests that are enumerated and did not come (G-GUEST). */
function lostHomeTenants(conditions: ConditionSet | null | undefined): readonly LostList[] {
  return (['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'] as const).flatMap((member) => {
    const tenants = conditions?.users?.[member]?.externalTenants;
    const isLost = lower(tenants?.membershipKind) === 'enumerated' && (tenants?.members ?? null) === null;
    return isLost ? [lostList('users', member, '.externalTenants.members')] : [];
  });
}

const CONTEXTS = 'includeAuthenticationContextClassReferences';

/**
 * The authentication contexts that policies name, and where an export lost a list of them one more that none names: it stands for those that
 * were in it. There are `c1` to `c99` (D-APPS).
 */
export function contextsOf(policies: readonly Pick<ConditionalAccessPolicy, 'conditions'>[]): readonly string[] {
  const named = policies.flatMap(({ conditions }) => texts(conditions?.applications?.[CONTEXTS]));
  const isOneLost = policies.some(({ conditions }) => lostLists(conditions).some(({ member }) => member === CONTEXTS));
  if (!isOneLost) return named;
  const taken = new Set(named.map((context) => context.toLowerCase()));
  const other = Array.from({ length: 99 }, (_, at) => `c${at + 1}`).find((context) => !taken.has(context));
  return other === undefined ? named : [...named, other];
}

/** What may have been in the lost lists of one side: nothing, or what reaches most. */
export type Filling = 'nothing' | 'much';

/** Gives a policy lists in place of those that it lost, by their sides. */
export function withLists(
  fillings: Readonly<Record<LostList['side'], Filling>>,
): (policy: ConditionalAccessPolicy) => ConditionalAccessPolicy {
  return (policy) => {
    const lost = lostLists(policy.conditions).filter(({ member, fact }) => fact.endsWith(`.${member}`));
    if (lost.length === 0) return policy;
    let { conditions } = policy;
    for (const { condition, member, side } of lost) {
      const list = fillings[side] === 'nothing' ? [] : [muchOf(condition, member)];
      conditions = { ...conditions, [condition]: { ...conditions[condition], [member]: list } };
    }
    return { ...policy, conditions };
  };
}

/** The widest that can stand in a list: Graph's word for all of it, else an id. */
function muchOf(condition: ListedCondition, list: string): string {
  if (list === CONTEXTS) return 'c1';
  const row = Object.entries<PolicyMember>(CONDITIONS[condition].members).find(([name]) => name === list)?.[1];
  if (row?.holds === 'words') return row.vocabulary.words[0] ?? SOMETHING;
  return row?.holds === 'ids' && row.words.includes('All') ? 'All' : SOMETHING;
}

const SOMETHING = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
