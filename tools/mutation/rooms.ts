/**
 * The rooms that are tested one by one: what of them is changed, and which tests judge it. Properties that count what they have
 * seen are left out, for they run too few times here.
 */
export const ROOMS: Readonly<Record<string, { readonly mutate: string; readonly tests: readonly string[] }>> = {
  signaling: { mutate: 'src/core/signaling/**/*.ts', tests: ['test/unit/core/signaling/**/*.test.ts'] },
  dependencies: { mutate: 'src/core/dependencies/**/*.ts', tests: ['test/unit/core/dependencies/**/*.test.ts'] },
  impact: {
    mutate: 'src/core/impact/**/*.ts',
    tests: ['test/unit/core/impact/!(*.property|corpus-figures).test.ts'],
  },
  tenant: { mutate: 'src/core/tenant/**/*.ts', tests: ['test/unit/core/tenant/**/*.test.ts'] },
  store: { mutate: 'src/store/**/*.ts', tests: ['test/unit/store/**/*.test.ts'] },
  intake: { mutate: 'src/intake/**/*.ts', tests: ['test/unit/intake/**/*.test.ts'] },
};
