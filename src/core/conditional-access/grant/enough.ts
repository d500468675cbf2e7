import type { AskedControl } from '../demand.ts';
import type { Truth } from '../result.ts';
import { all, any } from '../truth.ts';
import type { CompiledStrength } from './authentication-strength.ts';
import { isMultifactor } from './authentication-strength.ts';
import type { Restriction } from './strength-restrictions.ts';
import { mayRestrict } from './strength-restrictions.ts';

const MFA = 'mfa';

/** Two controls of one text are satisfied by the same sessions: a strength is what it allows, whatever it is called. */
export function textOfControl({ control, displayName, text, strength }: AskedControl): string {
  if (strength === undefined) return [control, displayName, text ?? []].flat().join(' ');
  const { combinations, needsMfa, restrictions, openText } = strength;
  if (combinations === undefined) return `${control} ${openText}`;
  const keys = restrictions.map((one) => `${one.text} ${[...(one.combinations ?? [])].sort().join(' ')}`);
  return [control, needsMfa, ...[...combinations].sort(), ...keys.sort()].join(' ');
}

/**
 * Whether whoever satisfies a control satisfies one of some others. By their combinations a strength is enough for MFA and for each wider
 * strength (D-STR, D-STRS); MFA is enough for none, as an external authentication method satisfies it, and no strength (D-DEVREG).
 */
export function isEnough(control: AskedControl, others: readonly AskedControl[]): Truth {
  const text = textOfControl(control);
  if (others.some((other) => textOfControl(other) === text)) return true;
  return control.strength === undefined ? false : isStrengthEnough(control.strength, others);
}

/** Whether whoever satisfies a control has done MFA. */
export function provesMfa(control: AskedControl): Truth {
  return isEnough(control, [{ control: MFA, displayName: MFA }]);
}

function isStrengthEnough(strength: CompiledStrength, others: readonly AskedControl[]): Truth {
  if (strength.combinations === undefined) return any(others.map((other) => isOpenEnough(strength, other)));
  return all([...strength.combinations].map((one) => any(others.map((other) => accepts(other, one, strength)))));
}

/** A strength whose combinations are not known grants the claim of MFA where it says so (`requirementsSatisfied`, CSDL-v1). */
function isOpenEnough({ needsMfa }: CompiledStrength, { control, strength }: AskedControl): Truth {
  if (control === MFA) return needsMfa || 'unknown';
  return strength === undefined ? false : 'unknown';
}

/** Whether a control is satisfied by who met a strength by one of its combinations. */
function accepts({ control, strength }: AskedControl, combination: string, met: CompiledStrength): Truth {
  const isMfa = isMultifactor(combination);
  if (control === MFA) return isMfa ?? (met.needsMfa || 'unknown');
  if (strength === undefined) return false;
  if (strength.combinations === undefined) return strength.needsMfa && isMfa === false ? false : 'unknown';
  if (!strength.combinations.has(combination)) return false;
  return areHeldTo(strength.restrictions, met.restrictions, combination);
}

/**
 * Whether those who met one strength by a combination are held to all that another asks of it. What a restriction leaves of another that is
 * written otherwise is not known.
 */
function areHeldTo(asked: readonly Restriction[], by: readonly Restriction[], combination: string): Truth {
  const open = asked.filter((one) => mayRestrict(one, combination));
  const isSure = ({ combinations }: Restriction) => combinations?.has(combination) === true;
  const held = by.filter(isSure);
  if (open.every(({ text }) => held.some((one) => one.text === text))) return true;
  return open.some(isSure) && !by.some((one) => mayRestrict(one, combination)) ? false : 'unknown';
}
