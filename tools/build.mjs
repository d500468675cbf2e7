// src → dist: ES modules. What every command needs is one file, what judges sign-ins and what lists them another, and whatever else is
// loaded when it is asked for stands in files of its own: finding and linking a file takes longer than reading ten times as much.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { root, standInFor } from './bundling.mjs';
import { compileAtOnce } from './compile-at-once.mjs';
import { escapeOthers } from './escape.mjs';

/** What bin and those who import the package load by name; everything else is reached from these. */
const ENTRIES = { main: 'src/main.ts', library: 'src/library.ts', 'shell/process': 'src/shell/process.ts' };

/** A thread begins with one of these, which therefore holds all that it needs. */
const THREADS = [
  { 'intake/sign-ins/scan/scan-thread': 'src/intake/sign-ins/scan/scan-thread.ts' },
  { 'store/sign-in-log/log-thread': 'src/store/sign-in-log/log-thread.ts' },
  { 'store/sign-in-log/pack-thread': 'src/store/sign-in-log/pack-thread.ts' },
];

/** Files that go together, each with what it imports. Earlier ones take what they share with later ones. */
const TOGETHER = [
  {
    name: 'start',
    of: [
      'main.ts',
      'shell/process.ts',
      'shell/open-session.ts',
      'output/render.ts',
      'output/gate-of.ts',
      'output/formats/table.ts',
      'commands/command.ts',
      'core/tenant/tenant.ts',
    ],
  },
  {
    name: 'judging',
    of: [
      'core/dependencies/analyse.ts',
      'core/dependencies/enforced.ts',
      'core/signaling/prerequisites.ts',
      'commands/acting.ts',
      'commands/location-summary.ts',
    ],
  },
  {
    name: 'listing',
    of: [
      'commands/logs/command.ts',
      'commands/sign-in-log.ts',
      'commands/rewriting.ts',
      'store/sign-in-log/known-tenant.ts',
      'store/sign-in-log/sign-in-log.ts',
    ],
  },
];

const LATE = '\0late:';
const AS_IMPORTED = /^(node:)?(module|https?|http2|net|tls|dgram|dns|inspector)(\/|$)/;

// Packages stay outside, except for those that every command loads: conf alone comes in dozens of files, and finding and
// reading these takes longer than most commands do. string-width comes in to be begun late, and of
// jsonc-parser what is used of it, its scanner.
const bundled = ['commander', 'conf', 'jsonc-parser', 'string-width'];
const { dependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const outside = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !bundled.includes(name));

// Sweep afterwards instead of emptying first: there is no moment in which a running gsa has no dist.
const written = new Set(await write(ENTRIES, { groups: groups() }));
for (const thread of THREADS) for (const file of await write(thread, false)) written.add(file);
for (const file of written) if (file.endsWith('.js')) await escapeOthers(file);
await compileAtOnce(join(root, 'dist/main.js'), join(root, 'dist/chunks'));
for (const file of await writeAnswers()) written.add(file);
for (const entry of await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !written.has(path)) await rm(path);
}

/**
 * The files that were written.
 * @param {Record<string, string>} input
 * @param {NonNullable<import('rolldown').OutputOptions['codeSplitting']>} codeSplitting
 */
async function write(input, codeSplitting) {
  const bundle = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    // jsonc-parser's other build loads its parts by names that no bundler sees.
    resolve: { mainFields: ['module', 'main'] },
    external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [
      { name: 'stand-ins', resolveId: (id, importer) => standInFor(id, importer) },
      {
        name: 'late-builtins',
        resolveId: lateId,
        load: lateBuiltin,
      },
      { name: 'maps-without-sources', generateBundle: (_, files) => Object.values(files).forEach(leaveSourcesOut) },
    ],
    preserveEntrySignatures: 'allow-extension',
    // What is asked for late and yet among what goes together was read for another reason.
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await bundle.write({
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: true,
    comments: false,
    codeSplitting,
  });
  await bundle.close();
  return output.map(({ fileName }) => resolve(root, 'dist', fileName));
}

/**
 * What stands for a module of Node: it is begun by the first who uses something of it. An import would begin it at once, and
 * ask it for every one of its names, some of which take as long as a small command. No name is told before it is asked for, as
 * `__esModule` is at once: naming all those of every module takes a start longer than reading its tenant.
 * @param {string} id
 */
function lateBuiltin(id) {
  if (!id.startsWith(LATE)) return undefined;
  const name = id.slice(LATE.length);
  const code = `const get = (_, name) => (name === '__esModule' ? undefined : process.getBuiltinModule('${name}')[name]);
Object.setPrototypeOf(exports, new Proxy({}, { get }));`;
  return { code, moduleType: /** @type {const} */ ('js') };
}

/**
 * node:module is what the bundler's own beginning asks for more. The network stays where it is imported, in the room of the
 * server: a test looks for its names in what is built.
 * @param {string} id
 */
function lateId(id) {
  if (!isBuiltin(id) || AS_IMPORTED.test(id)) return undefined;
  return `${LATE}${id.startsWith('node:') ? id : `node:${id}`}`;
}

/**
 * Leaves out of a map what the files that it names say.
 * @param {import('rolldown').OutputChunk | import('rolldown').OutputAsset} file
 */
function leaveSourcesOut(file) {
  if (file.type === 'asset' && file.fileName.endsWith('.map')) {
    const { sourcesContent: _, ...map } = JSON.parse(String(file.source));
    file.source = JSON.stringify(map);
  }
}

function groups() {
  return TOGETHER.map(({ name, of }, index) => {
    const files = new Set(of.map((file) => join(root, 'src', file)));
    return {
      name,
      test: (/** @type {string} */ id) => files.has(id) || (index === 0 && id.startsWith(LATE)),
      priority: TOGETHER.length - index,
    };
  });
}

/**
 * What `gsa --version` and `gsa --help` say, asked of the program that was just built, for the widths that most terminals and
 * all pipes have: bin/gsa.js says it without loading anything.
 */
async function writeAnswers() {
  const { main } = await import(`${pathToFileURL(join(root, 'dist/main.js'))}?${Date.now()}`);
  const folder = join(root, 'dist/answers');
  await mkdir(folder, { recursive: true });
  const asked = [
    { word: '--version', columns: 80, name: 'version.txt' },
    ...[80, 100, 120].map((columns) => ({ word: '--help', columns, name: `help-${columns}.txt` })),
  ];
  const files = [];
  for (const { word, columns, name } of asked) {
    let said = '';
    /** @param {string} text */
    const write = async (text) => {
      said += text;
    };
    const stdout = { isTTY: false, columns, write };
    await main([word], { env: {}, cwd: root, stdout, stderr: stdout, interrupted: new AbortController().signal });
    files.push(join(folder, name));
    await writeFile(join(folder, name), said);
  }
  return files;
}
