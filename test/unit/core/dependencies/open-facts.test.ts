import { describe, expect, test } from 'vitest';
import type { PolicyDependency, SwitchImpact } from '../../../../src/core/dependencies/dependency.ts';
import { openFactsOfSwitch } from '../../../../src/core/dependencies/open-facts.ts';
import { tenantWith } from './contoso.ts';

const KNOWN = tenantWith({ policiesKnown: true });
const impact = (...notKnown: string[]): SwitchImpact => ({ effects: ['unknown'], reason: '', notKnown, witnesses: [] });
const dependent = (displayName: string, onDisable: SwitchImpact, onEnable = impact()): PolicyDependency => ({
  policyId: displayName,
  displayName,
  state: 'enabled',
  paths: [],
  onDisable,
  onEnable,
});

describe('a fact that leaves a switch open', () => {
  test.each([
    ['mfaTrustedIps', '`gsa tenant set --mfa-trusted-ips none`, or your ranges in place of `none`'],
    [
      'namedLocations',
      '`gsa import namedLocations.json --kind locations` with an export of all, or `gsa tenant set --known namedLocations` where the tenant file has all',
    ],
    ['namedLocation 0a1b', '`gsa import namedLocations.json --kind locations` with an export that has it'],
    ['readable ranges of office', '`gsa import namedLocations.json --kind locations` with the ranges put right'],
    ['isTrusted of office', '`gsa location trust <location>`, or `gsa location untrust <location>`'],
    ['egress ranges of Global Secure Access', '`gsa tenant set --egress-ranges published`, or your own'],
    [
      'grantControls.builtInControls',
      '`gsa import policies.json --kind policies` with an export from Microsoft Graph, which lists the controls',
    ],
    [
      'meaning of state mfaTrustedIps',
      'documented nowhere; answer for the policy: `gsa signaling disable --report-only-policies <policy>` or `--keep-policies`',
    ],
  ])('`%s` is settled so', (fact, settle) => {
    expect(openFactsOfSwitch(KNOWN, [dependent('one', impact(fact))], 'disabled')).toEqual([
      { fact, policies: ['one'], settle },
    ]);
  });

  test('stands once, with every policy that hangs on it, and facts stand in their order', () => {
    const dependents = [
      dependent('one', impact('namedLocations', 'mfaTrustedIps')),
      dependent('two', impact('mfaTrustedIps')),
    ];
    expect(openFactsOfSwitch(KNOWN, dependents, 'disabled').map(({ fact, policies }) => [fact, policies])).toEqual([
      ['mfaTrustedIps', ['one', 'two']],
      ['namedLocations', ['one']],
    ]);
  });

  test('is that of the switch which is asked about', () => {
    const dependents = [dependent('one', impact('mfaTrustedIps'), impact('namedLocations'))];
    expect(openFactsOfSwitch(KNOWN, dependents, 'enabled').map(({ fact }) => fact)).toEqual(['namedLocations']);
  });
});

test('policies that nobody has seen come first, whatever else is open', () => {
  const { policiesKnown: _, ...unseen } = KNOWN;
  const found = openFactsOfSwitch(unseen, [dependent('one', impact('mfaTrustedIps'))], 'disabled');
  expect(found.map(({ fact, policies }) => [fact, policies])).toEqual([
    ['policies', []],
    ['mfaTrustedIps', ['one']],
  ]);
  expect(found[0]?.settle).toContain('`gsa tenant set --known policies`');
  expect(openFactsOfSwitch(KNOWN, [], 'disabled')).toEqual([]);
});
