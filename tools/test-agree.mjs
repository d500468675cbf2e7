import { spawnSync } from 'node:child_process';

/**
 * Holds the fast path to the explaining one on a million random pairs of a tenant and a sign-in: six of a kind to a tenant on
 * the average, and four of each tenant that hear a record; and a thousand logs whose records are made later to as many whose records
 * are written at once. Takes an hour or more.
 */
const RUNS = process.argv[2] ?? '125000';
const tests = ['test/property/conditional-access-decide.test.ts', 'test/property/sign-in-log'];
const vitest = ['vitest', 'run', ...tests, '--testTimeout=0'];
const { status } = spawnSync('npx', vitest, { stdio: 'inherit', env: { ...process.env, AGREE_RUNS: RUNS } });
process.exitCode = status ?? 1;
