import type { IdsOf, PolicyMember, PolicyMembers, Vocabulary } from './policy-members.ts';
import { CONDITIONS, GRANT, POLICY_MEMBERS } from './policy-members.ts';
import type { ListPointer } from './policy-shape.ts';

/** What follows from the rows of policy-members.ts, by JSON Pointer. */

interface Row {
  readonly pointer: string;
  readonly member: PolicyMember;
}

const ROWS: readonly Row[] = rowsOf(POLICY_MEMBERS, '');

function rowsOf(members: PolicyMembers, at: string): Row[] {
  return Object.entries(members).flatMap(([name, member]) => {
    const pointer = `${at}/${name}`;
    return [{ pointer, member }, ...('members' in member ? rowsOf(member.members, pointer) : [])];
  });
}

/** The place of a list in a policy: of ids, of words, or flags of an enumeration. */
export type ListPath = ListPointer<typeof POLICY_MEMBERS>;

/** A list of ids and the words that may stand beside them. */
export interface IdList {
  readonly pointer: ListPath;
  readonly of: IdsOf;
  readonly words: readonly string[];
}

export const ID_LISTS: readonly IdList[] = ROWS.flatMap(({ pointer, member }) =>
  member.holds === 'ids' ? [{ pointer: pointer as ListPath, of: member.of, words: member.words }] : [],
);

/** A member whose values are those of an enumeration. */
export interface WordMember {
  readonly pointer: string;
  readonly vocabulary: Vocabulary;
}

/** The words of conditions and grant controls; those of a session control change no answer. */
export const WORD_MEMBERS: readonly WordMember[] = ROWS.flatMap(({ pointer, member }) =>
  'vocabulary' in member && !pointer.startsWith('/sessionControls/')
    ? [{ pointer, vocabulary: member.vocabulary }]
    : [],
);

/** Pointers to filters that the evaluator reads. */
export const FILTERS: readonly string[] = ROWS.flatMap(({ pointer, member }) =>
  member.holds === 'filter' ? [pointer] : [],
);

function namesOf(members: PolicyMembers): ReadonlySet<string> {
  return new Set(Object.keys(members));
}

/** A condition that is an object of members. */
export type ConditionPointer = {
  [Name in keyof typeof CONDITIONS]: (typeof CONDITIONS)[Name] extends { readonly holds: 'members' }
    ? `/conditions/${Name}`
    : never;
}[keyof typeof CONDITIONS];

/**
 * The members of a policy that the evaluator reads, by JSON Pointer to the object that holds them. Any other member that is set
 * may mean anything: the evaluator takes it as unknown by name, and `gsa check` reports it (invariant 5).
 */
export const MODELLED_MEMBERS: Readonly<
  Record<'/conditions' | '/grantControls' | ConditionPointer, ReadonlySet<string>>
> = {
  '/conditions': namesOf(CONDITIONS),
  ...(Object.fromEntries(
    Object.entries<PolicyMember>(CONDITIONS).flatMap(([name, member]) =>
      'members' in member ? [[`/conditions/${name}`, namesOf(member.members)]] : [],
    ),
  ) as Readonly<Record<ConditionPointer, ReadonlySet<string>>>),
  // Some exports carry an id of the grant controls, which says nothing.
  '/grantControls': new Set(['id', ...namesOf(GRANT)]),
};

/** The names that the sign-in log has for a member of the conditions; `undefined`: not documented. */
export function logConditionsOf(member: string) {
  return Object.entries<PolicyMember>(CONDITIONS).find(([name]) => name === member)?.[1].conditions;
}
