// src → dist: ES modules, one file for each entry point and one for each lazily loaded command.
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// What bin loads by name; everything else is reached from these.
const entryPoints = ['src/main.ts', 'src/shell/process.ts'];

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
  // What every command would load for options that gsa does not use: commander can start programs as subcommands, conf can
  // compile schemas and migrate versions.
  plugins: [
    {
      name: 'commander-starts-nothing',
      setup({ onResolve }) {
        onResolve({ filter: /^(node:)?child_process$/ }, ({ importer }) =>
          /[\\/]node_modules[\\/]commander[\\/]/.test(importer)
            ? { path: join(root, 'tools/no-child-process.mjs') }
            : { path: 'node:child_process', external: true },
        );
      },
    },
  ],
  alias: {
    'ajv/dist/2020.js': join(root, 'tools/no-conf-schemas.mjs'),
    'ajv-formats': join(root, 'tools/no-conf-schemas.mjs'),
    semver: join(root, 'tools/no-conf-schemas.mjs'),
  },
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
});

// Sweep afterwards instead of emptying first: there is no moment in which a running gsa has no dist.
const written = new Set(Object.keys(metafile.outputs).map((file) => resolve(root, file)));
for (const entry of await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !written.has(path)) await rm(path);
}
