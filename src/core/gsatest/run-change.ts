import { evaluate } from '../conditional-access/evaluate.ts';
import { observingAhead } from '../conditional-access/observing.ts';
import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES, classifyChange } from '../conditional-access/outcome/change.ts';
import { modeOf } from '../conditional-access/policy-mode.ts';
import type { Evaluation, MissingFact } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { observe } from '../signaling/observe.ts';
import type { GroupIndex } from '../tenant/membership.ts';
import { indexGroups, isMemberOf, transitiveGroups } from '../tenant/membership.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import { partOf } from '../values/plural.ts';
import { decidingOf } from './compare.ts';
import type { Failure, Verdict } from './result.ts';
import type { Run } from './run-cases.ts';
import type { Resolved, Scene } from './scene.ts';
import { resolveApplication, resolveGroup, resolvePolicy, resolveUser } from './scene.ts';
import type { FilePath, SuiteProblem, TenantChange, TestOf } from './suite.ts';

/** Takes recorded sign-ins one by one, so that a file of any size needs no memory, and says in the end what they came to. */
export interface ChangeTrial {
  /** `text` says in an example which sign-in it is. */
  add(attempt: SignInAttempt, text: string): void;
  finish(): Run;
}

/** One state of the tenant that sign-ins are judged under. */
export interface Side {
  readonly scene: Scene;
  readonly signaling: SignalingStatus;
}

/** The tenant with policies in another state, or without them. */
export function changedTenant(
  change: TenantChange,
  path: FilePath,
  scene: Scene,
): { readonly tenant: Tenant } | { readonly problems: readonly SuiteProblem[] } {
  const problems: SuiteProblem[] = [];
  const states = new Map<string, string>();
  for (const [name, state] of Object.entries(change.policies ?? {})) {
    const found = resolvePolicy(scene, name, [...path, 'policies', name]);
    if ('problem' in found) problems.push(found.problem);
    else states.set(found.value.id, state);
  }
  if (problems.length > 0) return { problems };
  const policies = scene.tenant.policies
    .filter(({ id }) => states.get(id) !== 'deleted')
    .map((policy) => ({ ...policy, state: states.get(policy.id) ?? policy.state }));
  return { tenant: states.size === 0 ? scene.tenant : { ...scene.tenant, policies } };
}

/** Examples of a class that is not as expected. */
const MOST_EXAMPLES = 3;

export function changeTrial(
  test: TestOf<'change'>,
  before: Side,
  after: Side,
): ChangeTrial | { readonly problems: readonly SuiteProblem[] } {
  const filter = filterOf(test, before.scene);
  if ('problems' in filter) return filter;
  const found = new Map<ChangeClass, { count: number; readonly examples: string[] }>();
  const lacking = new Set<string>();
  const [judgeBefore, judgeAfter] = [judging(before), judging(after)];
  let total = 0;
  return {
    add: (attempt, text) => {
      const belongs = filter.belongs(attempt);
      if (belongs === false) return;
      total += 1;
      const [from, to] = [judgeBefore(attempt), judgeAfter(attempt)];
      const kind = belongs === 'unknown' ? 'unknown' : classifyChange(from, to);
      const entry = found.get(kind) ?? { count: 0, examples: [] };
      entry.count += 1;
      if (kind === 'unknown') for (const { fact } of [from, to].flatMap(missingOf)) lacking.add(fact);
      if (entry.examples.length < MOST_EXAMPLES) {
        const by = decidingOf(to.outcome === 'granted' ? from : to).map(({ displayName }) => displayName);
        const deciding = by.length === 0 ? '' : ` by ${by.join(', ')}`;
        entry.examples.push(`${text}: ${from.outcome} → ${to.outcome}${deciding}`);
      }
      found.set(kind, entry);
    },
    finish: () => {
      if (total === 0) {
        const path = ['tests', test.at, Object.keys(test.where).length > 0 ? 'where' : 'signIns'];
        return { problems: [{ path, message: 'no sign-in is left to judge', hint: undefined }] };
      }
      return verdictOf(test, found, total, lacking);
    },
  };
}

/** What leaves an outcome open; where it is known, what leaves open whether its policies apply. */
function missingOf({ outcome, missing, policies }: Evaluation): readonly MissingFact[] {
  if (outcome === 'unknown') return missing;
  return policies.filter(({ state }) => modeOf(state) === 'enabled').flatMap((policy) => policy.missing);
}

const NONE = { least: 0, most: 0 };

function verdictOf(
  { expect, proxyCountry }: TestOf<'change'>,
  found: ReadonlyMap<ChangeClass, { readonly count: number; readonly examples: readonly string[] }>,
  total: number,
  lacking: ReadonlySet<string>,
): Verdict {
  // Somebody of whom nobody can say is no proof that nobody is blocked: `unknown` counts even where it is not mentioned.
  const failures = Object.entries({ unknown: NONE, ...expect }).flatMap(([name, { least, most }]): Failure[] => {
    const kind = CHANGE_CLASSES.find((known) => known === name);
    const count = kind === undefined ? total : (found.get(kind)?.count ?? 0);
    if (count >= least && count <= most) return [];
    const expected =
      least === most ? String(least) : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `at most ${most}`;
    return [
      {
        subject: `${partOf(count, total, 'sign-in is', 'sign-ins are')} ${name}`,
        status: name === 'unknown' ? 'unknown' : 'failed',
        mismatches: [{ member: name, expected, got: String(count) }],
        because: kind === undefined ? [] : (found.get(kind)?.examples ?? []),
        decidedBy: [],
        reproduce: undefined,
        hint: name === 'unknown' ? hintFor(lacking, proxyCountry) : undefined,
        alike: 0,
      },
    ];
  });
  return { cases: total, failures };
}

function hintFor(lacking: ReadonlySet<string>, proxyCountry: string | undefined): string | undefined {
  if (lacking.size === 0) return undefined;
  const facts = `not known: ${[...lacking].sort().join(', ')}`;
  if (!lacking.has('countryOrRegion') || proxyCountry !== undefined) return facts;
  return `${facts}; where it is the proxy’s, \`assume: { proxyCountry: NL }\` supplies it`;
}

/** Observes as `gsa impact` does: recorded sign-ins seldom tell the proxy's address, which often makes no difference. */
function judging({ scene: { compiled }, signaling }: Side) {
  const options = observingAhead(compiled);
  return (attempt: SignInAttempt) => evaluate(compiled, attempt, observe(attempt, signaling, options));
}

interface Filter {
  belongs(attempt: SignInAttempt): true | false | 'unknown';
}

/**
 * The people and applications that `where` speaks of. Somebody of whom it is not known whether they are in the group may be
 * among them.
 */
function filterOf(
  { where, at }: TestOf<'change'>,
  scene: Scene,
): Filter | { readonly problems: readonly SuiteProblem[] } {
  const problems: SuiteProblem[] = [];
  const take = <T>(resolved: Resolved<T> | undefined): T | undefined => {
    if (resolved === undefined || 'value' in resolved) return resolved?.value;
    problems.push(resolved.problem);
    return undefined;
  };
  const path = ['tests', at, 'where'];
  const group = take(where.group === undefined ? undefined : resolveGroup(scene, where.group, [...path, 'group']));
  const user = take(where.user === undefined ? undefined : resolveUser(scene, where.user, [...path, 'user']));
  const app = take(where.app === undefined ? undefined : resolveApplication(scene, where.app, [...path, 'app']));
  if (problems.length > 0) return { problems };
  const index = indexGroups(scene.tenant);
  const wantedUser = user === undefined ? undefined : idOf(user, scene);
  return {
    belongs: ({ identity, target }) => {
      const id = idOf(identity, scene);
      if (user !== undefined && (id === undefined || id !== wantedUser)) return false;
      const audiences = target.kind === 'userAction' ? [] : (target.audiences ?? []);
      if (app !== undefined && !audiences.some(({ appId }) => appId.toLowerCase() === app.appId.toLowerCase()))
        return false;
      if (group === undefined) return true;
      return id === undefined ? 'unknown' : inGroup(index, id, group.id);
    },
  };
}

function inGroup(index: GroupIndex, id: string, groupId: string): true | false | 'unknown' {
  return isMemberOf(index, transitiveGroups(index, id), groupId.toLowerCase());
}

function idOf(identity: SignInAttempt['identity'], { compiled: { people } }: Scene): string | undefined {
  if (identity.kind !== 'user') return identity.servicePrincipalId?.toLowerCase();
  const name = identity.userPrincipalName?.toLowerCase();
  return identity.userId?.toLowerCase() ?? people.usersByName.get(name ?? '')?.id.toLowerCase();
}
