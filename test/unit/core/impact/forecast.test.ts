import { describe, expect, test } from 'vitest';
import { GRANT_CONTROL_NAMES } from '../../../../src/core/graph/controls.ts';
import { createForecast } from '../../../../src/core/impact/forecast.ts';
import { switched, worldOf } from '../../../../src/core/impact/world.ts';
import { parseAddress } from '../../../../src/core/network/address.ts';
import type { PolicyTestimony, SignInAttempt } from '../../../../src/core/signaling/attempt.ts';
import { assumeProxyCountry } from '../../../../src/core/signaling/proxy-country.ts';
import {
  BLOCK,
  compliantNetwork,
  countryLocation,
  DEVICE,
  ipLocation,
  MFA,
  OFFICE,
  PROXY,
  policyWith,
  tenantWith,
} from '../dependencies/contoso.ts';
import { between, onSwitch, SIGN_IN, THROUGH } from './worlds.ts';

const LIMITED = { signInFrequency: { isEnabled: true, value: 4, type: 'hours' } };
const outside = (grant: typeof BLOCK | null, more = {}) =>
  policyWith({ include: ['All'], exclude: ['office'], grant, ...more });
const inside = (grant: typeof BLOCK | null, more = {}) => policyWith({ include: ['office'], grant, ...more });
const withPolicies = (...policies: ReturnType<typeof policyWith>[]) =>
  tenantWith({ namedLocations: [OFFICE, PROXY, compliantNetwork()], policies });

describe('what becomes of a sign-in when signaling is disabled and enabled', () => {
  test.each([
    ['block outside the office', outside(BLOCK), 'newlyBlocked', 'newlyAllowed'],
    ['MFA outside the office', outside(MFA), 'newlyPrompted', 'lessProtected'],
    ['a managed device outside the office', outside(DEVICE), 'newlyDenied', 'newlyAllowed'],
    ['block inside the office', inside(BLOCK), 'newlyAllowed', 'newlyBlocked'],
    ['MFA inside the office', inside(MFA), 'lessProtected', 'newlyPrompted'],
    ['session limits inside the office', inside(null, { session: LIMITED }), 'lessProtected', 'unchanged'],
    [
      'block outside the proxy’s ranges',
      policyWith({ include: ['All'], exclude: ['proxy'] }),
      'newlyAllowed',
      'newlyBlocked',
    ],
    ['block outside both', policyWith({ include: ['All'], exclude: ['proxy', 'office'] }), 'unchanged', 'unchanged'],
    ['block everywhere', policyWith({}), 'unchanged', 'unchanged'],
    [
      'block outside the office, report-only',
      outside(BLOCK, { state: 'enabledForReportingButNotEnforced' }),
      'unchanged',
      'unchanged',
    ],
    ['block outside the office, off', outside(BLOCK, { state: 'disabled' }), 'unchanged', 'unchanged'],
  ])('%s', (_, policy, off, on) => {
    const tenant = withPolicies(policy);
    expect([onSwitch(tenant, 'disabled').class, onSwitch(tenant, 'enabled').class]).toEqual([off, on]);
  });

  test('names the policies that make the difference, and no other', () => {
    const tenant = withPolicies(
      policyWith({ id: 'mfa everywhere', grant: MFA }),
      outside(BLOCK, { id: 'block outside' }),
      outside(MFA, { id: 'MFA outside' }),
    );
    expect(onSwitch(tenant, 'disabled')).toMatchObject({
      outcomes: { before: 'interrupted', after: 'blocked' },
      decidedBy: ['block outside'],
    });
    expect(onSwitch(tenant, 'enabled').decidedBy).toEqual(['block outside']);
  });

  test('one policy that newly allows means nothing while another still blocks', () => {
    const tenant = withPolicies(inside(BLOCK), policyWith({ id: 'everywhere' }));
    expect(onSwitch(tenant, 'disabled').class).toBe('unchanged');
  });

  test('a lost demand is attributed to the policy that made it', () => {
    const met: SignInAttempt = { ...SIGN_IN, satisfied: { ...SIGN_IN.satisfied, mfa: true } };
    const tenant = withPolicies(
      policyWith({ id: 'limits', grant: null, session: LIMITED }),
      inside(MFA, { id: 'MFA inside' }),
    );
    expect(onSwitch(tenant, 'disabled', met)).toMatchObject({ class: 'lessProtected', decidedBy: ['MFA inside'] });
  });
});

describe('a sign-in that Entra sees alike on both sides', () => {
  test('is unchanged and untouched, whatever is missing', () => {
    const direct: SignInAttempt = { ...SIGN_IN, network: { via: 'direct', source: THROUGH.source }, satisfied: {} };
    expect(onSwitch(withPolicies(policyWith({ grant: MFA })), 'disabled', direct)).toEqual({
      class: 'unchanged',
      outcomes: undefined,
      decidedBy: [],
      stoppedBy: [],
      couldBe: [],
      missing: [],
    });
  });
});

describe('missing facts', () => {
  test.each(GRANT_CONTROL_NAMES)(
    '%s, asked for everywhere and outside the office, changes nothing whether it is met or not',
    (control) => {
      const grant = { operator: 'OR', builtInControls: [control] };
      const tenant = withPolicies(policyWith({ id: 'everywhere', grant }), outside(grant, { id: 'outside' }));
      const { [control]: _, ...satisfied } = SIGN_IN.satisfied;
      const silent: SignInAttempt = { ...SIGN_IN, device: undefined, satisfied };
      expect(onSwitch(tenant, 'disabled', silent).class).toBe('unchanged');
      expect(onSwitch(tenant, 'enabled', silent).class).toBe('unchanged');
    },
  );

  const unsure: SignInAttempt = { ...SIGN_IN, satisfied: {} };

  test('that count on both sides alike do not make a change unknown', () => {
    expect(onSwitch(withPolicies(policyWith({ grant: MFA })), 'disabled', unsure)).toMatchObject({
      class: 'unchanged',
      outcomes: { before: 'unknown', after: 'unknown' },
    });
  });

  test('that count on one side do, and are named', () => {
    expect(onSwitch(withPolicies(outside(MFA, { id: 'MFA outside' })), 'disabled', unsure)).toEqual({
      class: 'unknown',
      outcomes: { before: 'granted', after: 'unknown' },
      decidedBy: ['MFA outside'],
      stoppedBy: [],
      couldBe: ['newlyPrompted', 'lessProtected', 'unchanged'],
      missing: ['mfa'],
    });
  });

  test('that cannot turn the answer do not make it unknown', () => {
    const risky = policyWith({ id: 'risk', grant: MFA, conditions: { userRiskLevels: ['high'] } });
    expect(onSwitch(withPolicies(risky, outside(BLOCK, { id: 'block outside' })), 'disabled', unsure)).toEqual({
      class: 'newlyBlocked',
      outcomes: { before: 'unknown', after: 'blocked' },
      decidedBy: ['block outside'],
      stoppedBy: [],
      couldBe: [],
      missing: [],
    });
    expect(onSwitch(withPolicies(risky, inside(BLOCK)), 'disabled', unsure).class).toBe('newlyAllowed');
    expect(onSwitch(withPolicies(risky, outside(MFA)), 'disabled', unsure).class).toBe('unknown');
  });

  test('that leave open who stops the user, and not that somebody does, are told apart', () => {
    const abroad = countryLocation('abroad', ['FR']);
    const tenant = tenantWith({
      namedLocations: [OFFICE, abroad],
      policies: [
        policyWith({ id: 'abroad', include: ['abroad'], grant: BLOCK }),
        outside(DEVICE, { id: 'device' }),
        policyWith({ id: 'mfa everywhere', grant: MFA }),
      ],
    });
    const attempt: SignInAttempt = {
      ...SIGN_IN,
      network: { ...THROUGH, proxy: { address: parseAddress('151.206.10.7') } },
    };
    expect(onSwitch(tenant, 'disabled', attempt)).toMatchObject({
      class: 'unknown',
      outcomes: { before: 'interrupted', after: 'unknown' },
      stoppedBy: ['device'],
      decidedBy: ['device', 'abroad'],
      missing: ['countryOrRegion'],
    });
    // Back again, who was stopped in any case and is let in is newly allowed, whatever stopped them.
    expect(onSwitch(tenant, 'enabled', attempt)).toMatchObject({ class: 'newlyAllowed', stoppedBy: [] });
    const managed = { ...attempt, satisfied: { ...SIGN_IN.satisfied, compliantDevice: true } };
    expect(onSwitch(tenant, 'disabled', managed)).toMatchObject({ class: 'unknown', stoppedBy: [] });
  });

  test('the country of the proxy is one, until it is assumed', () => {
    const tenant = tenantWith({
      namedLocations: [countryLocation('served', ['NL'])],
      policies: [policyWith({ include: ['All'], exclude: ['served'] })],
    });
    const { address } = THROUGH.proxy ?? {};
    const silent: SignInAttempt = { ...SIGN_IN, network: { ...THROUGH, proxy: { address } } };
    expect(onSwitch(tenant, 'disabled', silent)).toMatchObject({ class: 'unknown', missing: ['countryOrRegion'] });
    expect(onSwitch(tenant, 'disabled', assumeProxyCountry(silent, 'NL')).class).toBe('unchanged');
    expect(onSwitch(tenant, 'disabled', assumeProxyCountry(silent, 'US')).class).toBe('newlyBlocked');
  });

  test('an assumed country never replaces one that is known', () => {
    expect(assumeProxyCountry(SIGN_IN, 'US')).toBe(SIGN_IN);
    const none = { ...SIGN_IN, network: { ...THROUGH, proxy: { countryOrRegion: null } } };
    expect(assumeProxyCountry(none, 'US').network.proxy?.countryOrRegion).toBeNull();
  });
});

describe('a proxy whose address is not told', () => {
  const silent: SignInAttempt = { ...SIGN_IN, network: { ...THROUGH, proxy: { countryOrRegion: 'NL' } } };

  test('is located by a stand-in where all egress lies in the same named locations', () => {
    expect(onSwitch(withPolicies(outside(BLOCK)), 'disabled', silent).class).toBe('newlyBlocked');
    const before = worldOf(withPolicies(outside(BLOCK)), 'enabled');
    const { after } = createForecast(before, switched(before, 'disabled')).explain(silent);
    expect(after.observation.ipAddress).toBeUndefined();
    expect(after.observation.standInAddress).toBeDefined();
  });

  test('stays unknown where a named location holds part of the egress', () => {
    const part = ipLocation('part', ['151.206.0.0/17']);
    const tenant = tenantWith({
      namedLocations: [OFFICE, part],
      policies: [policyWith({ include: ['All'], exclude: ['office', 'part'] })],
    });
    expect(onSwitch(tenant, 'disabled', silent)).toMatchObject({ class: 'unknown', missing: ['ipAddress'] });
  });

  test('stays unknown under strict location enforcement, which compares addresses', () => {
    const strict = policyWith({
      id: 'strict',
      grant: null,
      session: { continuousAccessEvaluation: { mode: 'strictLocation' } },
    });
    expect(onSwitch(withPolicies(outside(BLOCK), strict), 'disabled', silent).class).toBe('unknown');
  });
});

describe('another tenant', () => {
  test('that fixes the policy lets in whom it blocked', () => {
    const before = withPolicies(policyWith({ id: 'p' }));
    expect(between(before, withPolicies(policyWith({ id: 'p', grant: MFA }))).class).toBe('newlyAllowed');
    expect(between(before, withPolicies(policyWith({ id: 'p', state: 'disabled' })))).toMatchObject({
      class: 'newlyAllowed',
      decidedBy: ['p'],
    });
    expect(between(withPolicies(), before)).toMatchObject({ class: 'newlyBlocked', decidedBy: ['p'] });
  });

  test('a policy that neither changed nor can be told stays out of the way', () => {
    const unsure: SignInAttempt = { ...SIGN_IN, satisfied: {} };
    const same = policyWith({ id: 'same', grant: MFA });
    const before = withPolicies(same, inside(MFA, { id: 'changed', state: 'disabled' }));
    const after = withPolicies({ ...same }, policyWith({ id: 'changed', include: ['proxy'], grant: BLOCK }));
    expect(between(before, after, unsure).class).toBe('unchanged');
  });

  test('what a record says of a policy is not heard of a condition that was changed since', () => {
    const said: PolicyTestimony = {
      result: 'success',
      satisfied: ['application', 'users'],
      notSatisfied: [],
      applied: true,
      controlsSatisfied: true,
    };
    const heard: SignInAttempt = { ...SIGN_IN, satisfied: { mfa: true }, testimony: new Map([['p', said]]) };
    const aimedAt = (group: string, grant: typeof BLOCK) =>
      policyWith({ id: 'p', grant, conditions: { users: { includeGroups: [group] } } });
    const people = { namedLocations: [], groups: undefined } as const;
    const { groups: _, ...rest } = tenantWith({ namedLocations: people.namedLocations });
    const before = { ...rest, policies: [aimedAt('one', MFA)] };
    expect(between(before, { ...rest, policies: [aimedAt('one', BLOCK)] }, heard).class).toBe('newlyBlocked');
    expect(between(before, { ...rest, policies: [aimedAt('other', BLOCK)] }, heard).class).toBe('unknown');
  });
});

describe('a sign-in through a tunnel of which nobody knows whose it is', () => {
  const foreign = (more: Partial<SignInAttempt['network']> = {}): SignInAttempt => ({
    ...SIGN_IN,
    network: { ...THROUGH, tunnelOfThisTenant: undefined, mayBeForeign: true, ...more },
  });

  test('may be what it is through our own, or untouched', () => {
    expect(onSwitch(withPolicies(outside(BLOCK, { id: 'outside' })), 'disabled', foreign())).toEqual({
      class: 'unknown',
      outcomes: { before: 'granted', after: 'unknown' },
      decidedBy: ['outside'],
      stoppedBy: [],
      couldBe: ['newlyBlocked', 'unchanged'],
      missing: ['whose tunnel it is'],
    });
  });

  test('is what it is through our own where that changes nothing', () => {
    expect(onSwitch(withPolicies(policyWith({})), 'disabled', foreign()).class).toBe('unchanged');
  });

  test.each([
    ['of this tenant', { tunnelOfThisTenant: true }, 'newlyBlocked'],
    ['of another tenant', { tunnelOfThisTenant: false }, 'unchanged'],
  ])('is told by one %s', (_, network, kind) => {
    expect(onSwitch(withPolicies(outside(BLOCK)), 'disabled', foreign(network)).class).toBe(kind);
  });

  test('through another tenant’s is untouched by the switch, whatever is asked of whom', () => {
    for (const policy of [outside(BLOCK), inside(MFA), outside(DEVICE), inside(null, { session: LIMITED })]) {
      for (const to of ['enabled', 'disabled'] as const) {
        const { class: kind, outcomes } = onSwitch(withPolicies(policy), to, foreign({ tunnelOfThisTenant: false }));
        expect([kind, outcomes]).toEqual(['unchanged', undefined]);
      }
    }
  });

  test('is reached by another policy, whoever owns the tunnel', () => {
    const [before, after] = [withPolicies(), withPolicies(policyWith({}))];
    for (const tunnelOfThisTenant of [true, false, undefined])
      expect(between(before, after, foreign({ tunnelOfThisTenant })).class).toBe('newlyBlocked');
  });

  test('lacks the address and the owner where another policy looks at locations', () => {
    const [before, after] = [withPolicies(), withPolicies(outside(BLOCK))];
    expect(between(before, after, foreign())).toMatchObject({
      class: 'unknown',
      missing: ['ipAddress', 'whose tunnel it is'],
    });
  });
});
