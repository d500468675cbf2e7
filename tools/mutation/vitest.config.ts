import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** The first failing test ends the run of a mutant, so the quick tests come first. */
const ORDER = ['/unit/core/', '/conformance/', '/property/'];

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => ORDER.findIndex((part) => moduleId.includes(part));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

/** The tests that judge a mutant of the network or of Conditional Access: those that are quick and say what is right. */
export default defineConfig({
  test: {
    include: [
      'test/unit/core/network/**/*.test.ts',
      'test/unit/core/conditional-access/**/*.test.ts',
      'test/conformance/derived-vectors.test.ts',
      'test/property/conditional-access-decide.test.ts',
    ],
    setupFiles: ['tools/mutation/fewer-runs.ts'],
    sequence: { sequencer: QuickFirst },
    pool: 'threads',
    isolate: false, // one start for all files of a mutant
    testTimeout: 30_000,
    update: false,
  },
});
