import type { PolicyMember, PolicyMembers } from './policy-members.ts';

/** The TypeScript shape of a policy, from the rows of policy-members.ts: every member optional, and `null` where unset. */

type Texts = readonly string[] | null;

/**
 * `conditionalAccessFilter`: a rule in the grammar of dynamic groups and whether it includes or excludes (D-DEVF, D-APPF); `null` where an
 * export lost them.
 */
export interface RuleFilter {
  readonly mode: string | null;
  readonly rule: string | null;
}

export type ShapeOf<Members extends PolicyMembers> = {
  readonly [Name in keyof Members]?: ValueOf<Members[Name]>;
};

type ValueOf<Member extends PolicyMember> = Member extends { readonly members: infer Nested extends PolicyMembers }
  ? ShapeOf<Nested> | null
  : Member['holds'] extends 'ids' | 'words' | 'locations' | 'texts'
    ? Texts
    : Member['holds'] extends 'flags'
      ? string | Texts
      : Member['holds'] extends 'filter'
        ? RuleFilter | null
        : Member['holds'] extends 'truth'
          ? boolean | null
          : Member['holds'] extends 'number'
            ? number | null
            : Member['holds'] extends 'anything'
              ? unknown
              : string | null;

/** JSON Pointers to the members that hold lists. */
export type ListPointer<Members extends PolicyMembers, At extends string = ''> = {
  [Name in keyof Members & string]: Members[Name] extends { readonly members: infer Nested extends PolicyMembers }
    ? ListPointer<Nested, `${At}/${Name}`>
    : Members[Name]['holds'] extends 'ids' | 'words' | 'locations' | 'texts' | 'flags'
      ? `${At}/${Name}`
      : never;
}[keyof Members & string];
