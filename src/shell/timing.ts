import process from 'node:process';
import { sinceStart } from './since-start.ts';

/** What `--timing` tells of a command line: its stages, how fast it went through what it read, and what it took. */
export class Timing {
  readonly #stages: { readonly name: string; readonly until: number }[] = [];
  readonly #counted: { readonly count: number; readonly what: string; readonly at: number }[] = [];

  /** A stage ends; the first one began with the process. */
  ended(name: string): void {
    this.#stages.push({ name, until: sinceStart() });
  }

  /** So much was worked through in the stage that is going on. */
  counted(count: number, what: string): void {
    this.#counted.push({ count, what, at: sinceStart() });
  }

  lines(): string[] {
    return [
      ...this.#stages.map(({ name, until }, at) => {
        const from = this.#stages[at - 1]?.until ?? 0;
        const rates = this.#counted.filter((each) => each.at > from && each.at <= until);
        return line([`${name} ${seconds(until - from)}`, ...rates.map((each) => rateOf(each, each.at - from))]);
      }),
      line([
        `all ${seconds(this.#stages.at(-1)?.until ?? 0)}`,
        `processor ${seconds(processorTime())}`,
        `at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB of memory`,
      ]),
    ];
  }
}

function line(parts: readonly string[]): string {
  return `timing: ${parts.join(', ')}`;
}

function rateOf({ count, what }: { readonly count: number; readonly what: string }, milliseconds: number): string {
  return `${count} ${what}, ${Math.round(count / Math.max(milliseconds / 1000, 1e-3))} a second`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Milliseconds of all threads. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
