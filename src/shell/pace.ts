/** How far long work has come. */
export interface Step {
  readonly count: number;
  /** What is counted, and what was done with it, such as `sign-ins read`. */
  readonly what: string;
  /** Between 0 and 1; `undefined`: nobody knows how much there is. */
  readonly share: number | undefined;
}

/** Milliseconds of work before its pace is told: the first records are read by code that is not warm yet. */
const LEAST = 500;

/**
 * How fast one kind of work goes and when it will be done. It is measured from the first step: the start of the program and the
 * reading of the tenant, which lie before, tell nothing of the records to come.
 */
export class Pace {
  #first: (Step & { readonly at: number }) | undefined;

  /** Takes a step at a time in milliseconds. */
  take(step: Step, at: number): void {
    const isAnother = step.what !== this.#first?.what || step.count < this.#first.count;
    if (isAnother) this.#first = { ...step, at };
  }

  /**
   * The line of the step that was taken last, such as `60000 sign-ins read, 42 %, 21000 a second, 7 s left`; of a narrow screen as much as
   * fits: a line that goes on below cannot be taken back.
   */
  text(step: Step, at: number, width = Number.POSITIVE_INFINITY): string {
    const { count, what, share } = step;
    const begin = `${count} ${what}`;
    const percent = share === undefined || share <= 0 ? '' : `, ${Math.min(Math.floor(share * 100), 99)} %`;
    const { rate, left } = this.#estimate(step, at);
    const lines = [`${begin}${percent}${rate}${left}`, `${begin}${percent}${left}`, `${begin}${percent}`, begin];
    return lines.find((line) => line.length <= width) ?? begin.slice(0, width);
  }

  /** Nothing before it is measured. */
  #estimate({ count, share }: Step, at: number): { readonly rate: string; readonly left: string } {
    const first = this.#first;
    const milliseconds = first === undefined ? 0 : at - first.at;
    if (first === undefined || milliseconds < LEAST) return { rate: '', left: '' };
    const rate = `, ${Math.round(((count - first.count) * 1000) / milliseconds)} a second`;
    const done = Math.min(share ?? 0, 1) - (first.share ?? 0);
    if (share === undefined || done <= 0) return { rate, left: '' };
    return { rate, left: `, ${timeText((milliseconds / 1000) * ((1 - Math.min(share, 1)) / done))} left` };
  }
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
