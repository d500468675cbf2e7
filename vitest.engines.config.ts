import { defineConfig } from 'vitest/config';

/** The differential tests of the engines: long, with servers of their own, and never a part of the suite. */
export default defineConfig({
  test: {
    include: ['test/engines/*.engines.ts'],
    pool: 'threads',
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
});
