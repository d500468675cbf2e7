/** Names that a typing error may have meant, nearest first: at most three, at most a third of the letters apart. */
export function nearNames(text: string, names: Iterable<string>): string[] {
  const wanted = text.toLowerCase();
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceOf(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/**
 * How many letters have to be added, taken away, replaced or swapped with their neighbour; 0 where one text holds the other
 * whole. Texts over 200 characters are not compared.
 */
function distanceOf(a: string, b: string): number {
  if (a.length > 2 && b.includes(a)) return 0;
  if (a.length > 200 || b.length > 200) return Number.POSITIVE_INFINITY;
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 0; row < a.length; row++) {
    const current = [row + 1];
    for (let at = 0; at < b.length; at++) {
      const replaced = (previous[at] ?? 0) + (a[row] === b[at] ? 0 : 1);
      const isSwapped = row > 0 && at > 0 && a[row] === b[at - 1] && a[row - 1] === b[at];
      const swapped = isSwapped ? (beforePrevious[at - 1] ?? 0) + 1 : replaced;
      current.push(Math.min(replaced, swapped, (previous[at + 1] ?? 0) + 1, (current[at] ?? 0) + 1));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
