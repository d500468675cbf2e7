// assembly/ → what src/intake/sign-ins/scan/scanner-code.ts has to say: the scanner in WebAssembly, and what its user must know.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webAssembly } from '../src/intake/sign-ins/scan/web-assembly.ts';
import { root } from './bundling.mjs';

/** Memory of one scanner, in pages of 64 KiB; a page that nobody touches costs nothing. */
const PAGES = 3072;

/** The text of that file. */
export async function scannerCode() {
  if (webAssembly === undefined) throw new Error('this Node runs no WebAssembly');
  const { Memory, Module, Instance } = webAssembly;
  const code = await compiled();
  const memory = new Memory({ initial: PAGES, maximum: PAGES, shared: true });
  const unasked = { record: { meaningOf: () => 0 }, 'plain-text': { isOtherInstant: () => 0 } };
  const { exports } = new Instance(new Module(code), { env: { memory }, ...unasked });
  const { SLOTS, LARGEST_BLOCK } = /** @type {Record<string, { value: number }>} */ (exports);
  return `// Compiled from assembly/ by tools/compile-scanner.mjs: \`npm run scanner\`. A test fails when it is not fresh.

/** Memory that it needs, in pages of 64 KiB. */
export const PAGES = ${PAGES};

/** Blocks that have a place in it at once. */
export const SLOTS = ${SLOTS?.value};

/** Bytes of the largest block that it scans. */
export const LARGEST_BLOCK = ${LARGEST_BLOCK?.value};

/** WebAssembly in Base64. */
export const SCANNER =
  '${code.toString('base64')}';
`;
}

/** Compiles in a process of its own, and leaves nothing behind. */
async function compiled() {
  const folder = await mkdtemp(join(tmpdir(), 'gsa-scanner-'));
  const file = join(folder, 'scanner.wasm');
  const options = ['--baseDir', root, '-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--outFile', file];
  const memory = ['--importMemory', '--sharedMemory', '--initialMemory', `${PAGES}`, '--maximumMemory', `${PAGES}`];
  const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js');
  try {
    execFileSync(process.execPath, [compiler, 'assembly/index.ts', ...options, ...memory, '--enable', 'simd,threads'], {
      cwd: root,
    });
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
