/** Processor seconds that `reference` takes where the limits of the tests were set. */
const USUAL = 0.035;

let slowness: number | undefined;

/**
 * Starts to count work; the function it gives says how many seconds there were. Counted is the time of the processor for this
 * thread, so what else the machine does is not in it, and it is divided by how much slower than usual the machine does a fixed
 * piece of work: a limit means the same on a machine ten times slower.
 */
export function workClock(): () => number {
  slowness ??= Math.max(1, reference() / USUAL, reference() / USUAL);
  const begun = process.threadCpuUsage();
  return () => secondsSince(begun) / (slowness ?? 1);
}

/** Texts, patterns and a map: what most of our own work is. */
function reference(): number {
  const begun = process.threadCpuUsage();
  const found = new Map<string, number>();
  for (let at = 0; at < 200_000; at++) {
    const text = `${at % 5000}.${at % 7}:${at.toString(16)}`;
    if (/^\d+\.[0-4]:/.test(text)) found.set(text.slice(0, 6), at);
  }
  if (found.size === 0) throw new Error('nothing was found');
  return secondsSince(begun);
}

function secondsSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1e6;
}
