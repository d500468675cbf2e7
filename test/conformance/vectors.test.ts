import { describe, expect, test } from 'vitest';
import { readVectors } from '../support/vector-adapter.ts';
import { answerOf, assertedBy, effectsOfDisabling } from '../support/vector-judge.ts';

const file = readVectors();

describe.skipIf(file === undefined)('the vectors beside the repository', () => {
  if (file === undefined) return;

  test.each(file.vectors.map((vector) => [`${vector.id} ${vector.title}`, vector] as const))('%s', (_, vector) => {
    expect(answerOf(file, vector)).toEqual(assertedBy(vector));
  });

  test.each(file.pairs.map((pair) => [pair.pattern, pair] as const))('switching signaling off: %s', (_, pair) => {
    expect(effectsOfDisabling(file, pair)).toContain(pair.effectOfDisabling);
  });
});
