import fc from 'fast-check';
import { parseAddress } from '../../../src/core/network/address.ts';
import type { NetworkPath, SignInAttempt, Target } from '../../../src/core/signaling/attempt.ts';

export const ipv4 = fc.constantFrom('203.0.113.10', '198.51.100.7', '192.0.2.1').map(parseAddress);
export const ipv6 = fc.constantFrom('2001:db8:10::5', '2001:db8::1').map(parseAddress);
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
export const attempt: fc.Arbitrary<SignInAttempt> = fc.record({
  identity: fc.constant({ kind: 'user' } as const),
  target,
  network,
  satisfied: fc.constant({}),
});
export const status = fc.constantFrom('enabled', 'disabled');
export const options = fc.record({
  restoresSharePointAndExchange: fc.boolean(),
  internetProfile: fc.constantFrom(true, false, undefined),
});
