import { spawnSync } from 'node:child_process';

/** Holds the proof of the switch to the evaluator on a million sign-ins over the public tenants beside the repository: minutes. */
const SAMPLES = process.argv[2] ?? '65000';
const vitest = ['vitest', 'run', 'test/corpus/proof-samples.test.ts', '--testTimeout=0', '--disable-console-intercept'];
const { status } = spawnSync('npx', vitest, { stdio: 'inherit', env: { ...process.env, PROOF_SAMPLES: SAMPLES } });
process.exitCode = status ?? 1;
