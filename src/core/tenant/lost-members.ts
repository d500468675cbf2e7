import { isObject } from '../values/is-object.ts';
import type { ConditionalAccessPolicy, ConditionSet, GrantControls } from './policy.ts';
import { isSet, texts } from './policy-words.ts';
import { isOfNulls, isWithoutMembers } from './sdk-nones.ts';

/** What an export has lost of a policy, by what is there and could not be so in Microsoft Graph. */

/**
 * Whether controls were lost. Graph gives no object where nothing is asked for, and lists, empty or not, in one: an object that asks for
 * nothing, or a list of which is null beside anything, has lost something, and so has a strength of nothing but `null`, unless
 * session controls are what the policy asks for. So have session controls without members. The SDK of PowerShell alone has an object of
 * nulls in the place of none.
 */
export function hasLostControls({ grantControls: grant, sessionControls }: Controls): boolean {
  if (lostSessionControls(sessionControls).length > 0) return true;
  if (typeof grant !== 'object' || grant === null) return false;
  if (grant.builtInControls === null) return !isNoneOfSdk(grant);
  if (asksForControls(grant)) return grant.termsOfUse === null || grant.customAuthenticationFactors === null;
  return (
    !Array.isArray(grant.builtInControls) ||
    hasLostOther(grant) ||
    (isOfNulls(grant.authenticationStrength) && !isSet(sessionControls))
  );
}

type Controls = Pick<ConditionalAccessPolicy, 'grantControls' | 'sessionControls'>;

/**
 * The session controls that were lost, as JSON Pointers: Graph gives `null` where nothing is asked for, and members in whatever it gives.
 * Any of them may have been there, token protection and strict location enforcement included, which stop people.
 */
export function lostSessionControls(sessionControls: Controls['sessionControls']): readonly string[] {
  if (isWithoutMembers(sessionControls)) return ['/sessionControls'];
  return Object.entries(sessionControls ?? {}).flatMap(([name, control]) =>
    isWithoutMembers(control) ? [`/sessionControls/${name}`] : [],
  );
}

/** Whether grant controls ask for anything; the operator alone controls nothing. */
export function asksForControls(grant: GrantControls | null | undefined): boolean {
  const { operator: _, ...controls } = grant ?? {};
  return isSet(controls);
}

function isNoneOfSdk(grant: GrantControls): boolean {
  return grant.operator === null && isOfNulls(grant);
}

/** A list that is null where the built-in controls are one, or a strength of which only the annotation or the braces came. */
function hasLostOther(grant: GrantControls): boolean {
  const { authenticationStrength: strength, termsOfUse, customAuthenticationFactors } = grant;
  const isAnnotated = Object.keys(grant).some((name) => name.startsWith('authenticationStrength@'));
  return (
    termsOfUse === null ||
    customAuthenticationFactors === null ||
    isWithoutMembers(strength) ||
    (strength === undefined && isAnnotated)
  );
}

/** The controls that a policy asks for, as a fact that is missing. */
export const LOST_CONTROLS = 'grantControls.builtInControls';

/**
 * The conditions of which an export lost what they include: Graph gives the lists of users and applications, empty or not, and `null`
 * where a policy asks for no platforms. Without them an enabled policy would reach nobody.
 */
export function lostIncludes(conditions: ConditionSet): readonly ('users' | 'applications' | 'platforms')[] {
  const { users, clientApplications, applications, platforms } = conditions;
  return [
    ...(reachesPeople(users, clientApplications) ? [] : (['users'] as const)),
    ...(hasIncludes(applications) ? [] : (['applications'] as const)),
    ...(!isObject(platforms) || isOfNulls(platforms) || hasIncludes(platforms) ? [] : (['platforms'] as const)),
  ];
}

/** A policy for workloads names no users, so that what it includes of workloads is all that it reaches. */
function reachesPeople(users: ConditionSet['users'], workloads: ConditionSet['clientApplications']): boolean {
  const isForWorkloads = isObject(workloads) && !isOfNulls(workloads) && texts(users?.includeUsers).every(isNone);
  return isForWorkloads ? hasIncludes(workloads) : hasIncludes(users) || hasIncludes(workloads);
}

function isNone(word: string): boolean {
  return word.toLowerCase() === 'none';
}

/**
 * Something that is included, or anything else beside exclusions: a filter, or what nobody documents. Where nothing is, lists that are
 * there and empty, all of them: a null among them is a list that was lost, but for guests, who are no list.
 */
function hasIncludes(condition: object | null | undefined): boolean {
  const said = Object.entries(condition ?? {}).filter(([name]) => !/^exclude|@/i.test(name));
  if (said.some(([, value]) => (Array.isArray(value) ? value.length > 0 : isSet(value) && !isOfNulls(value))))
    return true;
  const lists = said.filter(([name]) => /^include/i.test(name) && !/^includeGuests/i.test(name));
  const hasLostGuests = said.some(([name, value]) => /^includeGuests/i.test(name) && isOfNulls(value));
  return lists.length > 0 && !hasLostGuests && lists.every(([, value]) => Array.isArray(value));
}
