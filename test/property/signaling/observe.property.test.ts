import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../src/core/network/address.ts';
import type { NetworkPath, SignInAttempt, Target } from '../../../src/core/signaling/attempt.ts';
import type { Observation } from '../../../src/core/signaling/observation.ts';
import { observe } from '../../../src/core/signaling/observe.ts';
import { createObserver } from '../../../src/core/signaling/observe-again.ts';

const ipv4 = fc.constantFrom('203.0.113.10', '198.51.100.7', '192.0.2.1').map(parseAddress);
const ipv6 = fc.constantFrom('2001:db8:10::5', '2001:db8::1').map(parseAddress);
const country = fc.constantFrom('NL', 'IE', null, undefined);
const facts = fc.record({ address: fc.oneof(ipv4, ipv6, fc.constant(undefined)), countryOrRegion: country });
const proxyFacts = fc.record({ address: fc.oneof(ipv4, fc.constant(undefined)), countryOrRegion: country });
const via = fc.constantFrom('globalSecureAccessClient', 'remoteNetwork', 'direct', undefined);
const network: fc.Arbitrary<NetworkPath> = fc.record({
  via,
  source: facts,
  proxy: fc.option(proxyFacts, { nil: undefined }),
  tunnelOfThisTenant: fc.constantFrom(true, false, undefined),
  resourceProvider: fc.oneof(ipv4, fc.constant(undefined)),
});
const appIds = [
  '00000003-0000-0000-c000-000000000000',
  '00000002-0000-0ff1-ce00-000000000000',
  '00000002-0000-0000-c000-000000000000',
  'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
  'd0000000-0000-4000-8000-000000000001',
];
const target: fc.Arbitrary<Target> = fc.record({
  kind: fc.constant('application' as const),
  audiences: fc.option(fc.array(fc.record({ appId: fc.constantFrom(...appIds) }), { maxLength: 2 }), {
    nil: undefined,
  }),
});
const attempt: fc.Arbitrary<SignInAttempt> = fc.record({
  identity: fc.constant({ kind: 'user' } as const),
  target,
  network,
  satisfied: fc.constant({}),
});
const status = fc.constantFrom('enabled', 'disabled');
const options = fc.record({
  restoresSharePointAndExchange: fc.boolean(),
  internetProfile: fc.constantFrom(true, false, undefined),
});

/** Members of which both observations are sure and on which they differ. */
function contradictions(vague: Observation, precise: Observation): string[] {
  return Object.entries(vague).flatMap(([member, value]) => {
    if (value === undefined || member === 'restored') return [];
    const other = Object.entries(precise).find(([name]) => name === member)?.[1];
    return JSON.stringify(value) === JSON.stringify(other) ? [] : [member];
  });
}

/** Members of which the vaguer observation is sure as well. */
const sureOf = (vague: Observation) =>
  Object.entries(vague).filter(([member, value]) => value !== undefined && member !== 'restored').length;

describe('an observation', () => {
  test('made without the path is never contradicted by one made with it', () => {
    let sure = 0;
    fc.assert(
      fc.property(
        attempt,
        status,
        options,
        fc.constantFrom('globalSecureAccessClient', 'remoteNetwork', 'direct'),
        (one, on, how, path) => {
          const vague = observe({ ...one, network: { ...one.network, via: undefined } }, on, how);
          const precise = observe({ ...one, network: { ...one.network, via: path } }, on, how);
          sure += sureOf(vague);
          expect(contradictions(vague, precise)).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
    // The property is not met by looking away.
    expect(sure).toBeGreaterThan(1000);
  });

  test('made without the internet profile is never contradicted by one made with it', () => {
    let sure = 0;
    fc.assert(
      fc.property(attempt, status, options, fc.boolean(), (one, on, how, internetProfile) => {
        const vague = observe(one, on, { ...how, internetProfile: undefined });
        const precise = observe(one, on, { ...how, internetProfile });
        sure += sureOf(vague);
        expect(contradictions(vague, precise)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
    // The property is not met by looking away.
    expect(sure).toBeGreaterThan(1000);
  });

  test('shows no address but those of the attempt', () => {
    let shown = 0;
    fc.assert(
      fc.property(attempt, status, options, (one, on, how) => {
        const { ipAddress, resourceIpAddress } = observe(one, on, how);
        const { source, proxy, resourceProvider } = one.network;
        if (ipAddress !== undefined) shown++;
        expect([undefined, source.address, proxy?.address]).toContain(ipAddress);
        expect([undefined, source.address, proxy?.address, resourceProvider]).toContain(resourceIpAddress);
      }),
    );
    // The property is not met by looking away.
    expect(shown).toBeGreaterThan(20);
  });

  test('is compliant only with signaling enabled, through a tunnel of this tenant, over IPv4', () => {
    let compliant = 0;
    fc.assert(
      fc.property(attempt, status, options, (one, on, how) => {
        if (observe(one, on, how).compliantNetwork !== true) return;
        compliant++;
        expect(on).toBe('enabled');
        expect(one.network.tunnelOfThisTenant).toBe(true);
        expect(['globalSecureAccessClient', 'remoteNetwork']).toContain(one.network.via);
        expect(one.network.source.address?.version).not.toBe(6);
      }),
      { numRuns: 1000 },
    );
    // The property is not met by looking away.
    expect(compliant).toBeGreaterThan(10);
  });

  test('of a direct sign-in is the same whether signaling is enabled or not', () => {
    fc.assert(
      fc.property(attempt, options, (one, how) => {
        const direct: SignInAttempt = { ...one, network: { ...one.network, via: 'direct' } };
        expect(observe(direct, 'enabled', how)).toEqual(observe(direct, 'disabled', how));
      }),
    );
  });

  test('made of the pattern of a path is the one that is made of the path itself, whatever was seen before', () => {
    const recorded = fc.oneof(ipv4, ipv6, fc.constant(undefined));
    const owned = fc.record({ recordedIpAddress: recorded, mayBeForeign: fc.constantFrom(true, undefined) });
    const list = fc.array(fc.tuple(attempt, owned), { minLength: 1, maxLength: 30 });
    const how = fc.record({
      restoresSharePointAndExchange: fc.constantFrom(true, false, undefined),
      restoresForeignTunnels: fc.constantFrom(true, false, undefined),
      internetProfile: fc.constantFrom(true, false, undefined),
      isNobodyTunnelled: fc.constantFrom(true, false),
      proxyStandIn: fc.constantFrom(parseAddress('192.0.2.99'), undefined),
    });
    fc.assert(
      fc.property(list, status, how, (signIns, on, options) => {
        const again = createObserver(on, options);
        for (const [one, { recordedIpAddress, mayBeForeign }] of signIns) {
          const path = mayBeForeign === true ? { ...one.network, mayBeForeign } : one.network;
          const whole = { ...one, recordedIpAddress, network: path } as SignInAttempt;
          expect(again(whole)).toEqual(observe(whole, on, options));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
