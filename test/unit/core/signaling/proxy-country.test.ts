import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/network/address.ts';
import type { NetworkPath } from '../../../../src/core/signaling/attempt.ts';
import { NOTHING_TOLD } from '../../../../src/core/signaling/attempt.ts';
import { assumeProxyCountry } from '../../../../src/core/signaling/proxy-country.ts';

const PROXY = parseAddress('151.206.7.20');
const assumed = (network: NetworkPath) => assumeProxyCountry({ ...NOTHING_TOLD, network }, 'IE').network;

describe('the country that is assumed for the egress address', () => {
  test('is put beside an address whose country nobody knows', () => {
    const network: NetworkPath = { via: 'remoteNetwork', source: { countryOrRegion: 'NL' }, proxy: { address: PROXY } };
    expect(assumed(network)).toEqual({ ...network, proxy: { address: PROXY, countryOrRegion: 'IE' } });
  });

  test('is all that is told of an egress that is not known, and the path may be unknown too', () => {
    expect(assumed({ via: undefined, source: {} })).toEqual({
      via: undefined,
      source: {},
      proxy: { countryOrRegion: 'IE' },
    });
  });

  test.each<[string, NetworkPath]>([
    ['a country that is known', { via: 'globalSecureAccessClient', source: {}, proxy: { countryOrRegion: 'DE' } }],
    ['that there is none', { via: 'globalSecureAccessClient', source: {}, proxy: { countryOrRegion: null } }],
    ['a sign-in that came directly', { via: 'direct', source: {}, proxy: { address: PROXY } }],
  ])('does not touch %s', (_, network) => {
    expect(assumed(network)).toBe(network);
  });

  test('leaves the rest of the sign-in as it was', () => {
    const attempt = { ...NOTHING_TOLD, canPerformMfa: false, network: { via: undefined, source: {} } };
    expect(assumeProxyCountry(attempt, 'IE')).toEqual({
      ...attempt,
      network: { via: undefined, source: {}, proxy: { countryOrRegion: 'IE' } },
    });
  });
});
