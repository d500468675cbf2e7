import type { AuthenticationStrength } from '../../tenant/policy.ts';
import { isSet, texts } from '../../tenant/policy-words.ts';
import { isObject } from '../../values/is-object.ts';
import { textOfJson } from '../../values/same-json.ts';
import { canonicalCombination } from './method-combination.ts';

/**
 * What an authentication strength asks of single keys or certificates beside their combination: an entry of `combinationConfigurations`
 * (CSDL-v1), such as the keys that are allowed by their AAGUID.
 */
export interface Restriction {
  /** The combinations it is for (`appliesToCombinations`); `undefined`: it does not say. */
  readonly combinations: ReadonlySet<string> | undefined;
  /** What it asks for; two of one text ask for the same. */
  readonly text: string;
}

export function restrictionsOf({ combinationConfigurations: given }: AuthenticationStrength): readonly Restriction[] {
  if (!isSet(given)) return [];
  return (Array.isArray(given) ? given : [given]).map(restrictionOf);
}

function restrictionOf(given: unknown): Restriction {
  if (!isObject(given)) return { combinations: undefined, text: textOfJson(given) };
  const { id: _, appliesToCombinations, ...asked } = given;
  const combinations = texts(appliesToCombinations).map(canonicalCombination);
  return {
    combinations: combinations.length === 0 ? undefined : new Set(combinations),
    text: textOfJson(
      Object.fromEntries(
        Object.entries(asked)
          .filter(([name]) => !name.includes('@'))
          .map(inOrder),
      ),
    ),
  };
}

/** Lists of keys, issuers and policies, in any order and any case. */
function inOrder([name, value]: [string, unknown]): readonly [string, unknown] {
  return [
    name,
    Array.isArray(value)
      ? texts(value)
          .map((text) => text.toLowerCase())
          .sort()
      : value,
  ];
}

/** Whether a combination may be under a restriction. */
export function mayRestrict({ combinations }: Restriction, combination: string): boolean {
  return combinations === undefined || combinations.has(combination);
}
