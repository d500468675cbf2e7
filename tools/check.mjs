// Everything that must hold before a commit, one line a step. Ends with a plain count of the tests; any failed step
// makes the exit code 1, whatever the count says.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'node_modules/.cache/check/vitest.json');
// The repository's own tools, and its own Node, come first, however this file was started.
const env = { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter) };

/**
 * Runs one tool. Its output is kept back and shown only when it fails, unless `live`.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {{ live?: boolean }} [how]
 * @returns {Promise<boolean>} whether the step passed
 */
async function step(name, command, args, { live = false } = {}) {
  const started = performance.now();
  /** @type {Buffer[]} */
  const output = [];
  const passed = await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    });
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (!passed) process.stdout.write(Buffer.concat(output));
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${seconds.padStart(5)} s\n`);
  return passed;
}

/** @returns {Promise<string>} `N passed, N failed`, and `, N skipped` if there are any */
async function countTests() {
  const report = await readFile(results, 'utf8').then(JSON.parse, () => undefined);
  if (report === undefined) return '0 passed, 1 failed';
  // A test file that could not be loaded has no tests to count: it counts as one failure.
  const unloaded = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  const counts = `${report.numPassedTests} passed, ${report.numFailedTests + unloaded} failed`;
  return skipped === 0 ? counts : `${counts}, ${skipped} skipped`;
}

await mkdir(dirname(results), { recursive: true });
await rm(results, { force: true });

const passed = [
  await step('build', 'node', ['tools/build.mjs']),
  ...(await Promise.all([
    step('types', 'tsc', ['--pretty', 'false']),
    step('lint', 'biome', ['check', '--error-on-warnings', '--colors=off']),
    step('unused', 'knip', ['--no-progress']),
    step('shipped', 'knip', ['--no-progress', '--production']),
    step('package', 'publint', ['--strict']),
  ])),
  await step('tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`], {
    live: true,
  }),
];

process.exitCode = passed.every(Boolean) ? 0 : 1;
if (process.exitCode !== 0) process.stdout.write('a step above FAILED\n');
process.stdout.write(`${await countTests()}\n`);
