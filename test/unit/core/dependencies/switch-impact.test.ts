import { describe, expect, test } from 'vitest';
import type { Effect, PolicyEvaluation } from '../../../../src/core/conditional-access/result.ts';
import type { Attempt } from '../../../../src/core/dependencies/supposed-sign-ins.ts';
import { findingsOf, joinFindings } from '../../../../src/core/dependencies/switch-impact.ts';
import type { Trial } from '../../../../src/core/dependencies/trial.ts';
import { parseAddress } from '../../../../src/core/network/address.ts';
import type { NetworkPath } from '../../../../src/core/signaling/attempt.ts';

const attempt: Attempt = { identity: { kind: 'user' }, target: { kind: 'application', audiences: [] }, satisfied: {} };
const network: NetworkPath = {
  via: 'globalSecureAccessClient',
  source: { address: parseAddress('203.0.113.10') },
  proxy: { address: parseAddress('128.94.0.0') },
};
const control = { control: 'mfa', displayName: 'mfa', satisfied: false } as const;

interface Judged {
  readonly applies: PolicyEvaluation['applies'];
  readonly effect?: readonly [least: Effect, most: Effect];
  readonly controls?: number;
  readonly session?: readonly string[];
  readonly missing?: readonly string[];
}

function judged({ applies, effect = ['blocked', 'blocked'], controls = 1, session = [], missing = [] }: Judged) {
  return {
    policyId: 'policy',
    displayName: 'policy',
    state: 'enabled',
    result: applies === true ? 'failure' : 'notApplied',
    applies,
    conditions: [],
    controls: Array.from({ length: controls }, () => control),
    operator: 'OR',
    effect: { least: effect[0], most: effect[1] },
    enforcedGrantControls: [],
    authenticationStrength: undefined,
    sessionControls: session,
    missing: missing.map((fact) => ({ fact })),
  } as unknown as PolicyEvaluation;
}

/** A trial whose answers are given: with signaling on, with it off. */
const trial = (on: Judged | undefined, off: Judged | undefined): Trial => ({
  attempts: [attempt],
  assumed: [],
  evaluate: (_attempt, _network, status) => {
    const told = status === 'enabled' ? on : off;
    return told === undefined ? undefined : judged(told);
  },
});
const effects = (on: Judged, off: Judged) => {
  const { witnesses } = findingsOf(trial(on, off), [network]);
  const of = (to: 'enabled' | 'disabled') => witnesses[to].map(({ effect }) => effect);
  return { disabling: of('disabled'), enabling: of('enabled') };
};

describe('a policy that applies with signaling off alone', () => {
  test.each<[string, Omit<Judged, 'applies'>, readonly string[], readonly string[]]>([
    ['blocks newly and lets through again', { effect: ['blocked', 'blocked'] }, ['newlyBlocked'], ['newlyAllowed']],
    ['denies newly and lets through again', { effect: ['denied', 'denied'] }, ['newlyDenied'], ['newlyAllowed']],
    [
      'prompts newly and protects less',
      { effect: ['interrupted', 'interrupted'] },
      ['newlyPrompted'],
      ['lessProtected'],
    ],
    [
      'limits the session newly and protects less',
      { effect: ['granted', 'granted'], controls: 0, session: ['SignInFrequency'] },
      ['newlyLimited'],
      ['lessProtected'],
    ],
    [
      'asks nothing of somebody who meets its control, and protects less',
      { effect: ['granted', 'granted'] },
      [],
      ['lessProtected'],
    ],
    ['does nothing where it asks for nothing', { effect: ['granted', 'granted'], controls: 0 }, [], []],
    [
      'does what is not known where its effect is not',
      { effect: ['interrupted', 'blocked'] },
      ['unknown'],
      ['unknown'],
    ],
  ])('%s', (_, parts, disabling, enabling) => {
    expect(effects({ applies: false, ...parts }, { applies: true, ...parts })).toEqual({ disabling, enabling });
  });
});

describe('a policy whose application is not known', () => {
  test.each<[PolicyEvaluation['applies'], PolicyEvaluation['applies']]>([
    ['unknown', true],
    [false, 'unknown'],
    ['unknown', 'unknown'],
  ])('with signaling on (%s) or off (%s) has an effect that is not known', (on, off) => {
    expect(effects({ applies: on }, { applies: off })).toEqual({ disabling: ['unknown'], enabling: ['unknown'] });
  });

  test('has none where it asks for nothing', () => {
    expect(effects({ applies: 'unknown', controls: 0 }, { applies: true, controls: 0 })).toEqual({
      disabling: [],
      enabling: [],
    });
  });

  test('names what is missing on either side, sorted, and nothing of what is known', () => {
    const open = trial({ applies: 'unknown', missing: ['b', 'c'] }, { applies: true, missing: ['a'] });
    expect(findingsOf(open, [network]).missing).toEqual(['a', 'b', 'c']);
    const known = trial({ applies: false, missing: ['b'] }, { applies: true });
    expect(findingsOf(known, [network]).missing).toEqual([]);
  });
});

test('a policy that applies either way does nothing', () => {
  expect(effects({ applies: true }, { applies: true })).toEqual({ disabling: [], enabling: [] });
});

test('a sign-in that cannot be judged on either side shows nothing', () => {
  for (const one of [trial(undefined, { applies: true }), trial({ applies: true }, undefined)]) {
    expect(findingsOf(one, [network])).toEqual({ witnesses: { enabled: [], disabled: [] }, missing: [] });
  }
});

describe('a witness', () => {
  const only = (path: NetworkPath) =>
    findingsOf(trial({ applies: false }, { applies: true }), [path]).witnesses.disabled[0];
  const bare = { effect: 'newlyBlocked', resultBefore: 'notApplied', resultAfter: 'failure' };

  test('names both addresses', () => {
    expect(only(network)).toEqual({ ...bare, sourceIpAddress: '203.0.113.10', proxyIpAddress: '128.94.0.0' });
  });

  test('names countries that are known, that there is none, and whose tunnel it is', () => {
    const far: NetworkPath = {
      ...network,
      source: { ...network.source, countryOrRegion: 'NL' },
      proxy: { ...network.proxy, countryOrRegion: null },
      tunnelOfThisTenant: false,
    };
    expect(only(far)).toEqual({
      ...bare,
      sourceIpAddress: '203.0.113.10',
      proxyIpAddress: '128.94.0.0',
      sourceCountryOrRegion: 'NL',
      proxyCountryOrRegion: null,
      isTunnelOfAnotherTenant: true,
    });
  });

  test('is the first that shows its effect, and the harshest stands first', () => {
    const later: NetworkPath = { ...network, source: { address: parseAddress('198.51.100.7') } };
    const varying: Trial = {
      attempts: [attempt],
      assumed: [],
      evaluate: (_attempt, { source }, status) =>
        judged({
          applies: status === 'disabled',
          effect: source === later.source ? ['blocked', 'blocked'] : ['interrupted', 'interrupted'],
        }),
    };
    const { disabled } = findingsOf(varying, [network, { ...network, source: {} }, later]).witnesses;
    expect(disabled.map(({ effect, sourceIpAddress }) => [effect, sourceIpAddress])).toEqual([
      ['newlyBlocked', '198.51.100.7'],
      ['newlyPrompted', '203.0.113.10'],
    ]);
  });

  test('of what is supposed says so, and stands only where nothing is sure', () => {
    const sure = findingsOf(trial({ applies: false }, { applies: true }), [network]);
    const { witnesses } = findingsOf(
      trial({ applies: false, effect: ['denied', 'denied'] }, { applies: true, effect: ['denied', 'denied'] }),
      [network],
    );
    const joined = joinFindings({ ...sure, missing: ['fact'] }, { witnesses, missing: ['other'] });
    expect(joined.missing).toEqual(['fact']);
    expect(joined.witnesses.disabled.map(({ effect, isSupposing }) => [effect, isSupposing])).toEqual([
      ['newlyBlocked', undefined],
      ['newlyDenied', true],
    ]);
    expect(joinFindings(sure, sure).witnesses.disabled.map(({ isSupposing }) => isSupposing)).toEqual([undefined]);
  });
});
