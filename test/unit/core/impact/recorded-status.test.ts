import { describe, expect, test } from 'vitest';
import { recordedStatus } from '../../../../src/core/impact/recorded-status.ts';
import type { NetworkPath } from '../../../../src/core/signaling/attempt.ts';
import { SIGN_IN, THROUGH } from './worlds.ts';

const [OWN, PROXY] = ['203.0.113.25', '151.206.10.7'];
const UNTOLD: NetworkPath = { ...THROUGH, via: undefined };

describe('the signaling status that a record implies', () => {
  test.each<[string, string | null | undefined, NetworkPath, ReturnType<typeof recordedStatus>]>([
    ['is on with the user’s own address', OWN, THROUGH, 'enabled'],
    ['is off with the proxy’s', PROXY, THROUGH, 'disabled'],
    ['is told by an address with a port', `${OWN}:443`, THROUGH, 'enabled'],
    ['is not known with any other', '192.0.2.1', THROUGH, undefined],
    ['is not known with what is no address', 'nowhere', THROUGH, undefined],
    ['is not known with no text at all', '', THROUGH, undefined],
    ['is not known without an address', undefined, THROUGH, undefined],
    ['is not known with none', null, THROUGH, undefined],
    ['is not known of who came directly', OWN, { ...THROUGH, via: 'direct' }, undefined],
    ['is not known where the way is not', OWN, UNTOLD, undefined],
    ['is on although nobody knows the proxy', OWN, { via: 'remoteNetwork', source: THROUGH.source }, 'enabled'],
    ['is on although the proxy has no address', OWN, { ...THROUGH, proxy: {} }, 'enabled'],
    ['is off although nobody knows the user’s own', PROXY, { ...THROUGH, source: {} }, 'disabled'],
    ['is not known where neither address is', OWN, { ...THROUGH, source: {}, proxy: {} }, undefined],
    [
      'is not known with what is no address where neither is',
      'nowhere',
      { ...THROUGH, source: {}, proxy: {} },
      undefined,
    ],
  ])('%s', (_name, ipAddress, network, expected) => {
    const record = ipAddress === undefined ? {} : { ipAddress };
    expect(recordedStatus(record, { ...SIGN_IN, network })).toBe(expected);
  });
});
