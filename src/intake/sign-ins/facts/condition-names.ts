import { CONDITION_NAMES } from '../../../core/graph/conditions.ts';

/** Graph's flags enum `conditionalAccessConditions`, value 1 first (META); 4096 is `unknownFutureValue`. */
const CONDITIONS: readonly string[] = [
  ...CONDITION_NAMES.slice(0, 12),
  'unknownFutureValue',
  ...CONDITION_NAMES.slice(12),
];

/**
 * Graph prints the flags by name, Azure Monitor and Log Analytics as one number (META, L-REAL): 3 is `application,users`,
 * 0 is `none`. A bit without a name keeps its value, so that it is neither lost nor matched.
 */
export function conditionNames(flags: number): string {
  const names: string[] = [];
  for (let bit = 0; bit < 31; bit++) {
    if ((flags & (1 << bit)) !== 0) names.push(CONDITIONS[bit] ?? String(2 ** bit));
  }
  return names.length === 0 ? 'none' : names.join(',');
}

/** The names of either spelling, as a list; empty for `none` and for what is no such value. */
export function conditionList(value: unknown): readonly string[] {
  const text = typeof value === 'number' ? conditionNames(value) : value;
  if (typeof text !== 'string') return [];
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'none');
}
