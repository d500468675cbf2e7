// Node reads a file of ASCII as it lies. One other character doubles the text that it keeps, that it compares with what it compiled
// of it, and the time that both take.
import { readFile, writeFile } from 'node:fs/promises';
import { decoded, encoded } from './source-map.mjs';

const OTHERS = /[\u0080-\uffff]/g;
const IN_RAW_TEXT = /\.raw`[^`]*[\u0080-\uffff]/;

/**
 * Escapes what is not ASCII. Without comments such characters stand in texts and patterns alone.
 * @param {string} file JavaScript with a map beside it
 */
export async function escapeOthers(file) {
  const text = await readFile(file, 'utf8');
  if (text.search(OTHERS) < 0) return;
  if (IN_RAW_TEXT.test(text)) throw new Error(`an escape would change a raw text in ${file}`);
  const lines = text.split('\n');
  const map = JSON.parse(await readFile(`${file}.map`, 'utf8'));
  const moved = decoded(map.mappings).map((segments, at) => {
    const places = [...(lines[at] ?? '').matchAll(OTHERS)].map(({ index }) => index);
    const added = (/** @type {number} */ column) => 5 * places.filter((place) => place < column).length;
    return segments.map(([column = 0, ...origin]) => [column + added(column), ...origin]);
  });
  await writeFile(file, text.replace(OTHERS, escapeOf));
  await writeFile(`${file}.map`, JSON.stringify({ ...map, mappings: encoded(moved) }));
}

/** @param {string} unit */
function escapeOf(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
