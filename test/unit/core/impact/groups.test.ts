import { describe, expect, test } from 'vitest';
import { compile } from '../../../../src/core/conditional-access/compile.ts';
import type { Grouped } from '../../../../src/core/impact/groups.ts';
import { applicationOf, kindOf, locationNamer, userOf } from '../../../../src/core/impact/groups.ts';
import { parseAddress } from '../../../../src/core/network/address.ts';
import type { Identity, SignInAttempt } from '../../../../src/core/signaling/attempt.ts';
import { ipLocation, tenantWith } from '../dependencies/contoso.ts';
import { SIGN_IN } from './worlds.ts';

const by = (identity: Partial<Identity> & { readonly kind: Identity['kind'] }): SignInAttempt => ({
  ...SIGN_IN,
  identity: identity as Identity,
});
const ROBOT = by({ kind: 'servicePrincipal', servicePrincipalId: 'robot', appId: 'app' });

describe('a sign-in is counted', () => {
  test.each<[string, Grouped, SignInAttempt]>([
    ['interactive', {}, SIGN_IN],
    ['interactive', { isInteractive: true }, SIGN_IN],
    ['nonInteractive', { isInteractive: false }, SIGN_IN],
    ['interactive', { signInEventTypes: ['interactiveUser'], isInteractive: false }, SIGN_IN],
    ['nonInteractive', { signInEventTypes: ['nonInteractiveUser'], isInteractive: true }, SIGN_IN],
    ['nonInteractive', { signInEventTypes: [], isInteractive: false }, SIGN_IN],
    ['nonInteractive', { signInEventTypes: null, isInteractive: false }, SIGN_IN],
    ['workload', { signInEventTypes: ['nonInteractiveUser'] }, ROBOT],
  ])('as %s where the record says %j', (kind, record, attempt) => {
    expect(kindOf(record, attempt)).toBe(kind);
  });
});

describe('who signed in', () => {
  test.each<[string, Grouped, SignInAttempt, { id: string; displayName: string }]>([
    ['goes by id and name', {}, SIGN_IN, { id: 'anna', displayName: 'anna@contoso.example' }],
    [
      'goes by name where there is no id',
      {},
      by({ kind: 'user', userPrincipalName: 'ben@contoso.example' }),
      { id: 'ben@contoso.example', displayName: 'ben@contoso.example' },
    ],
    [
      'is called as the record calls them',
      { userDisplayName: 'Ben' },
      by({ kind: 'user', userId: 'ben' }),
      { id: 'ben', displayName: 'Ben' },
    ],
    ['is called by the id at last', {}, by({ kind: 'user', userId: 'ben' }), { id: 'ben', displayName: 'ben' }],
    ['may be unknown', {}, by({ kind: 'user' }), { id: 'unknown', displayName: 'unknown' }],
    [
      'may be a workload',
      { servicePrincipalName: 'Robot', appDisplayName: 'App' },
      ROBOT,
      { id: 'robot', displayName: 'Robot' },
    ],
    ['may be one that its application names', { appDisplayName: 'App' }, ROBOT, { id: 'robot', displayName: 'App' }],
    ['may be one without a name', {}, by({ kind: 'managedIdentity', appId: 'app' }), { id: 'app', displayName: 'app' }],
    [
      'may be one of which nothing is known',
      {},
      by({ kind: 'servicePrincipal' }),
      { id: 'unknown', displayName: 'unknown' },
    ],
  ])('%s', (_, record, attempt, expected) => {
    expect(userOf(record, attempt)).toEqual(expected);
  });
});

describe('the application of a record', () => {
  test.each<[string, Grouped, { id: string; displayName: string }]>([
    [
      'is the resource, and not the client',
      { resourceId: 'mail', resourceDisplayName: 'Mail', appId: 'client', appDisplayName: 'Client' },
      { id: 'mail', displayName: 'Mail' },
    ],
    [
      'has no name of the client',
      { resourceId: 'mail', appId: 'client', appDisplayName: 'Client' },
      { id: 'mail', displayName: 'mail' },
    ],
    [
      'is the client where there is no resource',
      { resourceId: null, appId: 'client', appDisplayName: 'Client' },
      { id: 'client', displayName: 'Client' },
    ],
    ['may be unknown', {}, { id: 'unknown', displayName: 'unknown' }],
  ])('%s', (_, record, expected) => {
    expect(applicationOf(record)).toEqual(expected);
  });
});

describe('the place of a sign-in', () => {
  const tenant = tenantWith({
    namedLocations: [ipLocation('office', ['203.0.113.0/24']), ipLocation('desk', ['203.0.113.25/32'])],
    mfaTrustedIps: ['192.0.2.0/24'],
  });
  const nameOf = locationNamer(compile(tenant));
  const at = (address: string | undefined, countryOrRegion?: string | null): SignInAttempt => ({
    ...SIGN_IN,
    network: {
      via: 'direct',
      source: { address: address === undefined ? undefined : parseAddress(address), countryOrRegion },
    },
  });

  test.each<[string, SignInAttempt, string, string]>([
    ['the location that holds the address', at('203.0.113.7', 'NL'), 'office', 'office'],
    ['all that hold it', at('203.0.113.25', 'NL'), 'office,desk', 'office, desk'],
    ['the MFA trusted IPs', at('192.0.2.1', 'NL'), 'mfaTrustedIps', 'MFA trusted IPs'],
    ['the country, outside of all', at('198.51.100.1', 'NL'), 'outside NL', 'no named location (NL)'],
    ['not known of no known address', at(undefined, 'DE'), 'unknown', 'address not known'],
    ['nowhere known', at('198.51.100.1'), 'outside country not known', 'no named location (country not known)'],
    ['in no country', at('198.51.100.1', null), 'outside country not known', 'no named location (country not known)'],
  ])('is %s', (_, attempt, id, displayName) => {
    expect(nameOf(attempt)).toEqual({ id, displayName });
    expect(nameOf(attempt)).toEqual({ id, displayName });
  });
});
