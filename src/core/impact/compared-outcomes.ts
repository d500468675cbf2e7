import type { Outcome } from '../conditional-access/result.ts';
import { EFFECTS } from '../conditional-access/result.ts';
import type { RecordedOutcome } from '../signaling/attempt.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { OutcomeAgreement, OutcomeDisagreement } from './agreement.ts';

/** A way in which an outcome differs from that of the record: one object for all sign-ins. */
export interface Difference extends Pick<OutcomeDisagreement, 'cause' | 'recorded' | 'evaluated'> {
  readonly number: number;
}

/** Counts how far outcomes agree with those of the records; its size depends on neither. */
export class ComparedOutcomes {
  readonly #letIn = { compared: 0, agreed: 0, changedSince: 0 };
  readonly #stopped = { compared: 0, agreed: 0, changedSince: 0 };
  readonly #counts: number[] = DIFFERENCES.map(() => 0);
  readonly #examples: (OutcomeDisagreement['example'] | undefined)[] = [];
  #open = 0;

  open(signIns: number): void {
    this.#open += signIns;
  }

  agree(recorded: RecordedOutcome, signIns: number): void {
    const counts = this.#countsOf(recorded);
    counts.compared += signIns;
    counts.agreed += signIns;
  }

  disagree({ number, recorded, cause }: Difference, signIns: number): void {
    const counts = this.#countsOf(recorded);
    counts.compared += signIns;
    if (cause === 'changedSince') counts.changedSince += signIns;
    this.#counts[number] = (this.#counts[number] ?? 0) + signIns;
  }

  hasExample({ number }: Difference): boolean {
    return this.#examples[number] !== undefined;
  }

  exemplify({ number }: Difference, example: OutcomeDisagreement['example']): void {
    this.#examples[number] = example;
  }

  agreement(): OutcomeAgreement {
    const disagreements = DIFFERENCES.flatMap(({ number, ...difference }): OutcomeDisagreement[] => {
      const example = this.#examples[number];
      return example === undefined ? [] : [{ ...difference, count: this.#counts[number] ?? 0, example }];
    });
    return {
      letIn: { ...this.#letIn },
      stopped: { ...this.#stopped },
      open: this.#open,
      disagreements: disagreements.sort((a, b) => b.count - a.count || compareTexts(nameOf(a), nameOf(b))),
    };
  }

  #countsOf(recorded: RecordedOutcome) {
    return recorded === 'letIn' ? this.#letIn : this.#stopped;
  }
}

/** Whether the outcome is one that the record may mean; one that is not known is none. */
export function isAsTold(recorded: RecordedOutcome, evaluated: Outcome): boolean {
  if (recorded === 'letIn') return evaluated === 'granted';
  // A legacy client that cannot answer what is asked is blocked too (D-COND).
  return recorded === 'blocked' ? evaluated === 'blocked' || evaluated === 'denied' : !LET_IN.has(evaluated);
}

const LET_IN: ReadonlySet<Outcome> = new Set(['granted', 'unknown']);

const RECORDED: readonly RecordedOutcome[] = ['blocked', 'stopped', 'letIn'];
const OUTCOMES: readonly Outcome[] = [...EFFECTS, 'unknown'];
const CAUSES = ['unexplained', 'changedSince'] as const;

const DIFFERENCES: readonly Difference[] = RECORDED.flatMap((recorded) =>
  OUTCOMES.flatMap((evaluated) => CAUSES.map((cause) => ({ cause, recorded, evaluated }))),
).map((each, number) => ({ number, ...each }));

export function differenceOf(recorded: RecordedOutcome, evaluated: Outcome, isChangedSince: boolean): Difference {
  const pair = RECORDED.indexOf(recorded) * OUTCOMES.length + OUTCOMES.indexOf(evaluated);
  return DIFFERENCES[pair * CAUSES.length + (isChangedSince ? 1 : 0)] as Difference;
}

function nameOf({ recorded, evaluated, cause }: OutcomeDisagreement): string {
  return `${recorded} ${evaluated} ${cause}`;
}
