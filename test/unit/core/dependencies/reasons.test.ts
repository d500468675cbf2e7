import { describe, expect, test } from 'vitest';
import type { DependencyPath } from '../../../../src/core/dependencies/dependency.ts';
import { reasonForEffects, reasonForNone, reasonUnreachable } from '../../../../src/core/dependencies/reasons.ts';
import { locationCatalog, locationReferences } from '../../../../src/core/tenant/location-references.ts';
import { BRANCH, compliantNetwork, countryLocation, OFFICE, policyWith } from './contoso.ts';

const ADDRESS = "Entra ID sees the proxy's address instead of the user's own";
const SIGNAL = 'nobody is in the compliant network any more';
const office: DependencyPath = { kind: 'namedLocation', side: 'exclude', locationId: 'office' };
const country: DependencyPath = { kind: 'country', side: 'exclude', locationId: 'germany' };
const signal: DependencyPath = { kind: 'compliantNetwork', side: 'exclude', locationId: 'compliant' };
const strict: DependencyPath = { kind: 'strictLocation', indirect: true };

const reason = (paths: readonly DependencyPath[]) => reasonForEffects('disabled', paths, ['newlyBlocked'], [], []);

describe('why a switch has an effect is told by what is seen newly', () => {
  test.each<[string, readonly DependencyPath[], string]>([
    ['the address', [office], `${ADDRESS}: people are blocked`],
    ['the signal', [signal], `${SIGNAL}: people are blocked`],
    ['both', [signal, office], `${ADDRESS} and ${SIGNAL}: people are blocked`],
    ['the signal alone, where the address counts only by a detour', [signal, strict], `${SIGNAL}: people are blocked`],
    ['the address, where it counts only by a detour', [strict], `${ADDRESS}: people are blocked`],
    [
      'the address, whose country nobody knows where one is asked for',
      [office, country],
      `${ADDRESS}: people are blocked; in which country the proxy's address lies is published nowhere`,
    ],
  ])('%s', (_, paths, told) => {
    expect(reason(paths)).toBe(told);
  });

  test('on enabling the other way round', () => {
    expect(reasonForEffects('enabled', [signal, office], ['newlyAllowed', 'lessProtected'], [], [])).toBe(
      "Entra ID sees the user's own address instead of the proxy's and people behind Global Secure Access are in the compliant network again: people whom it stopped get through, it no longer protects",
    );
  });

  test('with what is supposed, and what is missing where it leaves something open', () => {
    expect(reasonForEffects('disabled', [office], ['newlyBlocked', 'unknown'], ['users'], ['mfaTrustedIps', 'x'])).toBe(
      `${ADDRESS}: people are blocked, it may apply or cease to; supposing that these conditions hold: user; not known: mfaTrustedIps, x`,
    );
    expect(reasonForEffects('disabled', [office], ['newlyBlocked'], [], ['mfaTrustedIps'])).toBe(
      `${ADDRESS}: people are blocked`,
    );
    expect(reasonForEffects('disabled', [office], ['unknown'], [], [])).toBe(`${ADDRESS}: it may apply or cease to`);
  });
});

describe('why the locations of a policy come out the same at every address', () => {
  const SAME = "its locations hold the same of a user's public IPv4 addresses and of the proxy's: none, or all";
  const NOWHERE = 'it excludes every location that it includes, so it applies nowhere';
  const catalog = locationCatalog([OFFICE, BRANCH, countryLocation('gps', ['DE'], { gps: true }), compliantNetwork()]);
  const untrusting = locationCatalog([BRANCH]);
  const none = (include: readonly string[], exclude: readonly string[], known = catalog) => {
    const policy = policyWith({ include, exclude });
    return reasonForNone(policy, locationReferences(policy, known), known);
  };

  test.each<[string, readonly string[], readonly string[], typeof catalog]>([
    ['it includes every location and excludes none', ['All'], [], catalog],
    ['it includes every location and excludes none', ['All', 'office'], [], catalog],
    [SAME, ['All'], ['office'], catalog],
    [SAME, ['office'], [], catalog],
    [NOWHERE, ['office'], ['All'], catalog],
    [NOWHERE, ['office'], ['OFFICE', 'branch'], catalog],
    [NOWHERE, ['All'], ['All'], catalog],
    [SAME, ['office', 'branch'], ['office'], catalog],
    ['its countries come from Microsoft Authenticator by GPS, not from the address', ['All'], ['gps'], catalog],
    [SAME, ['All'], ['gps', 'office'], catalog],
    ['no location is trusted', ['All'], ['AllTrusted'], untrusting],
    [SAME, ['All'], ['AllTrusted', 'branch'], untrusting],
    [SAME, ['All'], ['AllTrusted'], catalog],
  ])('%s: %j without %j', (told, include, exclude, known) => {
    expect(none(include, exclude, known)).toBe(told);
  });
});

describe('a policy that no sign-in can meet', () => {
  const action = { applications: { includeUserActions: ['urn:user:registersecurityinfo'] } };
  const reportOnly = 'enabledForReportingButNotEnforced';
  const ACTION = 'it is about a user action, for which report-only does not work';
  const RESOURCE = 'no sign-in can meet its condition on the application';

  test.each<[string, Parameters<typeof policyWith>[0], string]>([
    ['in report-only on a user action', { conditions: action, state: reportOnly }, ACTION],
    ['in force on a user action', { conditions: action }, RESOURCE],
    ['in report-only on resources', { state: reportOnly }, RESOURCE],
    ['in report-only without applications', { state: reportOnly, conditions: { applications: {} } }, RESOURCE],
  ])('%s, says so', (_, parts, told) => {
    expect(reasonUnreachable('application', policyWith(parts))).toBe(told);
  });

  test('says which of its conditions it is', () => {
    expect(reasonUnreachable('users', policyWith({ conditions: action, state: reportOnly }))).toBe(
      'no sign-in can meet its condition on the user',
    );
  });
});
