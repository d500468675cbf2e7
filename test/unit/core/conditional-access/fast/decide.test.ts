import { describe, expect, test } from 'vitest';
import { compile } from '../../../../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../../../../src/core/conditional-access/evaluate.ts';
import { decide } from '../../../../../src/core/conditional-access/fast/decide.ts';
import { createWriter } from '../../../../../src/core/conditional-access/fast/written.ts';
import { outcomeRange } from '../../../../../src/core/conditional-access/outcome/range.ts';
import { APPLIED_POLICY_RESULTS, EFFECTS } from '../../../../../src/core/conditional-access/result.ts';
import type { PolicyTestimony, SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import type { ConditionalAccessPolicy, ConditionSet, GrantControls } from '../../../../../src/core/tenant/policy.ts';
import { address } from '../../../../support/arbitraries/network.ts';
import { ALICE, attempt, BOB, HQ, observation, policy, TERMS, tenant } from '../../../../support/contoso.ts';
import { explainedInWords } from '../../../../support/explained-in-words.ts';

const one = (builtInControls: string[], more: GrantControls = {}): GrantControls => ({
  operator: 'OR',
  builtInControls,
  ...more,
});
const terms = (others: string[] = [], operator = 'OR') => one(others, { operator, termsOfUse: [TERMS] });
const accepted = { termsOfUseAccepted: [TERMS] };
const ids = (at: number) => `90000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

const asks = (grant: GrantControls, state = 'enabled', conditions: Partial<ConditionSet> = {}) => ({
  grant,
  state,
  conditions,
});

function policies(list: readonly ReturnType<typeof asks>[]): ConditionalAccessPolicy[] {
  return list.map(({ grant, state, conditions }, at) => policy(conditions, grant, { id: ids(at), state }));
}

function bothPaths(list: readonly ConditionalAccessPolicy[], signIn: SignInAttempt, seen = observation()) {
  const compiled = compile(tenant(list));
  const {
    results,
    status: _status,
    authenticationRequirement: _requirement,
    ...decision
  } = decide(compiled, signIn, seen);
  const told = evaluate(compiled, signIn, seen);
  const { outcome, conditionalAccessStatus, decidedBy, missing, policies: judged } = told;
  const facts = [...new Set(missing.map(({ fact }) => fact))].sort();
  // What the log writes, asked twice, and with others of the same tenant in between.
  const write = createWriter(compiled);
  for (const one of [signIn, { ...signIn, satisfied: {} }, { ...signIn, testimony: undefined }, signIn]) {
    for (const from of [seen, observation('198.51.100.10')]) {
      expect(write(one, from)).toEqual(explainedInWords(compiled, one, from));
    }
  }
  return {
    fast: { ...decision, results: [...results].map((code) => APPLIED_POLICY_RESULTS[code]) },
    explaining: {
      outcome,
      most: EFFECTS[outcomeRange(told).most],
      conditionalAccessStatus,
      decidedBy,
      missing: facts,
      results: judged.map(({ result }) => result),
    },
  };
}

function agreed(list: readonly ConditionalAccessPolicy[], signIn: SignInAttempt, seen = observation()) {
  const { fast, explaining } = bothPaths(list, signIn, seen);
  expect(fast).toEqual(explaining);
  return fast;
}

describe('the fast path and what the log writes agree with the explaining path', () => {
  test.each<[string, ReturnType<typeof asks>[], Partial<SignInAttempt>, string[]]>([
    [
      'terms count as failed while MFA is outstanding',
      [asks(terms()), asks(one(['mfa']))],
      { satisfied: accepted },
      ['failure', 'failure'],
    ],
    [
      'terms count where MFA is done',
      [asks(terms()), asks(one(['mfa']))],
      { satisfied: { ...accepted, mfa: true } },
      ['success', 'success'],
    ],
    [
      'terms count where only another prompt is outstanding',
      [asks(terms()), asks(one(['passwordChange']))],
      { satisfied: accepted },
      ['success', 'failure'],
    ],
    [
      'terms count where a block ends it',
      [asks(terms()), asks(one(['block'])), asks(one(['mfa']))],
      { satisfied: accepted },
      ['success', 'failure', 'failure'],
    ],
    [
      'terms beside a satisfied control do not rest on them',
      [asks(terms(['compliantDevice'])), asks(one(['mfa']))],
      { satisfied: { ...accepted, compliantDevice: true } },
      ['success', 'failure'],
    ],
    [
      'a device is no terms of use',
      [asks(one(['compliantDevice'])), asks(one(['mfa'])), asks(terms())],
      { satisfied: { ...accepted, compliantDevice: true } },
      ['success', 'failure', 'failure'],
    ],
    [
      'report-only terms and MFA',
      [asks(terms(), 'enabledForReportingButNotEnforced'), asks(one(['mfa']))],
      { satisfied: accepted },
      ['reportOnlySuccess', 'failure'],
    ],
    [
      'report-only MFA holds no terms back',
      [asks(terms()), asks(one(['mfa']), 'enabledForReportingButNotEnforced')],
      { satisfied: accepted },
      ['success', 'reportOnlyInterrupted'],
    ],
  ])('%s', (_, list, changes, results) => {
    expect(agreed(policies(list), attempt(changes)).results).toEqual(results);
  });

  test('with more policies than bits in a word', () => {
    const many = Array.from({ length: 70 }, (_, at) => asks(one(at % 3 === 0 ? ['mfa'] : ['compliantDevice'])));
    const last = { users: { includeUsers: [BOB] } };
    const list = policies([...many, asks(one(['block']), 'enabled', last)]);
    const ofAlice = agreed(list, attempt({ satisfied: { compliantDevice: true } }));
    expect([ofAlice.outcome, ofAlice.decidedBy.length, ofAlice.decidedBy.at(-1)]).toEqual(['interrupted', 24, ids(69)]);
    const ofBob = agreed(list, attempt({ identity: { kind: 'user', userId: BOB } }));
    expect([ofBob.outcome, ofBob.decidedBy]).toEqual(['blocked', [ids(70)]]);
  });

  test('where a state is unknown, or off, or only reported', () => {
    const states = ['disabled', 'enabledForReportingButNotEnforced', 'paused', 'enabled'];
    const list = policies(states.map((state) => asks(one(state === 'enabled' ? ['mfa'] : ['block']), state)));
    const done = agreed(list, attempt({ satisfied: { mfa: true } }));
    expect([done.outcome, done.decidedBy]).toEqual(['unknown', [ids(2)]]);
    expect(agreed(list.slice(0, 2), attempt()).conditionalAccessStatus).toBe('notApplied');
  });

  test('where the address at the resource is another, and a policy is strict', () => {
    const seen = observation('203.0.113.10', { resourceIpAddress: address('198.51.100.200') });
    const away = { locations: { includeLocations: ['All'], excludeLocations: [HQ] } };
    const strict = (mode: string, state = 'enabled') =>
      policy(away, one(['block']), {
        state,
        sessionControls: { continuousAccessEvaluation: { mode } },
      });
    expect(agreed([strict('strictLocation')], attempt(), seen).outcome).toBe('blocked');
    expect(agreed([strict('disabled')], attempt(), seen).outcome).toBe('granted');
    expect(agreed([strict('strictLocation', 'disabled')], attempt(), seen).outcome).toBe('granted');
    const besideAnother = [policy({}, one(['mfa']), { id: ids(7) }), strict('strictLocation')];
    expect(agreed(besideAnother, attempt({ satisfied: { mfa: true } }), seen).outcome).toBe('blocked');
    const unseen = observation('not an address', { resourceIpAddress: address('198.51.100.200') });
    expect(agreed([strict('strictLocation')], attempt(), unseen).outcome).toBe('unknown');
  });

  test('where a record has something to say of what is open, and of nothing else', () => {
    const list = policies([asks(one(['compliantDevice'])), asks(one(['mfa']))]);
    const says = (result: string, controlsSatisfied: boolean): PolicyTestimony => ({
      result,
      satisfied: [],
      notSatisfied: [],
      applied: true,
      controlsSatisfied,
    });
    const told = (signIn: Partial<SignInAttempt>) =>
      agreed(list, { ...attempt(signIn), testimony: new Map([[ids(0), says('success', true)]]) });
    const open = { device: undefined, satisfied: { mfa: true, compliantDevice: undefined } };
    expect([agreed(list, attempt(open)).outcome, told(open).outcome]).toEqual(['unknown', 'granted']);
    expect(told({ satisfied: { mfa: true, compliantDevice: false } }).outcome).toBe('denied');
    expect(agreed(list, { ...attempt(open), testimony: new Map() }).outcome).toBe('unknown');
  });

  test('where a record settles whether an enforced policy was in scope', () => {
    const list = policies([asks(one(['mfa']), 'enabled', { users: { includeGroups: ['g'] } })]);
    const said: PolicyTestimony = {
      result: 'success',
      satisfied: ['users'],
      notSatisfied: [],
      applied: true,
      controlsSatisfied: true,
    };
    const signIn = attempt({ identity: { kind: 'user', userId: ALICE }, satisfied: { mfa: true } });
    const { groups: _, ...withoutGroups } = tenant(list);
    const compiled = compile(withoutGroups);
    const told = { ...signIn, testimony: new Map([[ids(0), said]]) };
    for (const each of [signIn, told]) {
      const { conditionalAccessStatus } = decide(compiled, each, observation());
      expect(conditionalAccessStatus).toBe(evaluate(compiled, each, observation()).conditionalAccessStatus);
    }
    expect(decide(compiled, signIn, observation()).conditionalAccessStatus).toBeUndefined();
    expect(decide(compiled, told, observation()).conditionalAccessStatus).toBe('success');
  });

  test('of custom strengths with the same name that ask for different methods', () => {
    const strength = (allowedCombinations: string[]): GrantControls => ({
      operator: 'OR',
      builtInControls: [],
      authenticationStrength: { id: 's', displayName: 'Ours', allowedCombinations },
    });
    const list = policies([asks(strength(['fido2'])), asks(strength(['password,sms']))]);
    const bySms = attempt({ satisfied: { authenticationMethodCombination: 'password,sms', mfa: true } });
    expect(agreed(list, bySms).results).toEqual(['failure', 'success']);
  });

  test('of a client that cannot answer a prompt, or of whom nobody knows whether it can', () => {
    const list = policies([asks(one(['mfa'])), asks(one(['compliantDevice']))]);
    for (const canPerformMfa of [true, false, undefined]) {
      for (const clientAppType of ['browser', 'other', undefined] as const)
        agreed(list, attempt({ canPerformMfa, clientAppType }));
    }
  });

  test('after more sign-ins than the memory holds', () => {
    const list = policies([asks(one(['mfa']), 'enabled', { locations: { includeLocations: [HQ] } })]);
    const many = Array.from({ length: 900 }, (_, at) => asks(one([`custom${at}`]), 'disabled'));
    const compiled = compile(tenant([...list, ...policies(many).map((each, at) => ({ ...each, id: ids(at + 1) }))]));
    const write = createWriter(compiled);
    const countries = Array.from({ length: 120 }, (_, at) => `${String.fromCharCode(65 + (at % 26))}${at}`);
    for (const countryOrRegion of [...countries, ...countries.toReversed()]) {
      const seen = observation('203.0.113.10', { countryOrRegion });
      expect(write(attempt(), seen).outcome).toBe('interrupted');
    }
    expect(write(attempt(), observation())).toEqual(explainedInWords(compiled, attempt(), observation()));
  });
});
