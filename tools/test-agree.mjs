import { spawnSync } from 'node:child_process';

/**
 * Holds the fast path to the explaining one on a million random pairs of a tenant and a sign-in: six of a kind to a tenant on
 * the average, and four of each tenant that hear a record; and a thousand logs whose records are made later to as many whose records
 * are written at once. Takes an hour or more. The argument says how many times as often as the suite.
 */
const TIMES = process.argv[2] ?? '625';
const tests = ['test/property/conditional-access-decide.test.ts', 'test/property/sign-in-log'];
const vitest = ['vitest', 'run', ...tests, '--testTimeout=0'];
const { status } = spawnSync('npx', vitest, { stdio: 'inherit', env: { ...process.env, GSA_RUNS: TIMES } });
process.exitCode = status ?? 1;
