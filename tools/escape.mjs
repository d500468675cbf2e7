// Node reads a file of ASCII as it lies. One other character doubles the text that it keeps, that it compares with what it compiled
// of it, and the time that both take.
import { readFile, writeFile } from 'node:fs/promises';
import { edited } from './edited.mjs';
import { encoded } from './source-map.mjs';

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
  const map = JSON.parse(await readFile(`${file}.map`, 'utf8'));
  const edits = [...text.matchAll(OTHERS)].map(({ 0: unit, index }) => ({
    start: index,
    end: index + 1,
    text: `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  }));
  const escaped = edited(text, map.mappings, edits);
  await writeFile(file, escaped.text);
  await writeFile(`${file}.map`, JSON.stringify({ ...map, mappings: encoded(escaped.segments) }));
}
