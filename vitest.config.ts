import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    // Processes: V8 may lose track of code that comes and goes in many threads (https://github.com/nodejs/node/issues/64500).
    pool: 'forks',
    // Much of a test is waiting for a program that it has started: with one worker less, two processors are half idle.
    maxWorkers: '100%',
    // They only end hangs: on a busy machine everything takes ten times as long, and nothing fails for that.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A snapshot or golden file is never written by a machine that only checks.
    update: false,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});
