import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFromWords, parseAddress } from '../../../src/core/network/address.ts';
import { splitPort } from '../../../src/core/network/address-port.ts';
import { workClock } from '../../support/work.ts';

/** A small generator of its own: a million strings must not take fast-check's time. */
function* fuzzed(count: number, seed: number): Generator<string> {
  const pieces = [
    ...'0123456789abcdefABCDEF::....:%/[] x-\n'.split(''),
    ...['203', '255', '256', '010', '00', '::', 'ffff', '::ffff:', '2001:db8', '1.2.3.4', '0x7f', '127.0.0.1', '%eth0'],
    ...['1:2:3:4:5:6:7:8', '0:0:0:0:0:ffff:', 'fe80::1', '.0.0.1', '99999', '\u0661', '\u0000'],
  ];
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
  for (let made = 0; made < count; made++) {
    let text = '';
    for (let left = 1 + next(9); left > 0; left--) text += pieces[next(pieces.length)] ?? '';
    yield text;
  }
}

describe('parseAddress', () => {
  test('accepts of a million fuzzed strings exactly what node:net calls an address without a zone, within 5 seconds of work', () => {
    const seconds = workClock();
    const wrong: string[] = [];
    let accepted = 0;
    for (const text of fuzzed(1_000_000, 20_261_123)) {
      const isAddress = parseAddress(text) !== undefined;
      if (isAddress) accepted++;
      if (isAddress !== (isIP(text) !== 0 && !text.includes('%')) && wrong.length < 20) wrong.push(text);
    }
    expect(wrong).toEqual([]);
    expect(accepted).toBeGreaterThan(1000);
    expect(seconds()).toBeLessThan(5);
  });

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parseAddress(text)).not.toThrow();
      }),
    );
  });

  test('reads its own spelling back', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.constantFrom(4 as const, 6 as const), (words, version) => {
        const address = addressFromWords(version, words);
        expect(parseAddress(address.text)).toEqual(address);
      }),
    );
  });

  test('reads an address with and without a port the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 0, max: 65_535 }), (text, port) => {
        const written = text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`;
        expect(parseAddress(splitPort(written)?.host ?? '')).toEqual(parseAddress(text));
        expect(splitPort(written)?.port).toBe(port);
      }),
    );
  });
});
