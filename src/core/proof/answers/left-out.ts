import type { CompiledPolicy } from '../../conditional-access/compile.ts';
import { mayEnforceStrictLocation, setSessionControls } from '../../conditional-access/grant/session-controls.ts';
import { mayEnforce, modeOf } from '../../conditional-access/policy-mode.ts';
import { unreadFactsOf } from '../../conditional-access/unread-facts.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import { isSet, lower, texts } from '../../tenant/policy-words.ts';
import { isSameJson, textOfJson } from '../../values/same-json.ts';
import { SUPPOSED } from '../levels/people.ts';
import type { ProofWorld, WorldPair } from '../worlds/world.ts';
import { reachesMore } from './reaches-more.ts';

/** What "every sign-in" leaves out, said with every answer. */
export interface LeftOut {
  readonly what: string;
  /** Names of the policies that it concerns; empty: it concerns no policy in particular. */
  readonly policies: readonly string[];
  /** What may become of sign-ins by it, so that gates on that are not green over it. */
  readonly couldBe: 'anything' | 'stricter' | 'unchanged';
}

const ALWAYS: readonly string[] = [
  'agents of Microsoft Entra Agent ID',
  'one sign-in that asks for several resources at once',
  'addresses that the internet cannot see, such as 10.0.0.0/8',
  'sessions whose claims contradict the device record',
  'people who cannot do multifactor authentication, other than by B2B direct connect',
];

/**
 * What of enforced policies nobody documents or an export lost, where the switch is asked about: it may hang on the address or on the
 * signal, so that no gate is green over it (invariant 11).
 */
function unreadFacts({ before, after }: WorldPair): LeftOut[] {
  if (before.signalingStatus === after.signalingStatus) return [];
  const policies = [before, after].flatMap(({ compiled }) => compiled.policies).filter(({ mode }) => mayEnforce(mode));
  const factsOf = (policy: CompiledPolicy) => unreadFactsOf(policy).map(({ fact }) => fact);
  const facts = new Set(policies.flatMap(factsOf));
  return [...facts].map(
    (fact): LeftOut => ({
      what: `${fact}, which may hang on the address or the signal`,
      policies: [
        ...new Set(policies.filter((one) => factsOf(one).includes(fact)).map(({ policy }) => policy.displayName)),
      ],
      couldBe: 'anything',
    }),
  );
}

/** One session control as one enforcing policy sets it. */
interface SessionSetting {
  readonly control: string;
  readonly policy: ConditionalAccessPolicy;
  /** What it is set to, and that with all that says whom it reaches. */
  readonly value: string;
  readonly text: string;
}

function sessionSettings({ tenant: { policies } }: ProofWorld): SessionSetting[] {
  return policies
    .filter(({ state }) => mayEnforce(modeOf(state)))
    .flatMap((policy) =>
      Object.entries(setSessionControls(policy.sessionControls)).map(([control, set]) => {
        const value = textOfJson(set);
        return { control, policy, value, text: textOfJson([lower(policy.state), value, policy.conditions]) };
      }),
    );
}

/**
 * What outcomes do not show: how long a session lives and what it may do. A control that is gone altogether is told as less protected; one
 * that is new, or whose setting takes the place of another one, of the same policy or of another, is only named, and no gate is green
 * over it. One that reaches sign-ins which it did not asks more of these, or limits them.
 */
function sessionsSetOtherwise(worlds: WorldPair): LeftOut[] {
  const [was, becomes] = [sessionSettings(worlds.before), sessionSettings(worlds.after)];
  const reachesOthers = reachingOthers(worlds);
  const [otherwise, begun] = [new Set<string>(), new Set<string>()];
  for (const control of new Set(becomes.map((each) => each.control))) {
    const [old, later] = [was, becomes].map((settings) => settings.filter((one) => one.control === control)) as [
      SessionSetting[],
      SessionSetting[],
    ];
    if (old.length === 0) addNames(otherwise, later);
    // With one setting in both worlds, to lose it is to lose the control; who has it newly is not told otherwise.
    else if (new Set([...old, ...later].map(({ value }) => value)).size === 1) {
      if (reachesMore(worlds, idsOf(old), idsOf(later))) addNames(begun, later);
    } else {
      const others = later.filter(({ policy }) => reachesOthers(policy));
      addNames(otherwise, [...notAmong(later, old), ...notAmong(old, later), ...others]);
    }
  }
  return [
    ...named('what session controls are set to, such as a sign-in frequency', otherwise, 'anything'),
    ...named(
      'what session controls, such as a sign-in frequency, make of sign-ins that they newly reach',
      begun,
      'stricter',
    ),
  ];
}

function idsOf(settings: readonly SessionSetting[]): ReadonlySet<string> {
  return new Set(settings.map(({ policy }) => policy.id));
}

function addNames(names: Set<string>, settings: readonly SessionSetting[]): void {
  for (const { policy } of settings) names.add(policy.displayName);
}

function named(what: string, policies: ReadonlySet<string>, couldBe: LeftOut['couldBe']): LeftOut[] {
  return policies.size === 0 ? [] : [{ what, policies: [...policies], couldBe }];
}

function notAmong(settings: readonly SessionSetting[], others: readonly SessionSetting[]): SessionSetting[] {
  const texts = new Set(others.map(({ text }) => text));
  return settings.filter(({ text }) => !texts.has(text));
}

/** Whether a policy that is written the same reaches other sign-ins: by where they come from, or by who is in a group or has a role. */
function reachingOthers({ before, after }: WorldPair): (policy: ConditionalAccessPolicy) => boolean {
  const isSame = (list: 'namedLocations' | 'mfaTrustedIps' | 'groups' | 'roleAssignments') =>
    isSameJson(before.tenant[list], after.tenant[list]);
  const byPlace =
    before.signalingStatus !== after.signalingStatus || !isSame('namedLocations') || !isSame('mfaTrustedIps');
  const byMembers = !isSame('groups') || !isSame('roleAssignments');
  return ({ conditions }) => {
    const { includeGroups, excludeGroups, includeRoles, excludeRoles } = conditions?.users ?? {};
    const named = [includeGroups, excludeGroups, includeRoles, excludeRoles].some((list) => texts(list).length > 0);
    return (byPlace && isSet(conditions?.locations)) || (byMembers && named);
  };
}

/** What keeps gates from being green, whatever the proof says. */
export function openQuestions(worlds: WorldPair): LeftOut[] {
  return [...unreadFacts(worlds), ...sessionsSetOtherwise(worlds)];
}

/** Policies that ask for the risk of the sign-in: whether Microsoft finds another risk at another address is in no document (SIR-2026). */
function riskOfSwitch({ before, after }: WorldPair): LeftOut[] {
  if (before.signalingStatus === after.signalingStatus) return [];
  const asking = after.tenant.policies.filter(
    ({ state, conditions }) => mayEnforce(modeOf(state)) && texts(conditions?.signInRiskLevels).length > 0,
  );
  if (asking.length === 0) return [];
  const what = 'another sign-in risk for want of the user’s own address';
  return [{ what, policies: asking.map(({ displayName }) => displayName), couldBe: 'unchanged' }];
}

/** Names what the proof of these two worlds does not speak of. */
export function leftOut(worlds: WorldPair): LeftOut[] {
  const { before, after } = worlds;
  const strict = [before, after].flatMap(({ tenant }) => tenant.policies).filter(mayEnforceStrictLocation);
  const users = [before, after].flatMap(({ tenant }) => tenant.users ?? []);
  const isSupposed = users.some(({ id }) => id.startsWith(SUPPOSED));
  const always = ALWAYS.map((what): LeftOut => ({ what, policies: [], couldBe: 'unchanged' }));
  const others: LeftOut = {
    what: isSupposed
      ? 'people who are in several of the named groups and roles at once, or in one and a guest'
      : 'people who are not in the directory yet',
    policies: [],
    couldBe: 'unchanged',
  };
  return [
    ...named(
      'strict location enforcement: the address that the resource itself sees',
      new Set(strict.map(({ displayName }) => displayName)),
      'unchanged',
    ),
    ...openQuestions(worlds),
    ...riskOfSwitch(worlds),
    ...always,
    others,
  ];
}
