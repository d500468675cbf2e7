// What the package and the executables are bundled with.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * What every command would load for options that gsa does not use: commander can start programs as subcommands, conf can
 * compile schemas and migrate versions.
 * @type {import('esbuild').Plugin[]}
 */
export const leanPlugins = [
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
  {
    // As a module, `process` reads each of its members, some of which take a tenth of a start to make.
    name: 'process-as-it-is',
    setup({ onResolve }) {
      onResolve({ filter: /^(node:)?process$/ }, () => ({ path: join(root, 'tools/process-as-it-is.mjs') }));
    },
  },
];

export const leanAliases = {
  'ajv/dist/2020.js': join(root, 'tools/no-conf-schemas.mjs'),
  'ajv-formats': join(root, 'tools/no-conf-schemas.mjs'),
  semver: join(root, 'tools/no-conf-schemas.mjs'),
  'when-exit': join(root, 'tools/no-exit-hook.mjs'),
};
