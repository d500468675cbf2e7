// How the house stands, in figures: `npm run measure:house`. Files and lines of src, the longest chain of imports, the folder
// with the most files, the longest functions, and the files that each recipe touches (test/architecture/recipes.test.ts proves these).
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { RECIPES, touchedBy } from '../test/architecture/recipes.ts';
import { functionLengths } from './function-lengths.mjs';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts'));
const lines = files.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 1, 0);

const [folder, most] = largest([...Map.groupBy(files, dirname)].map(([name, list]) => [name, list.length]));
const modules = await modulesOf();
const chain = longestChain(importsOf(modules, { types: true }));
const loaded = longestChain(importsOf(modules, { types: false }));
const functions = functionLengths(files).sort((a, b) => b.lines - a.lines);
const longer = (/** @type {number} */ lines) => functions.filter((each) => each.lines > lines).length;

process.stdout.write(
  [
    `files                  ${files.length}`,
    `lines                  ${lines}`,
    `longest import chain   ${loaded.length} files that load each other, from ${loaded[0]} to ${loaded.at(-1)}`,
    `  types included       ${chain.length} files, from ${chain[0]} to ${chain.at(-1)}`,
    `most files in a folder ${most}, in ${folder}`,
    `functions              ${functions.length}, of which ${longer(25)} over 25 lines, ${longer(40)} over 40`,
    'the longest functions',
    ...functions
      .slice(0, 15)
      .map(({ name, place, lines: count }) => `  ${String(count).padStart(4)}  ${name}  ${place}`),
    '',
    'files to touch for',
    ...RECIPES.map(
      (recipe) => `  ${recipe.name.padEnd(20)} ${touchedBy(recipe).length}  ${touchedBy(recipe).join(', ')}`,
    ),
    '',
  ].join('\n'),
);

/** @param {[string, number][]} counted */
function largest(counted) {
  return counted.reduce((best, each) => (each[1] > best[1] ? each : best), /** @type {[string, number]} */ (['', 0]));
}

async function modulesOf() {
  const options = await extractDepcruiseOptions('./.dependency-cruiser.mjs');
  const { output } = await cruise(['src'], { ...options, validate: false }, undefined, {
    tsConfig: extractTSConfig('./tsconfig.json'),
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text instead of a result');
  return output.modules;
}

/**
 * Which files of src each file of src imports: for their types too, or only what is loaded when it runs.
 * @param {Awaited<ReturnType<typeof modulesOf>>} cruised
 * @param {{ types: boolean }} which
 */
function importsOf(cruised, { types }) {
  const ours = new Set(files);
  return new Map(
    cruised.map(({ source, dependencies }) => [
      source,
      dependencies
        .filter(({ dependencyTypes }) => types || !dependencyTypes.includes('type-only'))
        .map(({ resolved }) => resolved)
        .filter((file) => ours.has(file)),
    ]),
  );
}

/**
 * No imports run in a circle, so the longest chain from a file is one step more than the longest from what it imports.
 * @param {ReadonlyMap<string, readonly string[]>} graph
 */
function longestChain(graph) {
  /** @type {Map<string, readonly string[]>} */
  const known = new Map();
  /** @type {(file: string) => readonly string[]} */
  const from = (file) => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const chains = (graph.get(file) ?? []).map(from);
    const chain = [file, ...chains.reduce((best, each) => (each.length > best.length ? each : best), [])];
    known.set(file, chain);
    return chain;
  };
  return files.map(from).reduce((best, each) => (each.length > best.length ? each : best), []);
}
