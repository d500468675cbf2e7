// The mappings of a source map as numbers: a build that moves what it wrote says where it is now.

/** @typedef {readonly number[]} Segment a column of what was written, and where it comes from */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The segments of each line. All but the column are told by the difference to the segment before, on whatever line.
 * @param {string} mappings
 * @returns {Segment[][]}
 */
export function decoded(mappings) {
  const before = [0, 0, 0, 0];
  return mappings.split(';').map((line) => {
    let column = 0;
    return line.split(',').flatMap((segment) => {
      const [columns = 0, ...others] = numbersOf(segment);
      if (segment === '') return [];
      column += columns;
      others.forEach((difference, at) => {
        before[at] = (before[at] ?? 0) + difference;
      });
      return [[column, ...before.slice(0, others.length)]];
    });
  });
}

/** @param {readonly (readonly Segment[])[]} lines */
export function encoded(lines) {
  const last = [0, 0, 0, 0];
  return lines
    .map((line) => {
      let column = 0;
      return line
        .map(([at = 0, ...others]) => {
          const differences = [at - column, ...others.map((value, index) => value - (last[index] ?? 0))];
          column = at;
          others.forEach((value, index) => {
            last[index] = value;
          });
          return differences.map(textOf).join('');
        })
        .join(',');
    })
    .join(';');
}

/**
 * Numbers in base 64, the sign last.
 * @param {string} segment
 */
function numbersOf(segment) {
  const numbers = [];
  let [value, shift] = [0, 0];
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits >= 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}

/** @param {number} number */
function textOf(number) {
  let left = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const bits = left & 31;
    left >>>= 5;
    text += DIGITS[left > 0 ? bits | 32 : bits];
  } while (left > 0);
  return text;
}
