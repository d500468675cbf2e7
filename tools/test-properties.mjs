// Tries every property on more inputs than the suite, and on others each time: `node tools/test-properties.mjs [times as often]`,
// ten times unless told otherwise. A failure prints its seed, which GSA_SEED repeats.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';

const TIMES = process.argv[2] ?? '10';
const tests = globSync('test/**/*.test.ts').filter((path) => readFileSync(path, 'utf8').includes('support/tries.ts'));
const vitest = ['vitest', 'run', ...tests, '--testTimeout=0'];
const env = { GSA_SEED: 'random', ...process.env, GSA_RUNS: TIMES };
const { status } = spawnSync('npx', vitest, { stdio: 'inherit', env });
process.exitCode = status ?? 1;
