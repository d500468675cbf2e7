import type { CompiledPolicy } from '../conditional-access/compile.ts';
import { UNSUPPORTED_ELSEWHERE } from '../conditional-access/facts/inbound-trust.ts';
import { KNOWN_COMBINATIONS } from '../conditional-access/grant/authentication-strength.ts';
import type { CompiledControl } from '../conditional-access/grant/controls.ts';
import { CONTROL_RANKS, satisfactionOf } from '../conditional-access/grant/controls.ts';
import { effectOfGrant } from '../conditional-access/grant/effect.ts';
import { SESSION_CONTROLS } from '../graph/controls.ts';
import type { Satisfied, SignInAttempt } from '../signaling/attempt.ts';
import { NOTHING_TOLD } from '../signaling/attempt.ts';
import type { CheckedWorlds } from './worlds.ts';
import { SIDES } from './worlds.ts';

/** More sessions than any certificate that was written holds: what asks for more is refused by whoever proves. */
const MOST_SESSIONS = 4_096;

/**
 * Everything that a session may have proven to the grants of both worlds, found from their controls alone; `undefined`: more than
 * can be gone through.
 */
export function sessionsOf(worlds: CheckedWorlds): Iterable<Satisfied> | undefined {
  const controls = policiesOf(worlds).flatMap(({ grant }) => grant.controls);
  const asked = new Set(controls.map(({ control }) => control));
  const choices = [
    methodsOf(controls.filter(({ rank }) => rank === CONTROL_RANKS.mfa)),
    ...SESSION_CONTROLS.filter((name) => asked.has(name)).map((name) => [{ [name]: false }, { [name]: true }]),
    ...idsOf(controls, CONTROL_RANKS.termsOfUse).map((id) => [{}, { termsOfUseAccepted: [id] }]),
    ...idsOf(controls, CONTROL_RANKS.customFactor).map((id) => [{}, { customAuthenticationFactors: [id] }]),
  ];
  const count = choices.reduce((product, { length }) => product * length, 1);
  return count > MOST_SESSIONS ? undefined : combined(choices);
}

/** Sessions with the same text are answered alike by every grant of both worlds, whatever device and whoever shows them. */
export function answersTo(worlds: CheckedWorlds, satisfied: Satisfied): string {
  const grants = policiesOf(worlds).map(({ grant }) => grant);
  return SHOWN_BY.map((shown) => {
    const attempt = { ...shown, satisfied: { ...satisfied, ...shown.satisfied } };
    return grants.map((grant) => Object.values(effectOfGrant(grant, attempt)).join('-')).join();
  }).join(' ');
}

function policiesOf(worlds: CheckedWorlds): readonly CompiledPolicy[] {
  return SIDES.flatMap((side) => worlds[side].policies);
}

/** A combination of methods for each way in which the controls that ask for methods answer one. */
function methodsOf(asking: readonly CompiledControl[]): readonly Satisfied[] {
  const named = asking.flatMap(({ strength }) => [...(strength?.combinations ?? [])]);
  const all = [...KNOWN_COMBINATIONS, ...named].map((authenticationMethodCombination) => ({
    authenticationMethodCombination,
  }));
  const textOf = (satisfied: Satisfied) =>
    asking.map((control) => satisfactionOf(control, { ...NOTHING_TOLD, satisfied })).join();
  return [...Map.groupBy(all, textOf).values()].flatMap(([first]) => first ?? []);
}

function idsOf(controls: readonly CompiledControl[], rank: number): readonly string[] {
  return [...new Set(controls.filter((control) => control.rank === rank).map(({ control }) => control.toLowerCase()))];
}

/** One of each list, in every combination; what several say of one list adds up. */
function* combined([choice, ...others]: readonly (readonly Satisfied[])[]): Iterable<Satisfied> {
  if (choice === undefined) return yield {};
  for (const other of combined(others)) for (const one of choice) yield joined(one, other);
}

function joined(one: Satisfied, other: Satisfied): Satisfied {
  const all = { ...other, ...one };
  const terms = [...(one.termsOfUseAccepted ?? []), ...(other.termsOfUseAccepted ?? [])];
  const factors = [...(one.customAuthenticationFactors ?? []), ...(other.customAuthenticationFactors ?? [])];
  return { ...all, termsOfUseAccepted: terms, customAuthenticationFactors: factors };
}

/** Who and what may show the same session: each state of a device, whether MFA can be done, and people from elsewhere (D-B2B). */
const SHOWN_BY: readonly SignInAttempt[] = [true, false].flatMap((isCompliant) =>
  ['ServerAD', 'AzureAD'].flatMap((trustType) =>
    [true, false].flatMap((canPerformMfa) =>
      [true, false].map((isFromHere) => ({
        ...NOTHING_TOLD,
        device: { isCompliant, trustType },
        canPerformMfa,
        canChangePassword: isFromHere,
        satisfied: isFromHere ? {} : UNSUPPORTED_ELSEWHERE,
      })),
    ),
  ),
);
