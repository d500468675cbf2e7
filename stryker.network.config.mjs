import conditionalAccess from './stryker.config.mjs';

/**
 * Mutation testing of the network: `npm run mutate -- stryker.network.config.mjs`, about ten minutes. Only its own unit tests
 * judge it: every tenant that is compiled walks through its index, and counting that for each mutant would take hours.
 */
export default {
  ...conditionalAccess,
  mutate: ['src/core/network/**/*.ts'],
  testFiles: ['test/unit/core/network/**/*.test.ts'],
  incrementalFile: 'reports/mutation/network/incremental.json',
  htmlReporter: { fileName: 'reports/mutation/network/mutation.html' },
  jsonReporter: { fileName: 'reports/mutation/network/mutation.json' },
};
