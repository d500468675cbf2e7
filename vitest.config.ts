import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    pool: 'threads', // cheaper to start than processes, and what Stryker needs
    // They only end hangs: on a busy machine everything takes ten times as long, and nothing fails for that.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A snapshot or golden file is never written by a machine that only checks.
    update: false,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});
