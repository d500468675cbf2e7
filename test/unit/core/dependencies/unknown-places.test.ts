import { describe, expect, test } from 'vitest';
import { locatedPolicies } from '../../../../src/core/dependencies/located-policies.ts';
import { supposingNoMorePlaces } from '../../../../src/core/dependencies/unknown-places.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { BRANCH, countryLocation, ipLocation, OFFICE, policyWith, tenantWith } from './contoso.ts';

const naming = (...exclude: string[]) => policyWith({ include: ['All'], exclude });
const base = tenantWith({
  namedLocations: [OFFICE, countryLocation('home', ['NL']), BRANCH],
  policies: [naming('office', 'AllTrusted')],
  mfaTrustedIps: ['198.18.0.0/24'],
});
const supposed = (tenant: Tenant) => supposingNoMorePlaces(tenant, locatedPolicies(tenant));

describe('where a tenant knows its places', () => {
  test('nothing has to be supposed', () => {
    expect(supposed(base)).toBeUndefined();
    expect(supposed({ ...base, mfaTrustedIps: [] })).toBeUndefined();
  });
});

describe('what a tenant does not know of places is supposed to be none:', () => {
  test('MFA trusted IPs', () => {
    const { mfaTrustedIps: _, ...unseen } = base;
    expect(supposed(unseen)).toEqual({ ...base, mfaTrustedIps: [] });
    expect(supposed({ ...base, mfaTrustedIps: ['198.18.0.0/24', 'nonsense'] })).toEqual(base);
  });

  test('locations that nobody has seen', () => {
    const none = { ...base, namedLocations: [], policies: [] };
    const { namedLocationsKnown: _, ...unseen } = none;
    expect(supposed(unseen)).toEqual(none);
    expect(supposed({ ...base, namedLocationsKnown: false })).toEqual(base);
  });

  test('ids that no location has, each once', () => {
    const policies = [naming('gone', 'office'), naming('GONE', 'lost')];
    expect(supposed({ ...base, policies })?.namedLocations).toEqual([
      ...base.namedLocations,
      ipLocation('gone', []),
      ipLocation('lost', []),
    ]);
  });

  test('ranges that cannot be read, beside those that can', () => {
    const typo = ipLocation('typo', ['203.0.113.0/240', '2001:db8::/32', '10.0.0.0/99'], true);
    expect(supposed({ ...base, namedLocations: [OFFICE, typo] })?.namedLocations).toEqual([
      OFFICE,
      ipLocation('typo', ['2001:db8::/32'], true),
    ]);
  });

  test('the trust of a location that lost its mark', () => {
    const { isTrusted: _, ...unmarked } = ipLocation('unmarked', ['192.0.2.0/24']) as { readonly isTrusted?: boolean };
    const tenant = { ...base, namedLocations: [OFFICE, unmarked] } as unknown as Tenant;
    expect(supposed(tenant)?.namedLocations).toEqual([OFFICE, ipLocation('unmarked', ['192.0.2.0/24'], false)]);
  });
});
