import type { ConditionKind } from '../../graph/conditions.ts';
import type { CompiledCondition, Facts, Slot } from '../facts/facts.ts';
import type { Entry } from './include-exclude.ts';
import { judgeLists, lacks, MATCH, NO_MATCH } from './include-exclude.ts';
import type { IncludeExclude } from './unmodelled.ts';

/** How a list of Graph enum values is matched against one fact of the sign-in. */
export interface EnumReading {
  readonly condition: ConditionKind;
  readonly slot: Slot;
  /** The values we know, in any case; any other word is unknown and named, so that it never matches by accident. */
  readonly known: readonly string[];
  /** The word that stands for every value, where there is one. */
  readonly everything?: string;
  readonly rule: string;
  readonly everythingRule?: string;
  /** Name of the fact, for what is missing. */
  readonly fact: string;
  /** The values of the sign-in, any of which may match; `null` is a value outside the enum, `undefined` is not known. */
  read(facts: Facts): readonly (string | null | undefined)[];
}

/** A condition that lists enum values: any include and no exclude; values are compared without regard to case (L-CORPUS). */
export function compileEnumLists(
  reading: EnumReading,
  includes: readonly string[],
  excludes: readonly string[] = [],
  others: IncludeExclude<Facts> = { includes: [], excludes: [] },
): CompiledCondition | undefined {
  const included = [...includes.map((value) => enumEntry(value, reading)), ...others.includes];
  const excluded = [...excludes.map((value) => enumEntry(value, reading)), ...others.excludes];
  if (included.length + excluded.length === 0) return undefined;
  return { slot: reading.slot, judge: (facts) => judgeLists(reading.condition, included, excluded, facts) };
}

function enumEntry(value: string, reading: EnumReading): Entry<Facts> {
  const word = value.toLowerCase();
  const { rule, fact } = reading;
  if (word === reading.everything)
    return { value, label: value, rule: reading.everythingRule ?? rule, match: () => MATCH };
  if (!reading.known.some((known) => known.toLowerCase() === word)) {
    return { value, label: value, rule, match: () => lacks(`meaning of ${reading.condition} ${value}`) };
  }
  return {
    value,
    label: value,
    rule,
    match: (facts) => {
      const values = reading.read(facts);
      if (values.some((known) => known?.toLowerCase() === word)) return MATCH;
      return values.includes(undefined) ? lacks(fact) : NO_MATCH;
    },
  };
}
