import { decoded } from './source-map.mjs';

/** @typedef {import('./arrows.mjs').Edit} Edit */

/**
 * A text with edits that leave its lines where they are, and the segments of its map with their new columns.
 * @param {string} text
 * @param {string} mappings
 * @param {readonly Edit[]} edits
 */
export function edited(text, mappings, edits) {
  const sorted = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
  let [written, from, lineStart, line] = ['', 0, 0, 0];
  /** @type {{ readonly column: number, readonly more: number }[][]} */
  const moves = [];
  for (const { start, end, text: instead } of sorted) {
    written += text.slice(from, start) + instead;
    from = end;
    for (let next = text.indexOf('\n', lineStart); next >= 0 && next < start; next = text.indexOf('\n', lineStart)) {
      line += 1;
      lineStart = next + 1;
    }
    moves[line] = [...(moves[line] ?? []), { column: start - lineStart, more: instead.length - (end - start) }];
  }
  const segments = decoded(mappings).map((all, at) =>
    all.map(([column = 0, ...origin]) => {
      const before = (moves[at] ?? []).filter((move) => move.column < column);
      return [before.reduce((sum, { more }) => sum + more, column), ...origin];
    }),
  );
  return { text: written + text.slice(from), segments };
}
