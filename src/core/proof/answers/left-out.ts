import { mayEnforceStrictLocation, setSessionControls } from '../../conditional-access/grant/session-controls.ts';
import { openFactsOf } from '../../conditional-access/open-facts.ts';
import { mayEnforce, modeOf } from '../../conditional-access/policy-mode.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import { texts } from '../../tenant/policy-words.ts';
import { isSameJson } from '../../values/same-json.ts';
import { SUPPOSED } from '../levels/people.ts';
import type { WorldPair } from '../worlds/world.ts';

/** What "every sign-in" leaves out, said with every answer. */
export interface LeftOut {
  readonly what: string;
  /** Names of the policies that it concerns; empty: it concerns no policy in particular. */
  readonly policies: readonly string[];
}

const ALWAYS: readonly string[] = [
  'agents of Microsoft Entra Agent ID',
  'one sign-in that asks for several resources at once',
  'addresses that the internet cannot see, such as 10.0.0.0/8',
  'sessions whose claims contradict the device record',
  'people who cannot do multifactor authentication, other than by B2B direct connect',
];

/**
 * What of enforced policies nobody documents or an export lost, where the switch is asked about: it may hang on the address or on the signal, so that no
 * gate is green over it (invariant 11).
 */
function openFacts({ before, after }: WorldPair): LeftOut[] {
  if (before.signalingStatus === after.signalingStatus) return [];
  const policies = [before, after].flatMap(({ compiled }) => compiled.policies).filter(({ mode }) => mayEnforce(mode));
  const facts = new Set(policies.flatMap(openFactsOf));
  return [...facts].map((fact) => ({
    what: `${fact}, which may hang on the address or the signal`,
    policies: [
      ...new Set(policies.filter((one) => openFactsOf(one).includes(fact)).map(({ policy }) => policy.displayName)),
    ],
  }));
}

/**
 * What outcomes do not show: how long a session lives and what it may do. A control that is gone is told as less protected; one that is
 * new, or set otherwise, is only named, and no gate is green over it.
 */
function sessionsSetOtherwise({ before, after }: WorldPair): LeftOut[] {
  if (before.tenant === after.tenant) return [];
  const old = new Map(before.tenant.policies.map((policy) => [policy.id, policy]));
  const policies = after.tenant.policies.filter((policy) => {
    const was = old.get(policy.id);
    return was !== undefined && mayEnforce(modeOf(policy.state)) && isSetOtherwise(was, policy);
  });
  if (policies.length === 0) return [];
  const what = 'what session controls are set to, such as a sign-in frequency';
  return [{ what, policies: policies.map(({ displayName }) => displayName) }];
}

function isSetOtherwise(was: ConditionalAccessPolicy, becomes: ConditionalAccessPolicy): boolean {
  const set = setSessionControls(was.sessionControls);
  return Object.entries(setSessionControls(becomes.sessionControls)).some(
    ([name, value]) => !isSameJson(set[name], value),
  );
}

/** What keeps every gate from being green, whatever the proof says. */
export function openQuestions(worlds: WorldPair): LeftOut[] {
  return [...openFacts(worlds), ...sessionsSetOtherwise(worlds)];
}

/** Policies that ask for the risk of the sign-in: whether Microsoft finds another risk at another address is in no document (SIR-2026). */
function riskOfSwitch({ before, after }: WorldPair): LeftOut[] {
  if (before.signalingStatus === after.signalingStatus) return [];
  const asking = after.tenant.policies.filter(
    ({ state, conditions }) => mayEnforce(modeOf(state)) && texts(conditions?.signInRiskLevels).length > 0,
  );
  if (asking.length === 0) return [];
  const what = 'another sign-in risk for want of the user’s own address';
  return [{ what, policies: asking.map(({ displayName }) => displayName) }];
}

/** Names what the proof of these two worlds does not speak of. */
export function leftOut(worlds: WorldPair): LeftOut[] {
  const { before, after } = worlds;
  const strict = [before, after].flatMap(({ tenant }) => tenant.policies).filter(mayEnforceStrictLocation);
  const users = [before, after].flatMap(({ tenant }) => tenant.users ?? []);
  const isSupposed = users.some(({ id }) => id.startsWith(SUPPOSED));
  const always = ALWAYS.map((what) => ({ what, policies: [] }));
  return [
    ...(strict.length === 0
      ? []
      : [
          {
            what: 'strict location enforcement: the address that the resource itself sees',
            policies: [...new Set(strict.map(({ displayName }) => displayName))],
          },
        ]),
    ...openQuestions(worlds),
    ...riskOfSwitch(worlds),
    ...always,
    {
      what: isSupposed
        ? 'people who are in several of the named groups and roles at once'
        : 'people who are not in the directory yet',
      policies: [],
    },
  ];
}
