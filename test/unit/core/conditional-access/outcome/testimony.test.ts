import { describe, expect, test } from 'vitest';
import type { PolicyTestimony, SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import type { ConditionalAccessPolicy } from '../../../../../src/core/tenant/policy.ts';
import { address } from '../../../../support/arbitraries/network.ts';
import { attempt, HQ, judge, judgeOne, observation, policy, STAFF } from '../../../../support/contoso.ts';

const SILENT: PolicyTestimony = {
  result: 'unknown',
  satisfied: [],
  notSatisfied: [],
  applied: undefined,
  controlsSatisfied: undefined,
};
const UNKNOWN_GROUP = { groups: [{ id: STAFF, displayName: 'Staff' }] };
const staff = policy({ users: { includeGroups: [STAFF] } });

function told(
  one: ConditionalAccessPolicy,
  says: Partial<PolicyTestimony>,
  changes: Partial<SignInAttempt> = {},
  seen = observation(),
  tenant: object = UNKNOWN_GROUP,
) {
  const testimony = new Map([[one.id, { ...SILENT, ...says }]]);
  return judgeOne(one, attempt({ ...changes, testimony }), seen, tenant);
}

describe('what the exported record says', () => {
  test.each<[string, Partial<PolicyTestimony>, boolean | 'unknown']>([
    ['a condition that was satisfied', { satisfied: ['users'] }, true],
    ['a condition that was not', { notSatisfied: ['users'] }, false],
    ['a policy that applied met all of its conditions', { applied: true }, true],
    ['a policy that did not apply says nothing of one condition', { applied: false }, 'unknown'],
    ['other conditions say nothing', { satisfied: ['application', 'location'] }, 'unknown'],
  ])('settles what the tenant does not know: %s', (_, says, expected) => {
    const judged = told(staff, says);
    expect(judged.applies).toBe(expected);
    const users = judged.conditions[1];
    expect(users?.origin).toBe(expected === 'unknown' ? 'facts' : 'record');
    if (expected !== 'unknown')
      expect(users).toMatchObject({
        missing: [],
        because: `${expected ? 'satisfied' : 'not satisfied'} as the record says`,
      });
  });

  test('is not heard where the tenant knows', () => {
    const judged = told(staff, { notSatisfied: ['users'] }, {}, observation(), {});
    expect([judged.applies, judged.conditions[1]?.origin]).toEqual([true, 'facts']);
  });

  test('gives the code of the control that failed, though nothing else tells whether it was satisfied', () => {
    const mfa = policy({}, { operator: 'OR', builtInControls: ['mfa'] });
    const open = { mfa: undefined, authenticationMethodCombination: undefined };
    const testimony = new Map([[mfa.id, { ...SILENT, result: 'failure', applied: true, controlsSatisfied: false }]]);
    expect(judge([mfa], attempt({ testimony, satisfied: open }))).toMatchObject({
      outcome: 'interrupted',
      status: { errorCode: 50074 },
    });
  });

  test('settles a preview condition of a policy that applied', () => {
    expect(told(policy({ agents: { all: true } }), { applied: true }).applies).toBe(true);
    expect(told(policy({ agents: { all: true } }), { applied: false }).applies).toBe('unknown');
  });

  describe('about a location', () => {
    const away = policy({ locations: { includeLocations: [HQ] } });
    const unreadable = {
      namedLocations: [
        {
          '@odata.type': '#microsoft.graph.ipNamedLocation',
          id: HQ,
          displayName: 'HQ',
          ipRanges: [{ cidrAddress: 'x' }],
        },
      ],
    };
    const here = observation('198.51.100.7');

    test('counts for the recorded address', () => {
      expect(
        told(away, { satisfied: ['location'] }, { recordedIpAddress: address('198.51.100.7') }, here, unreadable)
          .applies,
      ).toBe(true);
      expect(
        told(
          away,
          { notSatisfied: ['location'] },
          { network: { via: 'direct', source: { address: address('198.51.100.7') } } },
          here,
          unreadable,
        ).applies,
      ).toBe(false);
    });

    test.each<[string, Partial<SignInAttempt>]>([
      ['another address is seen', { recordedIpAddress: address('198.51.100.8') }],
      ['the recorded address is not known', {}],
      ['the path is not known', { network: { via: undefined, source: { address: address('198.51.100.7') } } }],
    ])('does not count where %s', (_, changes) => {
      expect(told(away, { satisfied: ['location'], applied: true }, changes, here, unreadable).applies).toBe('unknown');
    });
  });

  describe('about controls', () => {
    const mfa = policy({}, { operator: 'OR', builtInControls: ['mfa'] });
    const device = policy({}, { operator: 'OR', builtInControls: ['compliantDevice'] });
    const open = {
      device: undefined,
      satisfied: { mfa: undefined, authenticationMethodCombination: undefined, compliantDevice: undefined },
    };

    test.each<[ConditionalAccessPolicy, boolean | undefined, string, string]>([
      [mfa, undefined, 'unknown', 'interrupted'],
      [mfa, true, 'success', 'granted'],
      [mfa, false, 'failure', 'interrupted'],
      [device, false, 'failure', 'denied'],
    ])('settles controls that are open', (one, controlsSatisfied, result, most) => {
      const judged = told(one, { controlsSatisfied }, open);
      expect([judged.result, judged.effect.most]).toEqual([result, most]);
    });

    test('is not heard where the session itself knows', () => {
      expect(told(mfa, { controlsSatisfied: true }, { satisfied: { mfa: false } }).result).toBe('failure');
    });
  });
});
