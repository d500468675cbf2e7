// src → dist: ES modules, one file for each entry point and one for each lazily loaded command.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { leanAliases, leanPlugins, root } from './bundling.mjs';

// What bin and those who import the package load by name, and what a thread begins with; everything else is reached from these.
const entryPoints = [
  'src/main.ts',
  'src/library.ts',
  'src/shell/process.ts',
  'src/intake/sign-ins/scan/scan-thread.ts',
];

// Packages stay outside, except for those that every command loads: conf alone comes in dozens of files, and finding and
// reading these takes longer than most commands do.
const bundled = ['commander', 'conf'];
const { dependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const external = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !bundled.includes(name));

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints,
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  external,
  plugins: leanPlugins,
  alias: leanAliases,
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
});

// Sweep afterwards instead of emptying first: there is no moment in which a running gsa has no dist.
const written = new Set(Object.keys(metafile.outputs).map((file) => resolve(root, file)));
for (const file of await writeAnswers()) written.add(file);
for (const entry of await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !written.has(path)) await rm(path);
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
