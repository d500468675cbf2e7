import { describe, expect, test } from 'vitest';
import type { Rehearsed } from '../../../../src/core/impact/rehearsed-gates.ts';
import { couldStop, rehearsedGates } from '../../../../src/core/impact/rehearsed-gates.ts';
import { OFFICE, policyWith, tenantWith } from '../dependencies/contoso.ts';

const ASKED = ['newlyBlocked', 'newlyPrompted', 'newlyAllowed', 'lessProtected', 'stopped'] as const;
const STOPPING = ['newlyBlocked', 'newlyPrompted', 'stopped'];
const LOOSENING = ['newlyAllowed', 'lessProtected'];

const tenant = (...policies: ReturnType<typeof policyWith>[]) =>
  tenantWith({ policies, policiesKnown: true, namedLocations: [OFFICE] });
const withStatus = (of: ReturnType<typeof tenant>, signalingStatus: 'enabled' | 'disabled') => ({
  ...of,
  globalSecureAccess: { ...of.globalSecureAccess, conditionalAccess: { signalingStatus } },
});
const nobody = { interactive: 0, nonInteractive: 0, workload: 0, users: 0 };
const judged = {
  ...{ judged: { ...nobody, interactive: 5 }, arePeopleUnnamed: false, untouched: 0, classes: [] },
  ...{ certainlyStopped: nobody, couldBe: [], outcomes: [], missing: [], groups: [], skipped: [], contradicting: 0 },
};

function gates(more: Partial<Rehearsed> = {}) {
  const same = tenant(policyWith({}));
  return rehearsedGates(ASKED, {
    ...{
      before: same,
      after: same,
      effects: new Set<string>(),
      isSwitchOpen: false,
      counts: judged,
      underOther: undefined,
    },
    ...more,
  });
}

describe('a rehearsal without logged sign-ins', () => {
  const off = { state: 'disabled' };
  const maybe = { state: 'partiallyEnabled' };
  const here = tenant(policyWith({}));

  test.each<[string, Rehearsed['before'], Rehearsed['after'], readonly string[]]>([
    ['no gate where nothing changes', here, here, []],
    ['every gate that stops for a new policy', tenant(), here, STOPPING],
    ['every gate that lets in for a policy that is gone', here, tenant(), LOOSENING],
    ['every gate for a policy that is another', here, tenant(policyWith({ include: ['office'] })), ASKED],
    ['the gates that stop for a policy that is turned on', tenant(policyWith(off)), here, STOPPING],
    ['the gates that let in for a policy that is turned off', here, tenant(policyWith(off)), LOOSENING],
    [
      'no gate for a policy that is off and changed',
      tenant(policyWith(off)),
      tenant(policyWith({ ...off, include: ['office'] })),
      [],
    ],
    [
      'the gates that stop for a new policy of a state that nobody knows',
      tenant(),
      tenant(policyWith(maybe)),
      STOPPING,
    ],
    ['every gate for another list of locations', here, { ...here, namedLocations: [] }, ASKED],
    ['every gate for a switch on', withStatus(here, 'disabled'), withStatus(here, 'enabled'), ASKED],
    [
      'no gate for a switch off of which the policies tell',
      withStatus(here, 'enabled'),
      withStatus(here, 'disabled'),
      [],
    ],
  ])('fails %s', (_, before, after, expected) => {
    expect(gates({ before, after, counts: undefined })).toEqual(expected);
    expect(gates({ before, after, counts: { ...judged, judged: nobody } })).toEqual(expected);
    expect(gates({ before, after })).toEqual([]);
    expect(couldStop(before, after)).toBe(expected.includes('stopped'));
  });
});

describe('a rehearsal with logged sign-ins', () => {
  test('fails the gates that a sign-in is of, and those that one could be of', () => {
    const classes = [{ class: 'newlyPrompted' as const, ...nobody, workload: 1 }];
    const couldBe = [{ class: 'lessProtected' as const, signIns: 1 }];
    expect(gates({ counts: { ...judged, classes } })).toEqual(['newlyPrompted']);
    expect(gates({ counts: { ...judged, couldBe } })).toEqual(['lessProtected']);
  });

  test.each([
    ['newlyBlocked', ['newlyBlocked', 'stopped']],
    ['newlyDenied', ['stopped']],
    ['newlyPrompted', ['newlyPrompted']],
    ['unchanged', []],
  ])('fails what a switch does to policies that look at locations: %s', (effect, expected) => {
    expect(gates({ effects: new Set([effect]) })).toEqual(expected);
  });
});

describe('a rehearsal of which too little is known', () => {
  const unseen = { ...tenant(), policiesKnown: false };

  test.each<[string, Partial<Rehearsed>]>([
    ['facts of the switch are missing', { isSwitchOpen: true }],
    ['it is not known what the switch does to a policy', { effects: new Set(['unknown']) }],
    ['nobody has seen the policies before', { before: unseen }],
    ['nobody has seen the policies after', { after: unseen }],
  ])('fails every gate where %s', (_, more) => {
    expect(gates(more)).toEqual(ASKED);
  });
});
