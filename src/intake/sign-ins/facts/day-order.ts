import { isMembers } from './members.ts';

/**
 * Whether the day or the month comes first in dates with slashes. One date with a number above 12 decides for its whole
 * file; `open`: none has decided yet; `mixed`: two have decided differently.
 */
export type DayOrder = 'monthFirst' | 'dayFirst' | 'open' | 'mixed';

const SLASHES = /^(\d{1,2})\/(\d{1,2})\/\d{4}\D/;

/** How Log Analytics shows times in English of the United States: no zero in front, milliseconds, capitals. */
const UNITED_STATES = /^[1-9]\d?\/[1-9]\d?\/\d{4}, [1-9]\d?:\d\d:\d\d\.\d{1,9}[ \u202f][AP]M$/;

/** The same as patterns of RE2, for who looks through a column of dates. */
export const SLASHED_DATES = {
  any: SLASHES.source,
  ofUnitedStates: UNITED_STATES.source.replace('\\u202f', '\\x{202f}'),
};

/** Learns the order from the dates of one file. */
export class DayOrderOfFile {
  #order: DayOrder = 'open';
  #hasSlashes = false;
  #allOfUnitedStates = true;

  /** The order as far as it is proven. */
  get proven(): DayOrder {
    return this.#order;
  }

  /** Whether a date has come of which those behind it may decide, or contradict, how it is read. */
  get isAwaited(): boolean {
    return this.#hasSlashes && this.#order !== 'mixed';
  }

  /** The order to read by where no date of the file has decided: a date that was not observed leaves it open. */
  get assumed(): DayOrder {
    const isOfUnitedStates = this.#hasSlashes && this.#allOfUnitedStates;
    return this.#order === 'open' && isOfUnitedStates ? 'monthFirst' : this.#order;
  }

  observe(value: unknown): void {
    const time = innermost(value);
    const shown = shownBy(time);
    if (shown === undefined) return;
    this.#hasSlashes = true;
    if (shown === 'dayFirst' || shown === 'monthFirst') this.#learn(shown);
    if (!UNITED_STATES.test(String(time))) this.#allOfUnitedStates = false;
  }

  #learn(order: 'dayFirst' | 'monthFirst'): void {
    this.#order = this.#order === 'open' || this.#order === order ? order : 'mixed';
  }
}

/** The order that one date shows: `either` can be read both ways, `same` is one day both ways; nothing for no such date. */
function shownBy(value: unknown): 'dayFirst' | 'monthFirst' | 'either' | 'same' | undefined {
  const date = typeof value === 'string' ? SLASHES.exec(value) : null;
  if (date === null) return undefined;
  const [first, second] = [Number(date[1]), Number(date[2])];
  if (first > 12) return 'dayFirst';
  if (second > 12) return 'monthFirst';
  return first === second ? 'same' : 'either';
}

/** The text of a date with slashes, for a message about its order. */
export function slashedDate(value: unknown): string | undefined {
  const time = innermost(value);
  return typeof time === 'string' && SLASHES.test(time) ? time : undefined;
}

/** Some exports wrap a time in an object of its `value`, however often they went through a tool. */
export function innermost(value: unknown): unknown {
  let inner = value;
  while (isMembers(inner)) inner = inner['value'];
  return inner;
}
