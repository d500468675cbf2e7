import { expect, test } from 'vitest';
import { compile } from '../../../../../src/core/conditional-access/compile.ts';
import { createWriter } from '../../../../../src/core/conditional-access/fast/written.ts';
import type { PolicyTestimony, SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import type { Observation } from '../../../../../src/core/signaling/observation.ts';
import type { ConditionalAccessPolicy, GrantControls } from '../../../../../src/core/tenant/policy.ts';
import { address } from '../../../../support/arbitraries/network.ts';
import { attempt, HQ, observation, policy, STAFF, tenant } from '../../../../support/contoso.ts';
import { explainedInWords } from '../../../../support/explained-in-words.ts';

type SignIn = readonly [changes: Partial<SignInAttempt>, seen?: Partial<Observation>];

const id = (at: number) => `90000000-0000-4000-8000-00000000000${at}`;
const asks = (at: number, builtInControls: string[], more: GrantControls = {}, others: object = {}) =>
  policy({}, { operator: 'OR', builtInControls, ...more }, { id: id(at), ...others });
const strength = (at: number, allowedCombinations: string[]) =>
  asks(at, [], { authenticationStrength: { id: 's', displayName: 'Ours', allowedCombinations } });
const away = { locations: { includeLocations: ['All'], excludeLocations: [HQ] } };
const strict = (state: string, mode: string) =>
  policy(
    away,
    { operator: 'OR', builtInControls: ['block'] },
    {
      id: id(1),
      state,
      sessionControls: { continuousAccessEvaluation: { mode } },
    },
  );

const inStaff = policy(
  { users: { includeGroups: [STAFF] } },
  { operator: 'OR', builtInControls: ['mfa'] },
  { id: id(1) },
);
const SILENT: PolicyTestimony = {
  result: 'unknown',
  satisfied: [],
  notSatisfied: [],
  applied: undefined,
  controlsSatisfied: undefined,
};
const open = { satisfied: { mfa: undefined, authenticationMethodCombination: undefined } };
const says = (testimony: Partial<PolicyTestimony>, more: Partial<SignInAttempt> = {}): SignIn => [
  { ...open, testimony: new Map([[id(1), { ...SILENT, ...testimony }]]), ...more },
];
const atResource = (text: string): SignIn => [{}, { resourceIpAddress: address(text) }];

test.each<[string, readonly ConditionalAccessPolicy[], readonly SignIn[]]>([
  [
    'by the address at a resource, under strict location',
    [asks(2, ['mfa']), strict('enabled', 'strictLocation')],
    [[{}], atResource('198.51.100.200'), atResource('203.0.113.20')],
  ],
  [
    'by the address at a resource, where nothing is strict',
    [strict('disabled', 'strictLocation')],
    [[{}], atResource('198.51.100.200')],
  ],
  [
    'by methods that two strengths of one name take differently',
    [strength(1, ['fido2', 'password,sms']), strength(2, ['fido2'])],
    [
      [{ satisfied: { mfa: true, authenticationMethodCombination: 'fido2' } }],
      [{ satisfied: { mfa: true, authenticationMethodCombination: 'password,sms' } }],
      [{ satisfied: { mfa: true, authenticationMethodCombination: 'password,voice' } }],
    ],
  ],
  [
    'by whether a prompt can be answered',
    [asks(1, ['mfa'])],
    [
      [{ canPerformMfa: true }],
      [{ canPerformMfa: false }],
      [{ canPerformMfa: undefined }],
      [{ clientAppType: 'other' }],
      [{ clientAppType: 'browser' }],
    ],
  ],
  [
    'by the country alone',
    [asks(1, ['mfa'])],
    [
      [{}, { countryOrRegion: 'DE' }],
      [{}, { countryOrRegion: 'FR' }],
      [{}, { countryOrRegion: null }],
      [{}, { countryOrRegion: undefined }],
    ],
  ],
  [
    'by the kind of who signs in',
    [asks(1, ['mfa'])],
    [
      [{}],
      [{ identity: { kind: 'servicePrincipal', servicePrincipalId: 'x' } }],
      [{ identity: { kind: 'managedIdentity', servicePrincipalId: 'x' } }],
    ],
  ],
  [
    'by what the record says',
    [inStaff, asks(2, ['mfa'])],
    [
      [open],
      says({ result: 'success' }),
      says({ applied: true, satisfied: ['users'] }),
      says({ applied: false, notSatisfied: ['users'] }),
      says({ satisfied: ['users'] }),
      says({ notSatisfied: ['users'] }),
      says({ applied: true, controlsSatisfied: true }),
      says({ applied: true, controlsSatisfied: false }),
    ],
  ],
  [
    'by what the record says of another policy',
    [asks(1, ['mfa']), asks(2, ['mfa'])],
    [
      says({ controlsSatisfied: true, applied: true }),
      [{ ...open, testimony: new Map([[id(2), { ...SILENT, applied: true, controlsSatisfied: true }]]) }],
    ],
  ],
  [
    'by the address that the record speaks of',
    [policy({ locations: { includeLocations: ['x'] } }, null, { id: id(1) }), asks(2, ['mfa'])],
    [
      says({ satisfied: ['location'] }, { recordedIpAddress: address('203.0.113.10') }),
      says({ satisfied: ['location'] }, { recordedIpAddress: address('198.51.100.1') }),
    ],
  ],
])('a sign-in that differs %s is never taken for the one before', (_, policies, signIns) => {
  const directory = tenant(policies, { groups: [{ id: STAFF, displayName: 'Staff' }] });
  const compiled = compile({
    ...directory,
    namedLocations: [
      ...directory.namedLocations,
      {
        '@odata.type': '#microsoft.graph.ipNamedLocation',
        id: 'x',
        displayName: 'Broken',
        ipRanges: [{ cidrAddress: '?' }],
      },
    ],
  });
  for (const list of [signIns, signIns.toReversed()]) {
    const write = createWriter(compiled);
    for (const [changes, seen] of [...list, ...list]) {
      const judged = [attempt(changes), observation('203.0.113.10', seen ?? {})] as const;
      expect(write(...judged)).toEqual(explainedInWords(compiled, ...judged));
    }
  }
});

test('sign-ins that are alike share the entries of the log', () => {
  const compiled = compile(tenant([asks(1, ['mfa'])]));
  const write = createWriter(compiled);
  const [first] = write(attempt(), observation()).applied;
  expect(write(structuredClone(attempt()), observation()).applied[0]).toBe(first);
  expect(write(attempt({ satisfied: { mfa: true } }), observation()).applied[0]).not.toBe(first);
  for (let at = 0; at < 600; at++) write(attempt(), observation('203.0.113.10', { countryOrRegion: `X${at}` }));
  expect(write(attempt(), observation()).applied[0]).toEqual(first);
});
