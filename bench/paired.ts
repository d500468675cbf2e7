/** One way of doing the same work; `run` does `units` of it. */
export interface Contestant {
  readonly name: string;
  readonly units: number;
  run(): void;
}

export interface Timing {
  readonly name: string;
  /** Nanoseconds for one unit, of each round. */
  readonly rounds: readonly number[];
}

/** Runs all contestants in every round, in an order that moves on, so that a slow moment of the machine hits them alike. */
export function race(contestants: readonly Contestant[], rounds: number): Timing[] {
  const times = contestants.map((): number[] => []);
  for (const contestant of contestants) contestant.run();
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const at = (round + turn) % contestants.length;
      const contestant = contestants[at];
      if (contestant === undefined) continue;
      const start = process.hrtime.bigint();
      contestant.run();
      times[at]?.push(Number(process.hrtime.bigint() - start) / contestant.units);
    }
  }
  return contestants.map(({ name }, at) => ({ name, rounds: times[at] ?? [] }));
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** How many times faster the first is, round by round: median, lowest and highest. */
export function ratio(
  fast: Timing,
  slow: Timing,
): { readonly median: number; readonly low: number; readonly high: number } {
  const ratios = fast.rounds.map((time, at) => (slow.rounds[at] ?? Number.NaN) / time);
  return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}
