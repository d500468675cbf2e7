import type { SomeExplained } from '../conditional-access/fast/some-explained.ts';
import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { classifyChange } from '../conditional-access/outcome/change.ts';
import type { Evaluation, Outcome, PolicyStanding } from '../conditional-access/result.ts';

/** What becomes of one sign-in. */
export interface Change {
  readonly class: ChangeClass;
  /** `undefined` where Entra sees the same on both sides: then nothing was decided, as nothing can differ. */
  readonly outcomes: { readonly before: Outcome; readonly after: Outcome } | undefined;
  /** Ids of the policies that make the difference; for unknown `stoppedBy` and those whose answer hangs on a missing fact. */
  readonly decidedBy: readonly string[];
  /** For unknown: the policies that stop the user in any case, who was let in before; else empty. */
  readonly stoppedBy: readonly string[];
  /**
   * For unknown: the classes that it could be of. For unchanged: less protected, where a demand may be gone, and newly prompted, where a
   * sign-in frequency begins. Else empty.
   */
  readonly couldBe: readonly ChangeClass[];
  /** Facts that were missing, sorted; empty unless unknown. */
  readonly missing: readonly string[];
}

/** The same sign-in with every reason, on both sides. */
export interface Pair {
  readonly before: Evaluation;
  readonly after: Evaluation;
}

/** The same sign-in with the reasons of some policies, on both sides. */
export interface ExplainedPair {
  readonly before: SomeExplained;
  readonly after: SomeExplained;
}

/** What of an evaluation a change is told by. */
export interface Side extends Pick<Evaluation, 'outcome' | 'decidedBy'> {
  readonly policies: readonly PolicyStanding[];
  /** The facts that are missing. */
  readonly missing: readonly string[];
}

/** What of one side tells a change from the other. */
type Decided = Pick<Evaluation, 'outcome' | 'decidedBy'>;

const NOTHING_OPEN = { stoppedBy: [], couldBe: [], missing: [] } as const;

/** Entra sees the same on both sides. */
export const UNTOUCHED: Change = { class: 'unchanged', outcomes: undefined, decidedBy: [], ...NOTHING_OPEN };

/** By whether a demand may be gone, and by the outcomes. */
const UNCHANGED = new Map<string, Change>();

/** One change for all of the same outcomes; `mayLose`: a demand may be gone. */
export function unchanged({ outcome: before }: Outcomed, { outcome: after }: Outcomed, mayLose = false): Change {
  const key = `${mayLose} ${before} ${after}`;
  const known = UNCHANGED.get(key);
  if (known !== undefined) return known;
  const couldBe = mayLose ? LESS_PROTECTED : [];
  const change: Change = { ...UNTOUCHED, outcomes: { before, after }, couldBe };
  UNCHANGED.set(key, change);
  return change;
}

type Outcomed = Pick<Evaluation, 'outcome'>;

const LESS_PROTECTED: readonly ChangeClass[] = ['lessProtected'];

/** Two known outcomes that differ. */
export function changed(was: Decided, becomes: Decided): Change {
  const kind = classifyChange({ outcome: was.outcome, policies: [] }, { outcome: becomes.outcome, policies: [] });
  return attributed(kind, was, becomes);
}

/** Worse: by those that now stop; better: by those that stopped. */
export function attributed(kind: ChangeClass, was: Decided, becomes: Decided): Change {
  const isWorse = kind === 'newlyBlocked' || kind === 'newlyDenied' || kind === 'newlyPrompted';
  return settledAs(kind, outcomesOf(was, becomes), (isWorse ? becomes : was).decidedBy);
}

/** A class that is certain. */
export function settledAs(kind: ChangeClass, outcomes: Change['outcomes'], decidedBy: readonly string[]): Change {
  return { class: kind, outcomes, decidedBy, ...NOTHING_OPEN };
}

export function outcomesOf(was: Decided, becomes: Decided): NonNullable<Change['outcomes']> {
  return { before: was.outcome, after: becomes.outcome };
}

/**
 * The change of a sign-in of which an outcome is not known and no class is certain; `isDiffering`: whether a policy may answer
 * differently on the two sides.
 */
export function openChange(
  was: Lacking,
  becomes: Lacking,
  { stoppedBy, couldBe }: Pick<Change, 'stoppedBy' | 'couldBe'>,
  isDiffering: (policyId: string) => boolean,
): Change {
  const open = [was, becomes].filter(({ outcome }) => outcome === 'unknown');
  const hanging = open.flatMap(({ decidedBy }) => decidedBy).filter(isDiffering);
  return {
    class: 'unknown',
    outcomes: outcomesOf(was, becomes),
    decidedBy: [...new Set([...stoppedBy, ...hanging])],
    stoppedBy,
    couldBe,
    missing: [...new Set(open.flatMap(({ missing }) => missing))].sort(),
  };
}

type Lacking = Omit<Side, 'policies'>;

/** The classes that the sign-in could be of. */
export function possible({ class: kind, couldBe }: Change): readonly ChangeClass[] {
  return kind === 'unknown' ? couldBe : [kind, ...couldBe];
}

/** One of two changes, of which it is not known which, for lack of one fact. */
export function either(one: Change, other: Change, fact: string): Change {
  if (one.class === other.class) return one;
  return {
    class: 'unknown',
    outcomes: { before: one.outcomes?.before ?? 'unknown', after: 'unknown' },
    decidedBy: [...new Set([...one.decidedBy, ...other.decidedBy])],
    stoppedBy: [],
    missing: [...new Set([...one.missing, ...other.missing, fact])].sort(),
    couldBe: [...new Set([...possible(one), ...possible(other)])],
  };
}
