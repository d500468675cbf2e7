import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../src/core/network/address.ts';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { observe } from '../../../src/core/signaling/observe.ts';
import { createObserver } from '../../../src/core/signaling/observe-again.ts';
import { tries } from '../../support/tries.ts';
import { attempt, ipv4, ipv6, status } from './random-attempts.ts';

describe('an observation', () => {
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
      { numRuns: tries(1000) },
    );
  });
});
