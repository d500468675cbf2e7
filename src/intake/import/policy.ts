import { hasLostRestrictions } from '../../core/conditional-access/grant/authentication-strength.ts';
import type { PolicyMember, PolicyMembers } from '../../core/graph/policy-members.ts';
import { CONDITIONS, FILTER_MODE, GRANT, SESSION } from '../../core/graph/policy-members.ts';
import { FILTERS } from '../../core/graph/policy-rows.ts';
import type { RuleFilter, ShapeOf } from '../../core/graph/policy-shape.ts';
import { POLICY_STATES } from '../../core/graph/words.ts';
import type { LostList } from '../../core/tenant/lost-lists.ts';
import { lostLists, NOT_GIVEN } from '../../core/tenant/lost-lists.ts';
import { hasLostLocations } from '../../core/tenant/lost-locations.ts';
import { hasLostControls, lostIncludes, lostSessionControls } from '../../core/tenant/lost-members.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import type { ConditionalAccessPolicy, ConditionSet } from '../../core/tenant/policy.ts';
import { isSet } from '../../core/tenant/policy-words.ts';
import { isOfNulls, isOfSdk, isWithoutMembers } from '../../core/tenant/sdk-nones.ts';
import { isObject } from '../../core/values/is-object.ts';
import { valueAt } from '../../core/values/value-at.ts';
import { nameOfType } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { Cursor } from './findings.ts';
import { contentId, readId, readName } from './identity.ts';
import type { Reader } from './members.ts';
import { flags, number, object, text, texts, time, truth, word, words } from './members.ts';

/** Conditional Access policies as Graph gives them: a reader for each row of graph/policy-members.ts. */

/** A filter needs both its members; one of nothing but `null` was lost, unless the SDK wrote it (readConditions). */
const ruleFilter: Reader<RuleFilter | null> = (value, at) => {
  if (isWithoutMembers(value)) {
    at.error('missingMember', `a filter needs \`mode\` and \`rule\``);
    return null;
  }
  const read = object({ mode: word(FILTER_MODE), rule: text })(value, at);
  if (read === null) return null;
  const { mode = null, rule = null } = read;
  if ((mode === null) === (rule === null)) return { ...read, mode, rule };
  at.error('missingMember', `a filter needs \`mode\` and \`rule\``);
  return null;
};

const PLAIN = {
  text,
  texts,
  time,
  truth,
  number,
  ids: texts,
  locations: texts,
  filter: ruleFilter,
  // Read by nobody yet: known, so that it is not reported.
  anything: (value: unknown) => value,
} as const;

function readerOf(name: string, member: PolicyMember): Reader<unknown> {
  // Invented controls, such as `verifiedID`, have a code of their own.
  const code = name === 'builtInControls' ? 'inventedControl' : 'unknownValue';
  switch (member.holds) {
    case 'word':
      return word(member.vocabulary);
    case 'words':
      return words(member.vocabulary, code);
    case 'flags':
      return flags(member.vocabulary);
    case 'members':
    case 'sessionControl':
      return membersOf(member.members);
    default:
      return PLAIN[member.holds];
  }
}

function membersOf<Members extends PolicyMembers>(rows: Members): Reader<ShapeOf<Members> | null> {
  const readers = Object.fromEntries(Object.entries(rows).map(([name, member]) => [name, readerOf(name, member)]));
  // Shape and readers are made of the same rows.
  return object(readers) as Reader<ShapeOf<Members> | null>;
}

const conditionMembers = membersOf(CONDITIONS);

/**
 * Conditions; the SDK has filters of nulls in the place of none, and, where its capitals tell it, `null` in the place of risks that Graph
 * did not give.
 */
function readConditions(value: unknown, at: Cursor): ReturnType<typeof conditionMembers> {
  const all = conditionMembers(value, at);
  const read = isOfSdk(all) ? withoutNoneFilters(all) : all;
  if (read === null || !isObject(value) || value[CAPITALS] !== null) return read;
  const { [NOT_GIVEN]: _, ...given } = read;
  return given;
}

function withoutNoneFilters(conditions: ReturnType<typeof conditionMembers>): typeof conditions {
  if (conditions === null) return null;
  const withoutNone = ([name, condition]: [string, unknown]) => [
    name,
    isObject(condition) ? withNullFilters(condition) : condition,
  ];
  return Object.fromEntries(Object.entries(conditions).map(withoutNone));
}

function withNullFilters(condition: object): object {
  return Object.fromEntries(
    Object.entries(condition).map(([name, member]) => [
      name,
      FILTER_NAMES.has(name) && isOfNulls(member) ? null : member,
    ]),
  );
}

const FILTER_NAMES: ReadonlySet<string> = new Set(
  FILTERS.map((pointer) => pointer.slice(pointer.lastIndexOf('/') + 1)),
);

const CAPITALS = `${NOT_GIVEN.charAt(0).toUpperCase()}${NOT_GIVEN.slice(1)}`;

const members = object({
  id: (value: unknown, at) => readId(value, at),
  displayName: (value: unknown, at) => readName(value, at),
  description: text,
  templateId: text,
  state: readState,
  createdDateTime: time,
  modifiedDateTime: time,
  deletedDateTime: time,
  conditions: readConditions,
  grantControls: membersOf(GRANT),
  sessionControls: membersOf(SESSION),
});

/** Reads one policy; `undefined` when it cannot be used, which the cursor has been told. */
export function readPolicy(value: JsonObject, at: Cursor): ConditionalAccessPolicy | undefined {
  const read = members(value, at);
  if (read === null || !at.sound) return undefined;
  if (typeof read.state !== 'string') {
    at.error('missingMember', 'the policy has no `state`');
    return undefined;
  }
  const { conditions } = read;
  if (!isWhole(conditions, at) || !hasSessionControlsWhole(read.sessionControls, at)) return undefined;
  if (typeof read.deletedDateTime === 'string') {
    at.note(
      'deletedItem',
      `the policy was deleted on ${quoted(read.deletedDateTime, 40)} and goes to the deleted ones`,
    );
  }
  if (hasLostControls(read))
    at.warning(
      'lostControls',
      'the export lost grant controls: Microsoft Graph gives a list, and no object that asks for nothing; ' +
        'what the policy asks for is not known until it is exported again',
    );
  if (hasLostLocations(conditions))
    at.warning(
      'lostLocations',
      'the export lost locations that the policy includes or excludes, which Microsoft Graph gives in lists: ' +
        'where it applies is not known until it is exported again',
    );
  const lists = lostLists(conditions);
  if (lists.length > 0)
    at.warning(
      'lostLists',
      `the export lost what the policy includes or excludes: ${saidLost(conditions, lists)}, where Microsoft Graph gives ` +
        'lists, empty or not, and no object without members; what was there is not known until the policy is exported again',
    );
  const grantControls = withLostRestrictions(read);
  if (hasLostRestrictions(grantControls?.authenticationStrength))
    at.warning(
      'lostRestrictions',
      'the export lost which keys or certificates its authentication strength allows (`combinationConfigurations`), where Microsoft Graph ' +
        'gives a list, empty or not; whether they are enough is not known until the policy is exported again',
    );
  if (read.displayName === undefined) at.warning('noName', 'the policy has no `displayName`');
  const complete = {
    ...read,
    displayName: read.displayName ?? '',
    state: read.state,
    conditions,
    ...(grantControls === undefined ? {} : { grantControls }),
    ...controlsOf(read, at),
  };
  if (read.id !== undefined) return { ...complete, id: read.id };
  const { id: _, ...content } = complete;
  at.note('madeId', `the policy ${quoted(complete.displayName)} has no id; it gets one made of its content`);
  return { ...content, id: contentId('policy', content) };
}

/** What was lost, with what stands in its place: `null` or nothing, or something without a word in it. */
function saidLost(conditions: ConditionSet | null | undefined, lists: readonly LostList[]): string {
  const isNull = ({ pointer }: LostList) => (valueAt({ conditions }, pointer) ?? null) === null;
  return [[lists.filter(isNull), 'null'] as const, [lists.filter((list) => !isNull(list)), 'empty'] as const]
    .filter(([some]) => some.length > 0)
    .map(([some, what]) => {
      const names = some.map(({ path }) => path.join('.')).join(', ');
      return `${names} ${some.length === 1 ? 'is' : 'are'} ${what}`;
    })
    .join(', and ');
}

type Conditions = NonNullable<ReturnType<typeof members>>['conditions'];

/** Whether the conditions of a policy arrived; an error where not: it would reach no one, which is worse than no policy. */
function isWhole(conditions: Conditions, at: Cursor): conditions is NonNullable<Conditions> {
  const what = whatIsMissing(conditions);
  if (what === undefined) return true;
  at.error('noConditions', `the policy ${what}, which did not arrive: ${EXPORT_WHOLE}`);
  return false;
}

/** Whether session controls have members; an error where not, as nothing tells what they ask for. */
function hasSessionControlsWhole(sessionControls: Parameters<typeof lostSessionControls>[0], at: Cursor): boolean {
  const [pointer] = lostSessionControls(sessionControls);
  if (pointer === undefined) return true;
  const place = pointer
    .slice(1)
    .split('/')
    .reduce((inside, name) => inside.member(name), at);
  place.error(
    'missingMember',
    'it has no members, and Microsoft Graph gives none such: export the policy from there again',
  );
  return false;
}

function whatIsMissing(conditions: Conditions): string | undefined {
  if (conditions === null || conditions === undefined) return 'has no `conditions`';
  const lost = lostIncludes(conditions);
  if (lost.includes('users')) return 'names neither users nor workload identities';
  if (lost.includes('applications')) return 'names no applications, user actions or authentication contexts';
  return lost.includes('platforms') ? 'has a condition on platforms without those that it includes' : undefined;
}

/**
 * Graph gives both controls, null or not, and one of them asks for something. Where one did not come and the other asks for nothing, what
 * the policy asks for is marked as lost, and so it is where an object of Graph's, which its id tells, came without grant controls: they
 * may have been any. A request to create a policy has no id and leaves out what it does not ask for.
 */
function controlsOf<
  Parts extends { readonly id?: unknown; readonly grantControls?: unknown; readonly sessionControls?: unknown },
>({ id, grantControls, sessionControls }: Parts, at: Cursor): Pick<ConditionalAccessPolicy, 'grantControls'> {
  const missing = [
    ...(grantControls === undefined ? ['`grantControls`'] : []),
    ...(sessionControls === undefined ? ['`sessionControls`'] : []),
  ];
  if (missing.length === 0 || (grantControls ?? null) !== null) return {};
  if (isSet(sessionControls) && (grantControls === null || id === undefined)) return {};
  at.warning(
    'noControls',
    `${missing.join(' and ')} did not arrive, so what it asks for is not known: ${EXPORT_WHOLE}`,
  );
  return { grantControls: { operator: 'OR', builtInControls: null } };
}

/**
 * Graph gives the restrictions of a strength, empty or not, wherever it gives its combinations (L-CORPUS): in a policy of Graph's, which its
 * id tells, they are marked as lost where they did not come.
 */
function withLostRestrictions({
  id,
  grantControls,
}: Pick<NonNullable<ReturnType<typeof members>>, 'id' | 'grantControls'>): typeof grantControls {
  const strength = grantControls?.authenticationStrength;
  if (id === undefined || !isObject(strength) || strength.combinationConfigurations !== undefined) return grantControls;
  const lost = { ...strength, combinationConfigurations: null };
  return hasLostRestrictions(lost) ? { ...grantControls, authenticationStrength: lost } : grantControls;
}

const EXPORT_WHOLE = 'export it with all its members from Microsoft Graph';

/** States of preview responses, which are kept as they are (G-EVAL). */
const PREVIEW_STATES = ['partiallyEnabled', 'unknownFutureValue'];

/** A state that is not known must never count as switched off, or on: it is an error. */
function readState(value: unknown, at: Cursor): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') {
    at.error('wrongType', `expected text, found ${nameOfType(value)}`);
    return undefined;
  }
  const same = (state: string) => state.toLowerCase() === value.toLowerCase();
  const state = POLICY_STATES.find(same);
  if (state !== undefined) {
    if (state !== value) at.note('stateCase', `${quoted(value)} was taken as \`${state}\``);
    return state;
  }
  if (PREVIEW_STATES.some(same))
    at.warning('unknownValue', `${quoted(value)} is not evaluated: answers become unknown`);
  else at.error('unknownState', `${quoted(value, 40)} is no state of a policy: one of ${POLICY_STATES.join(', ')}`);
  return value;
}
