import type * as fastCheck from 'fast-check';
import { vi } from 'vitest';

/** Enough to meet most mutants. With the same seed every time, a mutant is met always or never. */
const RUNS = 25;
const SEED = 20_261_123;

vi.mock('fast-check', async (importOriginal) => {
  const real = await importOriginal<typeof fastCheck>();
  const assert = (property: fastCheck.IRawProperty<unknown>, parameters?: fastCheck.Parameters<unknown>) =>
    real.default.assert(property, {
      ...parameters,
      numRuns: Math.min(parameters?.numRuns ?? RUNS, RUNS),
      seed: SEED,
      endOnFailure: true,
    });
  return { ...real, default: { ...real.default, assert } };
});
