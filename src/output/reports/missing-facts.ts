import { plural } from '../../core/values/plural.ts';
import { someOf } from '../../core/values/some-of.ts';

/** What is not known, and how many sign-ins lack it. */
export interface MissingFact {
  readonly fact: string;
  readonly count: number;
}

/** A line of the list: one fact, or all of a kind that one export settles. */
export interface MissingLine {
  readonly text: string;
  /** A fact of the line, by which what helps is found. */
  readonly fact: string;
  /** Digits; `≥` before them where the sign-ins of a line are not counted together. */
  readonly count: string;
}

/** Facts of which a tenant lacks many at once, and what all of them are. */
const KINDS = [
  { begins: 'holders of role ', all: (count: number) => `holders of ${plural(count, 'role')}` },
  { begins: 'members of group ', all: (count: number) => `members of ${plural(count, 'group')}` },
] as const;

/** Of a kind so many are told one by one; more of them would hide every other fact. */
const ONE_BY_ONE = 2;

/** The facts in the order that they have, those of a kind together where the first of them stands. */
export function missingLines(missing: readonly MissingFact[]): readonly MissingLine[] {
  const kindOf = (fact: string) => KINDS.find(({ begins }) => fact.startsWith(begins));
  const byKind = Map.groupBy(missing, ({ fact }) => kindOf(fact));
  return missing.flatMap((each): MissingLine[] => {
    const { fact, count } = each;
    const kind = kindOf(fact);
    const alike = kind === undefined ? [] : (byKind.get(kind) ?? []);
    if (kind === undefined || alike.length <= ONE_BY_ONE) return [{ text: fact, fact, count: String(count) }];
    if (alike[0] !== each) return [];
    const names = alike.map((one) => one.fact.slice(kind.begins.length));
    const isEqual = alike.every((one) => one.count === count);
    return [{ text: `${kind.all(alike.length)}: ${someOf(names)}`, fact, count: `${isEqual ? '' : '≥ '}${count}` }];
  });
}
