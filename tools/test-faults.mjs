// What may go wrong, tried: failing files, kills, writers, hostile texts, files and addresses, environments, roles, and any
// bytes at all. `node tools/test-faults.mjs` tries what the suite tries; `node tools/test-faults.mjs soak [--runs <n>]` fuzzes alone,
// on one worker, longer and with other seeds: each reader 350,000 times unless told otherwise, which is more than ten million
// in all; GSA_SEED repeats a run. Ends with the counts; a failure makes the exit code 1.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [, , mode, option, runs = '350000'] = process.argv;
const isSoak = mode === 'soak';
if (option !== undefined && option !== '--runs') throw new Error(`unknown option ${option}: give --runs <n>`);
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
  env['GSA_FUZZ_RUNS'] ??= runs;
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

/** What is tried, and where: the counts are those of tests, each of which tries one thing or, where it says so, many. */
const TRIED = {
  'faults, kills and writers': ['test/faults/', 'test/hostile/writers'],
  'strings × outputs': ['test/hostile/outputs', 'test/hostile/long-names', 'test/hostile/tables'],
  files: ['test/corpus/import-malformed', 'test/corpus/sign-ins-malformed', 'test/hostile/report-files'],
  addresses: ['test/unit/core/network/address', 'test/unit/core/network/range'],
  'environments and signals': ['test/hostile/processes', 'test/hostile/signals'],
  roles: ['test/commands/roles', 'test/hostile/refusals'],
  'doors of test files': ['test/commands/test/confined'],
  'meddling with the state': ['test/commands/audit/meddl', 'test/property/sign-in-log/older-copy'],
  'endless input and expressions': ['test/hostile/endless-input'],
  sockets: ['test/architecture/no-network'],
  fuzzed: ['test/fuzz/'],
};
const folders = isSoak ? ['test/fuzz'] : Object.values(TRIED).flat();
// A soak has no end that the clock sets.
const options = isSoak ? ['--testTimeout=0', '--maxWorkers=1'] : [];
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const { status } = spawnSync('vitest', ['run', ...folders, ...options, ...reporters], {
  cwd: root,
  env,
  stdio: ['ignore', 'inherit', 'inherit'],
});

let tried = 0;
for (const line of textOf(counts).split('\n').filter(Boolean)) {
  const { name, runs } = JSON.parse(line);
  if (runs === undefined) continue;
  tried += runs;
  process.stdout.write(`fuzzed ${name.padEnd(22)} ${runs}\n`);
}
const report = textOf(results);
/** @type {{ name: string, assertionResults: { status: string }[] }[]} */
const tests = report === '' ? [] : JSON.parse(report).testResults;
for (const [what, places] of Object.entries(TRIED)) {
  const inside = tests.filter(({ name }) => places.some((place) => name.includes(`/${place}`)));
  if (inside.length === 0) continue;
  /** @param {string} status */
  const count = (status) =>
    inside.flatMap(({ assertionResults }) => assertionResults).filter((test) => test.status === status).length;
  process.stdout.write(`${what.padEnd(30)} ${count('passed')} held, ${count('failed')} violated\n`);
}
for (const line of textOf(counts).split('\n').filter(Boolean)) {
  const { name, runs, ...more } = JSON.parse(line);
  if (runs === undefined) process.stdout.write(`${name.padEnd(30)} ${Object.values(more).join(' ')}\n`);
}
process.stdout.write(`${tried} texts and byte sequences read or refused; ${status === 0 ? '0' : 'some'} violations\n`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = status === 0 ? 0 : 1;
