/** Keys with a value each. */
export interface Keyed {
  readonly keys: Uint32Array;
  readonly values: Uint32Array;
}

const BITS = 11;
const DIGITS = 2 ** BITS;

/** So few are compared with each other before their digits are counted. */
const FEW = 128;

/**
 * By ascending keys, equal ones as they stood. By digits from the last to the first instead of by comparisons: hundreds of
 * thousands are in order after three passes, and a digit that is the same in all takes none.
 */
export function byKey(given: Keyed): Keyed {
  if (given.keys.length <= FEW) return fewByKey(given);
  let from = given;
  let into: Keyed = emptyLike(given);
  for (let shift = 0; shift < 32; shift += BITS) {
    const starts = startsOf(from.keys, shift);
    if (starts === undefined) continue;
    place(from, shift, starts, into);
    const free = from === given ? emptyLike(given) : from;
    from = into;
    into = free;
  }
  return from;
}

function fewByKey({ keys, values }: Keyed): Keyed {
  const order = [...keys.keys()].sort((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0));
  return {
    keys: Uint32Array.from(order, (at) => keys[at] ?? 0),
    values: Uint32Array.from(order, (at) => values[at] ?? 0),
  };
}

/** Rows of four words each in ascending order, most significant word first: the numbers of the rows. */
export function rowOrder(words: Uint32Array): Uint32Array {
  let order: Uint32Array = new Uint32Array(words.length / 4);
  for (let row = 0; row < order.length; row++) order[row] = row;
  for (let word = 3; word >= 0; word--) {
    const keys = new Uint32Array(order.length);
    for (let at = 0; at < keys.length; at++) keys[at] = words[(order[at] ?? 0) * 4 + word] ?? 0;
    order = byKey({ keys, values: order }).values;
  }
  return order;
}

const emptyLike = ({ keys }: Keyed): Keyed => ({
  keys: new Uint32Array(keys.length),
  values: new Uint32Array(keys.length),
});

/** Where the keys of each digit begin in their order; `undefined` where all have the same. */
function startsOf(keys: Uint32Array, shift: number): Uint32Array | undefined {
  const starts = new Uint32Array(DIGITS + 1);
  for (let at = 0; at < keys.length; at++) {
    const behind = (((keys[at] ?? 0) >>> shift) & (DIGITS - 1)) + 1;
    starts[behind] = (starts[behind] ?? 0) + 1;
  }
  if (starts.includes(keys.length)) return undefined;
  for (let digit = 1; digit <= DIGITS; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  return starts;
}

function place({ keys, values }: Keyed, shift: number, starts: Uint32Array, into: Keyed): void {
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0;
    const digit = (key >>> shift) & (DIGITS - 1);
    const to = starts[digit] ?? 0;
    starts[digit] = to + 1;
    into.keys[to] = key;
    into.values[to] = values[at] ?? 0;
  }
}
