import { KNOWN_COMBINATIONS } from '../../conditional-access/grant/authentication-strength.ts';
import type { CompiledControl, CompiledGrant } from '../../conditional-access/grant/controls.ts';
import { CONTROL_RANKS, satisfactionOf } from '../../conditional-access/grant/controls.ts';
import type { SeverityRange } from '../../conditional-access/grant/effect.ts';
import { effectOfGrant } from '../../conditional-access/grant/effect.ts';
import { SESSION_CONTROLS } from '../../graph/controls.ts';
import type { Satisfied, SignInAttempt } from '../../signaling/attempt.ts';
import { TooLarge } from '../too-large.ts';
import { attemptOfFlags, FLAG_SETS, FLAGS, partsOfFlags } from './flags.ts';

/**
 * What a session may have proven, as far as any grant can tell: one column for all sessions to which every grant reacts alike.
 * A proof goes through all columns at once.
 */
export interface ControlColumns {
  readonly columns: readonly Satisfied[];
  /** How each grant reacts to each column. */
  effectsOf(grant: number, flags: number): readonly SeverityRange[];
}

/** More columns than any tenant has that was seen; the prototype met 48. */
const MOST_COLUMNS = 4_096;

export function controlColumns(grants: readonly CompiledGrant[]): ControlColumns {
  return columnsOf(grants, distinctColumns(grants));
}

/** The same where it is known what sessions have proven. */
export function columnsOf(grants: readonly CompiledGrant[], columns: readonly Satisfied[]): ControlColumns {
  const known = new Map<number, readonly SeverityRange[]>();
  return {
    columns,
    effectsOf: (grant, flags) => {
      const key = grant * FLAG_SETS + flags;
      const effects = known.get(key) ?? effectsFor(grants[grant], columns, flags);
      known.set(key, effects);
      return effects;
    },
  };
}

const NOWHERE = { network: { via: undefined, source: {} } };

function attemptFor(satisfied: Satisfied, flags: number): SignInAttempt {
  return { ...attemptOfFlags(flags), ...NOWHERE, ...partsOfFlags(flags, satisfied) };
}

function effectsFor(grant: CompiledGrant | undefined, columns: readonly Satisfied[], flags: number): SeverityRange[] {
  return columns.map((satisfied) =>
    grant === undefined ? { least: 0, most: 0 } : effectOfGrant(grant, attemptFor(satisfied, flags)),
  );
}

/**
 * Contexts in which sessions could be told apart: a legacy client and a workload identity prove nothing, and whatever else
 * decides what a device proves is one of its four states.
 */
const CONTEXTS = [0, FLAGS.compliantDevice, FLAGS.hybridJoinedDevice, FLAGS.compliantDevice + FLAGS.hybridJoinedDevice]
  .flatMap((device) => [device, device + FLAGS.withoutMfa])
  .flatMap((flags) => [flags, flags + FLAGS.fromElsewhere]);

function distinctColumns(grants: readonly CompiledGrant[]): Satisfied[] {
  const found = new Map<string, Satisfied>();
  for (const satisfied of assignments(grants)) {
    const key = CONTEXTS.map((flags) => grants.map((grant) => textOfEffect(grant, satisfied, flags)).join('')).join(
      ' ',
    );
    if (!found.has(key)) found.set(key, satisfied);
  }
  return [...found.values()];
}

function textOfEffect(grant: CompiledGrant, satisfied: Satisfied, flags: number): string {
  const { least, most } = effectOfGrant(grant, attemptFor(satisfied, flags));
  return String.fromCharCode(48 + least * 4 + most);
}

/** The combinations of what the controls of these grants ask for. */
function assignments(grants: readonly CompiledGrant[]): Satisfied[] {
  const controls = grants.flatMap(({ controls }) => controls);
  const names = new Set(controls.map(({ control }) => control));
  let found: Satisfied[] = methods(controls);
  for (const flag of SESSION_CONTROLS) {
    if (names.has(flag)) found = times(found, [{ [flag]: false }, { [flag]: true }]);
  }
  found = subsets(found, idsOf(controls, CONTROL_RANKS.termsOfUse), 'termsOfUseAccepted');
  return subsets(found, idsOf(controls, CONTROL_RANKS.termsOfUse + 1), 'customAuthenticationFactors');
}

function idsOf(controls: readonly CompiledControl[], rank: number): readonly string[] {
  return [...new Set(controls.filter((control) => control.rank === rank).map(({ control }) => control))];
}

function times(found: readonly Satisfied[], parts: readonly Satisfied[]): Satisfied[] {
  if (found.length * parts.length > MOST_COLUMNS) {
    throw new TooLarge('more combinations of session controls than can be gone through', ['policy']);
  }
  return found.flatMap((one) => parts.map((part) => ({ ...one, ...part })));
}

function subsets(
  found: Satisfied[],
  ids: readonly string[],
  member: 'termsOfUseAccepted' | 'customAuthenticationFactors',
): Satisfied[] {
  if (ids.length === 0) return found;
  let sets: (readonly string[])[] = [[]];
  for (const id of ids) {
    if (sets.length > MOST_COLUMNS) break;
    sets = sets.flatMap((set) => [set, [...set, id]]);
  }
  return times(
    found,
    sets.map((set) => ({ [member]: set })),
  );
}

/** One combination of methods for each way in which the controls that ask for methods react to one. */
function methods(controls: readonly CompiledControl[]): Satisfied[] {
  const asking = controls.filter(({ rank }) => rank === CONTROL_RANKS.mfa);
  if (asking.length === 0) return [{}];
  const found = new Map<string, Satisfied>();
  for (const satisfied of sessions(asking)) {
    const attempt = attemptFor(satisfied, 0);
    const key = asking.map((control) => String(satisfactionOf(control, attempt))).join();
    if (!found.has(key)) found.set(key, satisfied);
  }
  return [...found.values()];
}

/** Sessions by every combination of methods that is known, or that a strength names. */
function sessions(controls: readonly CompiledControl[]): Satisfied[] {
  const named = controls.flatMap(({ strength }) => [...(strength?.combinations ?? [])]);
  return [...new Set([...KNOWN_COMBINATIONS, ...named])].map((authenticationMethodCombination) => ({
    authenticationMethodCombination,
  }));
}
