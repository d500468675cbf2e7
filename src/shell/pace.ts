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

  /** The line of the step that was taken last, such as `60000 sign-ins read, 42 %, 21000 a second, 7 s left`. */
  text({ count, what, share }: Step, at: number): string {
    const percent = share === undefined || share <= 0 ? '' : `, ${Math.min(Math.floor(share * 100), 99)} %`;
    const first = this.#first;
    const milliseconds = first === undefined ? 0 : at - first.at;
    if (first === undefined || milliseconds < LEAST) return `${count} ${what}${percent}`;
    const rate = Math.round(((count - first.count) * 1000) / milliseconds);
    const done = Math.min(share ?? 0, 1) - (first.share ?? 0);
    const left =
      share === undefined || done <= 0 ? undefined : (milliseconds / 1000) * ((1 - Math.min(share, 1)) / done);
    return `${count} ${what}${percent}, ${rate} a second${left === undefined ? '' : `, ${timeText(left)} left`}`;
  }
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
