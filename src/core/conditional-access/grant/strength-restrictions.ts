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
  /** Those that it may be for, where an export lost it. */
  readonly possible?: ReadonlySet<string>;
  /** What it asks for; two of one text ask for the same. */
  readonly text: string;
}

/**
 * The restrictions of a strength. Graph gives a list of them, empty or not: one that is null was lost, and may have restricted any key or
 * certificate that is allowed. Whoever writes a strength without it, as in a test, writes one that has none; where an export lacks it, its
 * reader has null in its place (intake). The strengths that are built in have none.
 */
export function restrictionsOf(strength: AuthenticationStrength, isBuiltIn: boolean): readonly Restriction[] {
  const given = strength.combinationConfigurations;
  if (given === null && !isBuiltIn) return lostRestrictions(strength);
  if (!isSet(given)) return [];
  return (Array.isArray(given) ? given : [given]).map(restrictionOf);
}

function lostRestrictions({ id, allowedCombinations }: AuthenticationStrength): readonly Restriction[] {
  const possible = texts(allowedCombinations)
    .map(canonicalCombination)
    .filter((combination) => /fido2|x509/.test(combination));
  const lost = { combinations: undefined, possible: new Set(possible), text: `lost of ${id ?? ''}` };
  return possible.length === 0 ? [] : [lost];
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

/** Whether an export lost what a restriction asks for. */
export function isLostRestriction({ possible }: Restriction): boolean {
  return possible !== undefined;
}

/** Whether a combination may be under a restriction. */
export function mayRestrict({ combinations, possible }: Restriction, combination: string): boolean {
  return (combinations ?? possible)?.has(combination) !== false;
}
