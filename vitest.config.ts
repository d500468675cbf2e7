import { defineConfig } from 'vitest/config';

/** Tests that put something else in the place of a module: what they load must be nobody else's. */
export const APART = ['test/commands/test/many-cases.test.ts'];

export default defineConfig({
  test: {
    setupFiles: ['test/support/property-seed.ts'],
    // Processes: V8 may lose track of code that comes and goes in many threads (https://github.com/nodejs/node/issues/64500).
    pool: 'forks',
    // Much of a test is waiting for a program that it has started: with one worker less, two processors are half idle.
    maxWorkers: '100%',
    // They only end hangs: on a busy machine everything takes ten times as long, and nothing fails for that.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A process goes from file to file: what a test has put in the place of a function or a variable ends with the test.
    restoreMocks: true,
    unstubEnvs: true,
    // A snapshot or golden file is never written by a machine that only checks.
    update: false,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
    projects: [
      // To load and compile the product anew for each file takes longer than half of the tests.
      { extends: true, test: { name: 'together', isolate: false, include: ['test/**/*.test.ts'], exclude: APART } },
      { extends: true, test: { name: 'apart', isolate: true, include: APART } },
    ],
  },
});
