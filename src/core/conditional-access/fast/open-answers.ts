import type { ConditionResult } from '../result.ts';

/** What the conditions of one slot leave open. */
export interface OpenAnswer {
  /** The unknown conditions of each policy, by its position, where none of the slot fails. */
  readonly open: ReadonlyMap<number, readonly ConditionResult[]>;
  /** One number for all that is open in the same way; 0 where nothing is. */
  readonly openNumber: number;
}

/** How many are remembered: there are few, as sign-ins lack the same facts again and again. */
const REMEMBERED = 500;

/** Makes one of all open answers that lack the same, so that thousands of people of whom nothing is known share it. */
export class OpenAnswers {
  #known = new Map<string, OpenAnswer>();
  #next = 1;

  shared(open: OpenAnswer['open']): OpenAnswer {
    if (open.size === 0) return CLOSED;
    const text = JSON.stringify([...open].map(([at, results]) => [at, results.map(reasonOf)]));
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= REMEMBERED) this.#known = new Map();
    const answer = { open, openNumber: this.#next++ };
    this.#known.set(text, answer);
    return answer;
  }
}

function reasonOf({ condition, missing }: ConditionResult) {
  return [condition, missing];
}

/** Nothing is open. */
export const CLOSED: OpenAnswer = { open: new Map(), openNumber: 0 };

/** What several slots leave open of the policy at a position. */
export function openAt(answers: readonly OpenAnswer[], at: number): readonly ConditionResult[] {
  let found = NOTHING_OPEN;
  for (let slot = 0; slot < answers.length; slot++) {
    const { open } = answers[slot] as OpenAnswer;
    const results = open.size === 0 ? undefined : open.get(at);
    // Mostly one slot alone leaves something open.
    if (results !== undefined) found = found.length === 0 ? results : [...found, ...results];
  }
  return found;
}

export const NOTHING_OPEN: readonly ConditionResult[] = [];
