// What tests of the package share: a folder of their own, the tarball, and programs that are run in it.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs work in a folder that goes with it.
 * @template T
 * @param {(folder: string) => Promise<T>} work
 */
export async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'gsa-package-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Packs what was built (`npm run build` first) into a folder, and gives the path of the tarball.
 * @param {string} folder
 */
export async function pack(folder) {
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  return join(folder, tarball);
}

/**
 * A program's answer, whatever its exit code. No variable of gsa goes in, and the home folder is the one that is given.
 * @param {string} program
 * @param {readonly string[]} words
 * @param {{ cwd: string, first?: string, env?: Record<string, string> }} how `first`: a folder of programs before all others
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function run(program, words, { cwd, first, env = {} }) {
  const path = [first, process.env['PATH']].filter((part) => part !== undefined).join(delimiter);
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GSA_'));
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...words],
      { cwd, env: { ...Object.fromEntries(own), PATH: path, ...env }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') reject(error);
        else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
      },
    );
  });
}

/**
 * Installs a tarball of ours and the named packages in a new folder, without their scripts.
 * @param {string} folder
 * @param {readonly string[]} packages
 */
export async function install(folder, packages) {
  const { code, stderr } = await run('npm', ['init', '-y', '--silent'], { cwd: folder });
  if (code !== 0) throw new Error(stderr);
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const installed = await run('npm', [...words, ...packages], { cwd: folder });
  if (installed.code !== 0) throw new Error(installed.stderr);
}

/**
 * Puts into a folder what the main job reads: the sign-ins and the pipeline of the examples, and `many.ndjson`, with enough lines that
 * threads read them.
 * @param {string} folder
 */
export async function placeExamples(folder) {
  await cp(join(root, 'examples/contoso/signins.ndjson'), join(folder, 'signins.ndjson'));
  await cp(join(root, 'examples/ci'), join(folder, 'ci'), { recursive: true });
  const record = (await readFile(join(folder, 'signins.ndjson'), 'utf8')).split('\n')[0] ?? '';
  const many = Array.from({ length: 30_000 }, (_, at) =>
    record.replace('000000000001"', `${String(at).padStart(12, '0')}"`),
  );
  await writeFile(join(folder, 'many.ndjson'), `${many.join('\n')}\n`);
}

/** Counts what holds and what does not, one line each. */
export class Checks {
  #failed = 0;

  /**
   * @param {string} what
   * @param {boolean} holds
   * @param {string} [seen] what is shown where it does not hold
   */
  say(what, holds, seen = '') {
    if (!holds) this.#failed++;
    process.stdout.write(`${holds ? 'ok    ' : 'FAILED'} ${what}\n${holds || seen === '' ? '' : `${seen}\n`}`);
  }

  end() {
    process.exitCode = this.#failed === 0 ? 0 : 1;
  }
}
