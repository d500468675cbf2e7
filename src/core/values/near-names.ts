/** Names that a typing error may have meant, nearest first: at most three, at most a third of the letters apart. */
export function nearNames(text: string, names: Iterable<string>): string[] {
  const wanted = text.toLowerCase();
  return [...new Set(names)]
    .flatMap((name) => {
      const most = Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3));
      const distance = distanceOf(wanted, name.toLowerCase(), most);
      return distance === undefined ? [] : [{ name, distance }];
    })
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/**
 * How many letters have to be added, taken away, replaced or swapped with their neighbour; 0 where the second text holds the first
 * whole. Texts over 200 characters are not compared. `undefined` is more than `most`, as nearly every name of a large company
 * is: the sooner that is told, the sooner a mistyped name is answered.
 */
function distanceOf(a: string, b: string, most: number): number | undefined {
  if (a.length > 2 && b.includes(a)) return 0;
  if (a.length > 200 || b.length > 200 || Math.abs(a.length - b.length) > most) return undefined;
  const { start, end } = sameEnds(a, b);
  return distanceWithin(a.slice(start, a.length - end), b.slice(start, b.length - end), most);
}

/** Letters that two texts begin and end with alike add nothing to the distance, and all people of a company share its domain. */
function sameEnds(a: string, b: string): { readonly start: number; readonly end: number } {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return { start, end };
}

/**
 * The distance row by row, until no way through a row can end within `most`. A swap passes over a row, but costs no less than the
 * letter that is replaced there.
 */
function distanceWithin(a: string, b: string, most: number): number | undefined {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 0; row < a.length; row++) {
    const current = [row + 1];
    const missing = a.length - b.length - row - 1;
    let least = row + 1 + Math.abs(missing);
    for (let at = 0; at < b.length; at++) {
      const replaced = (previous[at] ?? 0) + (a[row] === b[at] ? 0 : 1);
      const isSwapped = row > 0 && at > 0 && a[row] === b[at - 1] && a[row - 1] === b[at];
      const swapped = isSwapped ? (beforePrevious[at - 1] ?? 0) + 1 : replaced;
      const distance = Math.min(replaced, swapped, (previous[at + 1] ?? 0) + 1, (current[at] ?? 0) + 1);
      current.push(distance);
      least = Math.min(least, distance + Math.abs(missing + at + 1));
    }
    if (least > most) return undefined;
    beforePrevious = previous;
    previous = current;
  }
  const distance = previous.at(-1) ?? 0;
  return distance > most ? undefined : distance;
}
