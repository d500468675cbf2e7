import { expect, test } from 'vitest';
import type { Decision } from '../../../src/core/conditional-access/fast/decide.ts';
import { ReplayTally } from '../../../src/replay/tally.ts';

const POLICY = { id: 'p', displayName: 'Policy' };

function decisionOf(missing: readonly string[]): Decision {
  return {
    ...{ outcome: 'unknown', conditionalAccessStatus: undefined, results: Uint8Array.of(0), decidedBy: ['p'] },
    ...{ status: undefined, authenticationRequirement: undefined, missing },
  } as unknown as Decision;
}

test('what a decision lacks is lacking for those who are counted, and where nothing but repeats came to it for nobody', () => {
  const tally = new ReplayTally([POLICY]);
  tally.judged(tally.decision(decisionOf(['mfa'])), false, 2);
  tally.decision(decisionOf(['signInRiskLevel']));
  tally.repeated(1);
  expect(tally.counts()).toMatchObject({ missing: [{ fact: 'mfa', count: 2 }], repeated: 1 });
});
