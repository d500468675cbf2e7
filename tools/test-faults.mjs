// What may go wrong, tried: failing files, hostile texts and any bytes at all. `node tools/test-faults.mjs` as in CI;
// `node tools/test-faults.mjs soak` fuzzes alone, longer and with other seeds: GSA_FUZZ_RUNS is how often each reader is
// tried (300,000 unless told otherwise), GSA_SEED repeats a run. Ends with the counts; a failure makes the exit code 1.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isSoak = process.argv[2] === 'soak';
const folder = mkdtempSync(join(tmpdir(), 'gsa-faults-'));
const counts = join(folder, 'runs.ndjson');
const results = join(folder, 'vitest.json');

/** @type {NodeJS.ProcessEnv} */
const env = {
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
  GSA_FUZZ_COUNTS: counts,
};
if (isSoak) {
  env['GSA_FUZZ_RUNS'] ??= '300000';
  env['GSA_SEED'] ??= 'random';
}

/**
 * @param {string} file
 * @returns {string} nothing when it was never written
 */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const folders = isSoak ? ['test/fuzz'] : ['test/faults', 'test/hostile', 'test/fuzz'];
// A soak has no end that the clock sets.
const options = isSoak ? ['--testTimeout=0'] : [];
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const { status } = spawnSync('vitest', ['run', ...folders, ...options, ...reporters], {
  cwd: root,
  env,
  stdio: ['ignore', 'inherit', 'inherit'],
});

let tried = 0;
for (const line of textOf(counts).split('\n').filter(Boolean)) {
  const { name, runs } = JSON.parse(line);
  tried += runs;
  process.stdout.write(`fuzzed ${name.padEnd(22)} ${runs}\n`);
}
const report = textOf(results);
for (const each of folders) {
  const tests = report === '' ? [] : JSON.parse(report).testResults;
  const inside = tests.filter((/** @type {{ name: string }} */ { name }) => name.includes(`/${each}/`));
  /** @param {string} what */
  const count = (what) =>
    inside
      .flatMap((/** @type {{ assertionResults: { status: string }[] }} */ file) => file.assertionResults)
      .filter((/** @type {{ status: string }} */ test) => test.status === what).length;
  process.stdout.write(`${each}: ${inside.length} files, ${count('passed')} tests passed, ${count('failed')} failed\n`);
}
process.stdout.write(`${tried} texts and byte sequences read or refused; ${status === 0 ? '0' : 'some'} violations\n`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = status === 0 ? 0 : 1;
