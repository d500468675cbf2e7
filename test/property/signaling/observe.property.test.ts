import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import type { Observation } from '../../../src/core/signaling/observation.ts';
import { observe } from '../../../src/core/signaling/observe.ts';
import { tries } from '../../support/tries.ts';
import { attempt, options, status } from './random-attempts.ts';

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
      { numRuns: tries(1000) },
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
      { numRuns: tries(1000) },
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
      { numRuns: tries(1000) },
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
});
