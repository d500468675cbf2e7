import { USER_ACTIONS } from '../../graph/words.ts';
import type { Audience, Target } from '../../signaling/attempt.ts';
import { canBeId, nameFact } from '../../tenant/ids-of-lists.ts';
import type { CompileContext } from './context.ts';
import type { Entry, EntryMatch } from './include-exclude.ts';
import { lacks, MATCH, NO_MATCH } from './include-exclude.ts';

/** What is asked for, seen once for each resource: a sign-in matches with any of its audiences (D-APPS, L-REAL). */
export interface Asked {
  /** `undefined`: a resource is asked for, but not known which. */
  readonly audience: Audience | undefined;
  readonly target: Target;
}

export type ApplicationEntry = Entry<Asked>;

/** A lost list of actions or of contexts may hold what is asked for where one is; a lost one of applications anything, as `All` does. */
export function lostTargets(
  member: string | undefined,
  mayBe: (asked: Asked) => EntryMatch,
  isReportOnly: boolean,
): ApplicationEntry['match'] | undefined {
  const kind = member === undefined ? undefined : KINDS_OF_LISTS[member];
  if (kind === undefined) return mayBe;
  if (kind === 'userAction' && isReportOnly) return undefined;
  return (asked) => (mayAskFor(kind, asked.target) ? mayBe(asked) : NO_MATCH);
}

/** Whether a user action, or an authentication context, is asked for, or may be beside the resources of a record. */
function mayAskFor(kind: Target['kind'], target: Target): boolean {
  if (target.kind !== 'application') return target.kind === kind;
  const { authenticationContexts: listed, possibleActions } = target;
  if (listed === undefined) return kind === 'authenticationContext' || possibleActions !== undefined;
  return listed.some(({ id }) => id.startsWith('urn:') === (kind === 'userAction'));
}

const KINDS_OF_LISTS: { readonly [member: string]: Target['kind'] } = {
  includeUserActions: 'userAction',
  includeAuthenticationContextClassReferences: 'authenticationContext',
};

const DOCUMENTED_ACTIONS: ReadonlySet<string> = new Set(USER_ACTIONS.map(({ urn }) => urn));

/**
 * Two user actions are documented (G-APPS); any other is unknown where a user action is asked for. A record names one beside
 * its contexts; one that has no such list may be an action where people register, and is none elsewhere.
 */
export function userActionEntry(value: string): ApplicationEntry {
  const action = value.toLowerCase();
  return {
    value,
    label: value,
    rule: 'acr',
    match: ({ target }) => {
      if (target.kind === 'application') {
        return matchRequested(target, action) ?? (mayBeAction(target, action) ? lacks('userAction') : NO_MATCH);
      }
      if (target.kind !== 'userAction') return NO_MATCH;
      if (target.userAction.toLowerCase() === action) return MATCH;
      return DOCUMENTED_ACTIONS.has(action) ? NO_MATCH : lacks(`meaning of user action ${value}`);
    },
  };
}

function mayBeAction({ possibleActions = [] }: Extract<Target, { kind: 'application' }>, action: string): boolean {
  return DOCUMENTED_ACTIONS.has(action) ? possibleActions.includes(action) : possibleActions.length > 0;
}

/** Authentication contexts `c1` to `c99` (D-APPS). A record that does not list them may have asked for any. */
export function contextEntry(value: string, { tenant }: CompileContext): ApplicationEntry {
  const wanted = value.toLowerCase();
  const isId = canBeId(tenant, 'authenticationContexts', value);
  return {
    value,
    label: value,
    rule: 'acr',
    match: ({ target }) => {
      if (target.kind === 'userAction') return NO_MATCH;
      if (!isId) return asksForNoContext(target) ? NO_MATCH : lacks(nameFact('authenticationContexts', value));
      if (target.kind === 'application') return matchRequested(target, wanted) ?? lacks('authenticationContext');
      return target.authenticationContext.toLowerCase() === wanted ? MATCH : NO_MATCH;
    },
  };
}

function asksForNoContext(target: Target): boolean {
  return target.kind === 'application' && target.authenticationContexts?.length === 0;
}

/** Whether the sign-in asks for the context or the action beside its resources; `undefined`: nothing lists them. */
function matchRequested(
  { authenticationContexts: listed }: Extract<Target, { kind: 'application' }>,
  wanted: string,
): EntryMatch | undefined {
  if (listed === undefined) return undefined;
  const found = listed.filter(({ id }) => id === wanted);
  if (found.length === 0) return NO_MATCH;
  return found.some(({ isRequired }) => isRequired) ? MATCH : lacks(`whether ${wanted} was asked for anew`);
}
