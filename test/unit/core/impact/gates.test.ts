import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../../src/core/impact/agreement.ts';
import type { Gate } from '../../../../src/core/impact/gates.ts';
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
  outcomes: {
    letIn: { compared: 0, agreed: 0, changedSince: 0 },
    stopped: { compared: 0, agreed: 0, changedSince: 0 },
    open: 0,
    disagreements: [],
  },
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

const one = { ...nobody, interactive: 1 };
const counted = { ...nothing, judged: { ...nobody, interactive: 9 } };
const ofClass = (kind: Exclude<Gate, 'stopped'>, signIns: object = one) => ({
  ...counted,
  classes: [
    { class: 'unchanged' as const, ...nobody, interactive: 8 },
    { class: kind, ...nobody, ...signIns },
  ],
});
const failing = (gates: readonly Gate[], counts: typeof counted | ReturnType<typeof ofClass>) =>
  gateResult(gates, counts, silent, minimum).failed;

describe('a gate fails', () => {
  test.each(['newlyBlocked', 'newlyDenied', 'newlyPrompted', 'newlyAllowed', 'lessProtected', 'unknown'] as const)(
    '%s where a sign-in is of that class, and no other gate does',
    (kind) => {
      const others = (
        ['newlyBlocked', 'newlyDenied', 'newlyPrompted', 'newlyAllowed', 'lessProtected'] as const
      ).filter((each) => each !== kind);
      expect(failing([kind, ...others], ofClass(kind))).toEqual([kind]);
      expect(isGreen(gateResult([kind], ofClass(kind), silent, minimum))).toBe(false);
      expect(isGreen(gateResult(others, ofClass(kind), silent, minimum))).toBe(true);
    },
  );

  test.each(['interactive', 'nonInteractive', 'workload'])('where the only sign-in of its class is %s', (kind) => {
    expect(failing(['newlyBlocked'], ofClass('newlyBlocked', { [kind]: 1 }))).toEqual(['newlyBlocked']);
  });

  test('not for a class that no sign-in is of', () => {
    expect(failing(['newlyBlocked'], ofClass('newlyBlocked', nobody))).toEqual([]);
  });

  test.each<[string, ReturnType<typeof ofClass>, readonly Gate[]]>([
    ['who is newly blocked', ofClass('newlyBlocked'), ['stopped']],
    ['who is newly denied', ofClass('newlyDenied'), ['stopped']],
    ['nobody who is only asked', ofClass('newlyPrompted'), []],
    ['nobody who is let in', ofClass('newlyAllowed'), []],
    [
      'who is surely stopped, although it is not known by what',
      { ...ofClass('unknown'), certainlyStopped: one },
      ['stopped'],
    ],
  ])('stopped: %s', (_, counts, expected) => {
    expect(failing(['stopped'], counts)).toEqual(expected);
  });
});

describe('a gate that no sign-in is known to be of is in doubt', () => {
  const couldBe = (...kinds: [Exclude<Gate, 'stopped'>, number][]) => ({
    ...counted,
    couldBe: kinds.map(([kind, signIns]) => ({ class: kind, signIns })),
  });
  const doubtsOf = (gates: readonly Gate[], counts: Parameters<typeof gateResult>[1]) =>
    gateResult(gates, counts, silent, minimum).doubts;

  test('for the sign-ins that could be of its class, and for no others', () => {
    const counts = couldBe(['newlyPrompted', 3], ['newlyBlocked', 2]);
    expect(doubtsOf(['newlyBlocked', 'newlyDenied'], counts)).toEqual([
      { gate: 'newlyBlocked', signIns: 2, unread: 0, contradicting: 0 },
    ]);
    expect(isGreen(gateResult(['newlyBlocked'], counts, silent, minimum))).toBe(false);
    expect(isGreen(gateResult(['newlyDenied'], counts, silent, minimum))).toBe(true);
  });

  test('stopped: for the larger number of those that could be blocked or denied, who may be the same', () => {
    const doubt = (...kinds: Parameters<typeof couldBe>) => doubtsOf(['stopped'], couldBe(...kinds))[0]?.signIns;
    expect(doubt(['newlyBlocked', 2], ['newlyDenied', 5], ['newlyPrompted', 9])).toBe(5);
    expect(doubt(['newlyBlocked', 4])).toBe(4);
    expect(doubt(['newlyPrompted', 9])).toBeUndefined();
  });

  test('for records that could not be read, and for records that contradict each other', () => {
    const unread = { ...counted, skipped: [{ reason: 'notJson', count: 2 }] };
    const contradicting = { ...counted, contradicting: 3 };
    const both = { ...unread, contradicting: 3 };
    expect(doubtsOf(['stopped'], unread)).toEqual([{ gate: 'stopped', signIns: 0, unread: 2, contradicting: 0 }]);
    expect(doubtsOf(['stopped'], contradicting)).toEqual([
      { gate: 'stopped', signIns: 0, unread: 0, contradicting: 3 },
    ]);
    expect(doubtsOf(['stopped'], both)).toEqual([{ gate: 'stopped', signIns: 0, unread: 2, contradicting: 3 }]);
  });

  test.each([
    'otherCategory',
    'policies',
    'namedLocations',
    'directory',
    'trafficLog',
    'auditLog',
    'alertSummary',
    'riskDetections',
    'detectionRule',
  ])('not for %s beside the sign-ins, which no sign-in was lost with', (reason) => {
    const counts = { ...counted, skipped: [{ reason, count: 7 }] };
    expect(doubtsOf(['stopped'], counts)).toEqual([]);
    const more = { ...counted, skipped: [...counts.skipped, { reason: 'notJson', count: 1 }] };
    expect(doubtsOf(['stopped'], more)[0]?.unread).toBe(1);
  });

  test('once only: one that has failed is in no doubt', () => {
    const counts = { ...ofClass('newlyBlocked'), ...{ couldBe: [{ class: 'newlyBlocked' as const, signIns: 2 }] } };
    expect(gateResult(['newlyBlocked'], counts, silent, minimum)).toMatchObject({
      failed: ['newlyBlocked'],
      doubts: [],
    });
  });
});

describe('what the records say of their own policies', () => {
  const agreeing = (agreed: number, compared = 10, changedSince = 0): Agreement => ({
    ...silent,
    share: agreed / compared,
    policies: { compared, agreed, incomparable: 0 },
    causes: { ...silent.causes, changedSince },
  });

  const outcomes = (...[letIn, stopped]: readonly (readonly number[])[]): Agreement => {
    const counts = ([agreed = 0, compared = 0, changedSince = 0]: readonly number[] = []) => ({
      compared,
      agreed,
      changedSince,
    });
    return { ...silent, outcomes: { ...silent.outcomes, letIn: counts(letIn), stopped: counts(stopped) } };
  };

  test.each<[string, Agreement, { share: number; isAsked: boolean }, boolean]>([
    ['less than the least share', agreeing(8), { share: 0.9, isAsked: false }, true],
    ['exactly the least share', agreeing(9), { share: 0.9, isAsked: false }, false],
    ['more than the least share', agreeing(10), { share: 0.9, isAsked: false }, false],
    ['nothing, and nobody asked for a share', silent, { share: 0.9, isAsked: false }, false],
    ['nothing, and somebody asked for a share', silent, { share: 0.9, isAsked: true }, true],
    ['nothing, and somebody asked for none', silent, { share: 0, isAsked: true }, false],
    ['enough of the policies that are still the same', agreeing(8, 10, 2), { share: 0.9, isAsked: true }, false],
    ['too little of those', agreeing(7, 10, 2), { share: 0.9, isAsked: true }, true],
    ['nothing of policies that are still the same', agreeing(0, 10, 10), { share: 0.9, isAsked: true }, true],
    [
      'as many let in and stopped as are asked for',
      outcomes([90, 100], [9, 10]),
      { share: 0.9, isAsked: false },
      false,
    ],
    ['too few stopped, among however many let in', outcomes([999, 999], [8, 10]), { share: 0.9, isAsked: false }, true],
    ['too few let in', outcomes([8, 10], [10, 10]), { share: 0.9, isAsked: false }, true],
    ['too few stopped, but for policies that changed since', outcomes([9, 9], [0, 1, 1]), minimum, false],
    ['nothing but what policies that changed since may explain', outcomes([0, 0], [0, 1, 1]), minimum, true],
    ['outcomes, and somebody asked for policies', outcomes([9, 9], [0, 0]), { share: 0.9, isAsked: true }, true],
  ])('%s', (_, agreement, least, disagrees) => {
    const result = gateResult(['stopped'], counted, agreement, least);
    expect(result.disagrees).toBe(disagrees);
    expect(isGreen(result)).toBe(!disagrees);
    expect(gateResult([], counted, agreement, least).disagrees).toBe(false);
  });
});

test('no gate is green over policies that nobody has seen', () => {
  const unseen = gateResult(['stopped'], counted, silent, minimum, false);
  expect(unseen).toMatchObject({ failed: [], doubts: [], lacksPolicies: true });
  expect(isGreen(unseen)).toBe(false);
  expect(gateResult([], counted, silent, minimum, false).lacksPolicies).toBe(false);
  expect(gateResult(['stopped'], counted, silent, minimum, true).lacksPolicies).toBe(false);
});
