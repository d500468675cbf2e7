import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/network/address.ts';
import type { NetworkPath, SignInAttempt, Target } from '../../../../src/core/signaling/attempt.ts';
import { NOTHING_TOLD } from '../../../../src/core/signaling/attempt.ts';
import type { ObserveOptions } from '../../../../src/core/signaling/observe.ts';
import { observe } from '../../../../src/core/signaling/observe.ts';
import { createObserver } from '../../../../src/core/signaling/observe-again.ts';

const [OWN, OWN6] = [parseAddress('203.0.113.10'), parseAddress('2001:db8:10::5')];
const [PROXY, ELSEWHERE] = [parseAddress('151.206.7.20'), parseAddress('192.0.2.99')];

const application = (appId: string): Target => ({ kind: 'application', audiences: [{ appId }] });
const TARGETS = [
  application('00000003-0000-0ff1-ce00-000000000000'), // SharePoint, whose address documents contradict each other on
  application('00000003-0000-0000-c000-000000000000'), // Microsoft Graph
];

const PATHS: readonly NetworkPath[] = [undefined, 'direct', 'globalSecureAccessClient', 'remoteNetwork'].flatMap(
  (via) =>
    [undefined, true, false].flatMap((tunnelOfThisTenant) =>
      [undefined, OWN, OWN6].flatMap((own) =>
        [undefined, OWN, PROXY].flatMap((proxy) =>
          [undefined, 'NL'].flatMap((ownCountry) =>
            [undefined, 'NL', 'IE'].map(
              (proxyCountry): NetworkPath => ({
                via: via as NetworkPath['via'],
                tunnelOfThisTenant,
                source: { address: own, countryOrRegion: ownCountry },
                ...(proxy === undefined && proxyCountry === undefined
                  ? {}
                  : { proxy: { address: proxy, countryOrRegion: proxyCountry } }),
              }),
            ),
          ),
        ),
      ),
    ),
);

/** Every pattern that a path can have: what is known of it, and which of its addresses and countries are alike. */
const ATTEMPTS: readonly SignInAttempt[] = TARGETS.flatMap((target) =>
  PATHS.flatMap((path) =>
    [undefined, OWN, PROXY, ELSEWHERE].flatMap((resourceProvider) =>
      [undefined, OWN, PROXY, ELSEWHERE].flatMap((recordedIpAddress) =>
        ([undefined, true] as const).map((mayBeForeign) => ({
          ...NOTHING_TOLD,
          target,
          recordedIpAddress,
          network: { ...path, resourceProvider, ...(mayBeForeign === undefined ? {} : { mayBeForeign }) },
        })),
      ),
    ),
  ),
);

const OPTIONS: ObserveOptions = { restoresSharePointAndExchange: undefined, internetProfile: false };

describe('an observer that has seen paths of every pattern', () => {
  test.each(['enabled', 'disabled'] as const)('shows of each what is seen of it alone, signaling %s', (status) => {
    const observer = createObserver(status, OPTIONS);
    const others = ATTEMPTS.filter(
      (attempt) => JSON.stringify(observer(attempt)) !== JSON.stringify(observe(attempt, status, OPTIONS)),
    );
    expect(ATTEMPTS).toHaveLength(41_472);
    expect(others).toEqual([]);
  });

  test('takes addresses and countries from the path at hand, not from the one before', () => {
    const observer = createObserver('enabled', OPTIONS);
    const through = (own: string, country: string): SignInAttempt => ({
      ...NOTHING_TOLD,
      network: {
        via: 'globalSecureAccessClient',
        source: { address: parseAddress(own), countryOrRegion: country },
        tunnelOfThisTenant: true,
      },
    });
    expect(observer(through('203.0.113.10', 'NL'))).toMatchObject({
      ipAddress: { text: '203.0.113.10' },
      countryOrRegion: 'NL',
    });
    expect(observer(through('198.51.100.7', 'DE'))).toMatchObject({
      ipAddress: { text: '198.51.100.7' },
      countryOrRegion: 'DE',
    });
  });
});
