import type { ExportedList } from './list-names.ts';
import { listOfName } from './list-names.ts';

/** The words of one step of a path, in small letters, numbers apart. */
export type Step = readonly string[];

/** The steps of a path, or of a pointer into a file, as their words: `out/groupOwners.0.json` has `out`, and `group owners 0`. */
export function stepsOf(path: string): readonly Step[] {
  return path.split(/[/\\]/).flatMap((step) => {
    const words = wordsOf(step.replace(/\.\w+$/, ''));
    return words.length === 0 ? [] : [words];
  });
}

function wordsOf(step: string): Step {
  const spaced = step.replace(/[&+]/g, ' and ').replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ');
  return spaced.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
}

/** Words that turn what stands behind them into its opposite, as in `users-without-guests`. */
const NEGATIONS: ReadonlySet<string> = new Set(['no', 'non', 'not', 'without', 'excluding', 'excl', 'except']);

export function isNegated(step: Step, at: number): boolean {
  return NEGATIONS.has(step[at - 1] ?? '');
}

/** Words of a step that are the name of a list, from the first to before the last. */
export interface NameOfList {
  readonly list: ExportedList;
  readonly start: number;
  readonly end: number;
}

/** The names of lists among the words of a step; the longest has four. */
export function namesOfLists(step: Step): readonly NameOfList[] {
  return step.flatMap((_, start) =>
    [1, 2, 3, 4].flatMap((length) => {
      const end = start + length;
      const list = end <= step.length ? listOfName(step.slice(start, end).join('')) : undefined;
      return list === undefined ? [] : [{ list, start, end }];
    }),
  );
}

export function namesAnyList(step: Step): boolean {
  return namesOfLists(step).length > 0;
}
