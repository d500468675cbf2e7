import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../../src/core/impact/agreement.ts';
import { gateResult, isGreen } from '../../../../src/core/impact/gates.ts';

/** Nothing was counted. */
const nobody = { interactive: 0, nonInteractive: 0, workload: 0, users: 0 };
const nothing = {
  judged: nobody,
  arePeopleUnnamed: false,
  untouched: 0,
  classes: [],
  certainlyStopped: nobody,
  couldBe: [],
  outcomes: [],
  missing: [],
  groups: [],
  skipped: [],
  contradicting: 0,
};
const silent: Agreement = {
  signIns: { compared: 0, agreed: 0, silent: 0 },
  policies: { compared: 0, agreed: 0, incomparable: 0 },
  share: null,
  causes: { unknownPolicy: 0, changedSince: 0, missingFact: 0, unexplained: 0 },
  policiesOfRecords: 0,
  unknownPolicies: [],
  disagreements: [],
};
const minimum = { share: 0.9, isAsked: false };

describe('a gate', () => {
  test('is not green where no sign-in was judged, as over an empty table of an engine', () => {
    expect(isGreen(gateResult(['newlyBlocked'], nothing, silent, minimum))).toBe(false);
    expect(isGreen(gateResult([], nothing, silent, minimum))).toBe(true);
  });

  test.each(['interactive', 'nonInteractive', 'workload'] as const)('is green over one %s sign-in', (kind) => {
    const counts = { ...nothing, judged: { ...nobody, [kind]: 1 } };
    expect(isGreen(gateResult(['newlyBlocked'], counts, silent, minimum))).toBe(true);
  });
});
