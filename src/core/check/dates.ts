const DAY = 86_400_000;

/** Whole days from one RFC 3339 time to another; `undefined` where one of them is no time. */
export function daysBetween(from: unknown, to: string): number | undefined {
  const days = typeof from === 'string' ? Math.floor((Date.parse(to) - Date.parse(from)) / DAY) : Number.NaN;
  return Number.isNaN(days) ? undefined : days;
}
