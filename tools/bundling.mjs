// What the package and the executables are bundled with.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A source of ours, wherever the project lies: below a folder `src` too, where the stand-ins would have that in their paths. */
const IN_SRC = { test: (/** @type {string} */ path) => path.startsWith(`${root.replaceAll('\\', '/')}/src/`) };

/**
 * What stands in dist for a module: every command would load it for options that gsa does not use, or before it is needed.
 * commander can start programs as subcommands; conf can compile schemas, migrate versions, write, watch and encrypt. As a module,
 * `process` reads each of its members, some of which take a tenth of a start to make; string-width makes patterns that take a
 * whole one.
 * @type {readonly { module: RegExp, importedBy: Pick<RegExp, 'test'>, standIn: string }[]}
 */
const STAND_INS = [
  { module: /^(node:)?child_process$/, importedBy: /node_modules\/commander\//, standIn: 'no-child-process.mjs' },
  { module: /^(node:)?process$/, importedBy: /./, standIn: 'process-as-it-is.mjs' },
  { module: /^string-width$/, importedBy: IN_SRC, standIn: 'width-when-asked.mjs' },
  {
    module: /^(ajv\/dist\/2020\.js|ajv-formats|semver)$/,
    importedBy: /\/node_modules\/conf\//,
    standIn: 'no-conf-schemas.mjs',
  },
  {
    module: /^(atomically|debounce-fn|dot-prop|env-paths|uint8array-extras)$/,
    importedBy: /\/node_modules\/conf\//,
    standIn: 'no-conf-changes.mjs',
  },
];

/**
 * The file that is bundled for a module; `undefined` where it is the module itself.
 * @param {string} module
 * @param {string | undefined} importer
 */
export function standInFor(module, importer = '') {
  const from = importer.replaceAll('\\', '/');
  const found = STAND_INS.find((each) => each.module.test(module) && each.importedBy.test(from));
  return found === undefined ? undefined : join(root, 'tools', found.standIn);
}
