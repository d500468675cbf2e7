import type { Satisfied } from '../../signaling/attempt.ts';
import type { Truth } from '../result.ts';
import type { CompiledStrength } from './authentication-strength.ts';
import { isMultifactor } from './authentication-strength.ts';
import { canonicalCombination } from './method-combination.ts';
import { mayRestrict } from './strength-restrictions.ts';

/** Whether the methods used meet the strength (D-STR). */
export function meetsStrength(strength: CompiledStrength, { authenticationMethodCombination, mfa }: Satisfied): Truth {
  const { combinations, needsMfa } = strength;
  if (authenticationMethodCombination === undefined) return needsMfa && mfa === false ? false : 'unknown';
  const used = canonicalCombination(authenticationMethodCombination);
  if (combinations === undefined) return needsMfa && isMultifactor(used) === false ? false : 'unknown';
  if (!combinations.has(used)) return false;
  return strength.restrictions.some((one) => mayRestrict(one, used)) ? 'unknown' : true;
}
