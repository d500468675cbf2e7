/**
 * Mutation testing of Conditional Access: `npm run mutate`. About half of its files took 67 minutes with one runner on a busy
 * machine; a second run tests only what has changed. A part of it: `npm run mutate -- --mutate src/core/conditional-access/grant/effect.ts`.
 * The network has a configuration of its own, stryker.network.config.mjs. Results and what survives: test/mutation.md.
 */
export default {
  testRunner: 'vitest',
  mutate: ['src/core/conditional-access/**/*.ts'],
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // A mutant of a constant needs a fresh start and every test; the constants here are mostly tables of published facts.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 10_000,
  timeoutFactor: 2,
  incremental: true,
  incrementalFile: 'reports/mutation/conditional-access/incremental.json',
  reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
  htmlReporter: { fileName: 'reports/mutation/conditional-access/mutation.html' },
  jsonReporter: { fileName: 'reports/mutation/conditional-access/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  ignorePatterns: ['/dist', '/reports', '/coverage', '/bench', 'test/browser', 'test/transcripts', 'test/golden'],
  thresholds: { high: 95, low: 90, break: null },
};
