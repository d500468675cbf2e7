import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import type { Address } from '../../../../src/core/network/address.ts';
import { addressFromWords, parseAddress } from '../../../../src/core/network/address.ts';
import { firstAddress, parseRange } from '../../../../src/core/network/range.ts';
import { hasPublicEnd, isPublicAddress } from '../../../../src/core/network/special-use.ts';
import { lastAddress, specialUseOf } from '../../../support/network.ts';
import { tries } from '../../../support/tries.ts';

/** Every block that ipaddr.js has a name for, read from its own table. */
const NAMED_BLOCKS = [ipaddr.IPv4, ipaddr.IPv6].flatMap((version) => {
  const table: unknown = Reflect.get(version.prototype, 'SpecialRanges');
  return Object.values(table as Record<string, unknown[]>).flatMap((blocks) =>
    (Array.isArray(blocks[0]) ? blocks : [blocks]).map((block) => (block as unknown[]).join('/')),
  );
});

function isPublicByName(address: Address): boolean {
  const use = specialUseOf(address);
  return use === undefined || use === 'documentation';
}

function near({ version, words }: Address, step: number): Address {
  const last = words.length - 1;
  return addressFromWords(
    version,
    words.map((word, at) => (at === last ? (word + step) >>> 0 : word)),
  );
}

describe('what the internet can see', () => {
  test.each(NAMED_BLOCKS)('is decided at the ends of %s as its name says', (block) => {
    const reading = parseRange(block);
    if ('problem' in reading) throw new Error(reading.problem);
    for (const end of [firstAddress(reading.range), lastAddress(reading.range)]) {
      for (const address of [near(end, -1), end, near(end, 1)]) {
        expect([address.text, isPublicAddress(address)]).toEqual([address.text, isPublicByName(address)]);
      }
    }
  });

  test('is decided of every address as its name says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const address = parseAddress(text);
        if (address !== undefined) expect(isPublicAddress(address)).toBe(isPublicByName(address));
      }),
      { numRuns: tries(5000) },
    );
  });

  test.each([
    ['10.0.0.0/7', true],
    ['10.0.0.0/8', false],
    ['203.0.113.0/24', true],
    ['::ffff:0:0/95', true],
    ['::ffff:10.0.0.0/104', false],
  ])('of the range %s: %s', (text, expected) => {
    const reading = parseRange(text);
    expect('range' in reading && hasPublicEnd(reading.range)).toBe(expected);
  });
});
