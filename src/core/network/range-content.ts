import type { Ends, RangeList } from './range-list.ts';

/** What a list holds, as a text that is equal for the same ranges in any order, however often each is listed. */
export function contentOfRanges({ ipv4, ipv6 }: RangeList): string {
  return `${wordPairs(ipv4)} ${rowPairs(ipv6)}`;
}

/**
 * A few numbers that are equal for lists that hold the same, in any order and however often, and hardly ever for others: the
 * smallest and the largest of what their ranges are mixed into. Found in one walk, where a content takes a text as long as the list.
 */
export function sketchOfRanges({ ipv4, ipv6 }: RangeList): string {
  return [extremesOf(ipv4), extremesOf(ipv6)].join(' ');
}

function extremesOf({ firsts, lasts, width }: Ends): readonly number[] {
  let [smallest, largest] = [0xffffffff, 0];
  for (let from = 0; from < firsts.length; from += width) {
    let mixed = 0;
    for (let at = from; at < from + width; at++) {
      mixed = Math.imul(mixed ^ (firsts[at] ?? 0), 0x9e3779b1);
      mixed = Math.imul((mixed ^ (mixed >>> 15)) + (lasts[at] ?? 0), 0x85ebca6b);
    }
    mixed = (mixed ^ (mixed >>> 13)) >>> 0;
    if (mixed < smallest) smallest = mixed;
    if (mixed > largest) largest = mixed;
  }
  return [smallest, largest];
}

/** Two words of one range are one number, and numbers sort fast. */
function wordPairs({ firsts, lasts }: Ends): string {
  const words = new Uint32Array(firsts.length * 2);
  for (let at = 0; at < firsts.length; at++) {
    words[at * 2] = lasts[at] ?? 0;
    words[at * 2 + 1] = firsts[at] ?? 0;
  }
  const pairs = new BigUint64Array(words.buffer).sort();
  const distinct = pairs.filter((pair, at) => at === 0 || pair !== pairs[at - 1]);
  return asText(new Uint16Array(distinct.buffer));
}

function rowPairs({ firsts, lasts }: Ends): string {
  const rows = new Set<string>();
  for (let from = 0; from < firsts.length; from += 4) {
    rows.add(asText(new Uint16Array(Uint32Array.of(...wordsOf(firsts, from), ...wordsOf(lasts, from)).buffer)));
  }
  return [...rows].sort().join('');
}

const wordsOf = (words: Uint32Array, from: number) => words.subarray(from, from + 4);

/** Code units that are only compared, never read as text. */
function asText(units: Uint16Array): string {
  let text = '';
  for (let from = 0; from < units.length; from += 4096) {
    text += String.fromCharCode(...units.subarray(from, from + 4096));
  }
  return text;
}
