import { describe, expect, test } from 'vitest';
import type { SomeExplained } from '../../../../src/core/conditional-access/fast/some-explained.ts';
import type {
  ConditionResult,
  ControlResult,
  PolicyEvaluation,
} from '../../../../src/core/conditional-access/result.ts';
import { attributed } from '../../../../src/core/impact/change.ts';
import { examplePolicy, SignInExample } from '../../../../src/core/impact/example.ts';
import { observation } from '../../../support/contoso.ts';

const found = (condition: ConditionResult['condition'], truth: ConditionResult['truth'], because: string) =>
  ({ condition, truth, because, origin: 'facts', includeRules: [], excludeRules: [], missing: [] }) as ConditionResult;
const asks = (control: string, satisfied: ControlResult['satisfied']): ControlResult => ({
  ...{ control, displayName: control.toUpperCase(), satisfied, interactive: true, missing: [] },
});

function policy(more: Partial<PolicyEvaluation> = {}): PolicyEvaluation {
  return {
    ...{ policyId: 'CA1', displayName: 'Office only', state: 'enabled', result: 'success', applies: true },
    ...{ conditions: [], controls: [], operator: 'OR', effect: { least: 'granted', most: 'granted' } },
    ...{ enforcedGrantControls: [], authenticationStrength: undefined, sessionControls: [], missing: [] },
    ...more,
  } as PolicyEvaluation;
}

function side(policies: readonly PolicyEvaluation[], more: Partial<SomeExplained> = {}): SomeExplained {
  return { outcome: 'granted', observation: observation('203.0.113.10'), policies, ...more } as SomeExplained;
}

const why = (was: PolicyEvaluation | undefined, becomes: PolicyEvaluation | undefined) => {
  const list = (each: PolicyEvaluation | undefined) => side(each === undefined ? [] : [each]);
  const { whyBefore, whyAfter } = examplePolicy('CA1', list(was), list(becomes));
  return [whyBefore, whyAfter];
};

describe('what a policy says of an example', () => {
  const inside = found('location', true, 'location included: Office');
  const outside = found('location', false, 'location not included');
  const anybody = found('users', true, 'users included: All');

  test.each<[string, PolicyEvaluation | undefined, PolicyEvaluation | undefined, (string | null)[]]>([
    [
      'is its state, where that differs',
      policy({ conditions: [inside] }),
      policy({ state: 'disabled', conditions: [outside] }),
      ['state: enabled', 'state: disabled'],
    ],
    [
      'is the condition that comes out differently, and no other',
      policy({ conditions: [anybody, inside] }),
      policy({ conditions: [anybody, outside] }),
      ['the location is included: Office', 'the location is not included'],
    ],
    [
      'is what is open on both sides alike',
      policy({ conditions: [anybody, found('devicePlatform', 'unknown', 'device platform unknown')] }),
      policy({ conditions: [anybody, found('devicePlatform', 'unknown', 'device platform unknown')] }),
      ['the device platform is unknown', 'the device platform is unknown'],
    ],
    [
      'is what it asks for, where the conditions are alike',
      policy({ conditions: [inside], controls: [asks('mfa', false), asks('compliantDevice', 'unknown')] }),
      policy({ conditions: [inside], controls: [asks('block', false), asks('mfa', true)] }),
      ['MFA not satisfied, COMPLIANTDEVICE not known', 'blocks'],
    ],
    [
      'is that it applies, or does not, where it asks for nothing more',
      policy({ conditions: [inside], controls: [asks('mfa', true)] }),
      policy({ conditions: [inside], applies: false }),
      ['all conditions hold', 'does not apply'],
    ],
    [
      'alone is every condition that does not hold',
      policy({ conditions: [anybody, outside, found('devicePlatform', 'unknown', 'device platform unknown')] }),
      undefined,
      ['the location is not included; the device platform is unknown', null],
    ],
    [
      'new and applying is that all conditions hold',
      undefined,
      policy({ conditions: [inside] }),
      [null, 'all conditions hold'],
    ],
  ])('%s', (_, was, becomes, expected) => {
    expect(why(was, becomes)).toEqual(expected);
  });

  test('that only the record told is called by the name of the condition', () => {
    const recorded = { ...found('location', false, 'not satisfied'), origin: 'record' } as ConditionResult;
    expect(why(policy({ conditions: [recorded] }), policy({ conditions: [inside] }))[0]).toBe(
      'the location is not satisfied',
    );
  });

  test('has its name of after, of before, or its id', () => {
    const called = (displayName: string) => side([policy({ displayName })]);
    expect(examplePolicy('CA1', called('Old'), called('New'))).toMatchObject({ displayName: 'New' });
    expect(examplePolicy('CA1', called('Old'), side([]))).toMatchObject({
      ...{ displayName: 'Old', resultBefore: 'success', resultAfter: null },
    });
    expect(examplePolicy('CA9', called('Old'), called('New'))).toEqual({
      ...{ id: 'CA9', displayName: 'CA9', resultBefore: null, resultAfter: null, whyBefore: null, whyAfter: null },
    });
  });
});

describe('an example', () => {
  const record = { id: 'x', createdDateTime: '2026-01-15T09:00:00Z' };
  const change = attributed(
    'newlyBlocked',
    { outcome: 'granted', decidedBy: [] },
    { outcome: 'blocked', decidedBy: ['CA1'] },
  );
  const members = { user: { id: 'anna', displayName: 'Anna' }, application: { id: 'mail', displayName: 'Mail' } };

  test('shows what Entra sees on both sides, and the policies that decide', () => {
    const [before, after] = [
      side([policy()], { observation: observation('203.0.113.10', { seenAddress: 'source', countryOrRegion: 'NL' }) }),
      side([policy({ result: 'failure' })], {
        outcome: 'blocked',
        observation: {
          ...observation(),
          ipAddress: undefined,
          seenAddress: 'proxy',
          standInAddress: observation('151.206.1.1').ipAddress,
          countryOrRegion: undefined,
        },
      } as Partial<SomeExplained>),
    ];
    expect(new SignInExample(record, change, () => ({ before, after }), members)).toMatchObject({
      ...{ signInId: 'x', createdDateTime: '2026-01-15T09:00:00Z', user: 'Anna', application: 'Mail' },
      seenBefore: { ipAddress: '203.0.113.10', whose: 'source', countryOrRegion: 'NL', isLocatedByStandIn: false },
      seenAfter: { ipAddress: null, whose: 'proxy', countryOrRegion: null, isLocatedByStandIn: true },
      ...{ outcomeBefore: 'granted', outcomeAfter: 'blocked', certainlyStopped: false, missing: [] },
      policies: [{ id: 'CA1', resultBefore: 'success', resultAfter: 'failure' }],
    });
  });

  test('says where somebody is surely stopped, and what is missing', () => {
    const open = { ...change, class: 'unknown' as const, stoppedBy: ['CA1'], missing: ['mfa'] };
    expect(new SignInExample(record, open, () => ({ before: side([]), after: side([]) }), members)).toMatchObject({
      certainlyStopped: true,
      missing: ['mfa'],
    });
  });
});
