import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/network/address.ts';
import { readPlainAddress } from '../../../../src/core/network/plain-address.ts';
import { tries } from '../../../support/tries.ts';

const octet = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom('', '00', '01', 'a', ' 1'));
const group = fc.oneof(
  fc.integer({ min: 0, max: 0x1ffff }).map((value) => value.toString(16)),
  fc.constantFrom('', '', '0', '0000', 'FFFF', 'g', '%1', '1.2.3.4'),
);
const spelled = fc.oneof(
  fc.array(octet, { minLength: 3, maxLength: 5 }).map((octets) => octets.join('.')),
  fc.array(group, { minLength: 1, maxLength: 10 }).map((groups) => groups.join(':')),
  fc.ipV4(),
  fc.ipV6(),
);

describe('an address of a long list', () => {
  test('is read as every other address is, or left to the careful reader', () => {
    fc.assert(
      fc.property(spelled, (text) => {
        const plain = readPlainAddress(text);
        if (plain === undefined) return;
        const careful = parseAddress(text);
        expect(careful).toMatchObject({ version: plain.version, words: [...plain.words] });
      }),
      { numRuns: tries(20_000) },
    );
  });

  test.each(['1.2.3.4', '::', '::1', '2001:db8::', '2001:db8::1', '1:2:3:4:5:6:7:8', '::ffff:cb00:7105', 'FE80::A'])(
    '%s is one of the plain spellings',
    (text) => {
      expect(readPlainAddress(text)).toBeDefined();
    },
  );

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.',
    '.1.2.3',
    '01.2.3.4',
    '256.1.1.1',
    ':::',
    '1::2::3',
    ':1:2',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
  ])('%s is none of them', (text) => {
    expect(readPlainAddress(text)).toBeUndefined();
  });
});
