import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addressFromWords, compareWords, parseAddress } from '../../../../src/core/network/address.ts';
import { splitPort } from '../../../../src/core/network/address-port.ts';
import { parseRange } from '../../../../src/core/network/range.ts';

describe('an address', () => {
  test.each([
    ['203.0.113.5', '203.0.113.5'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['2001:0DB8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['::', '::'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8::203.0.113.5', '2001:db8::cb00:7105'],
    ['64:ff9b::203.0.113.5', '64:ff9b::cb00:7105'],
  ])('%s is read and spelt %s', (text, canonical) => {
    expect(parseAddress(text)?.text).toBe(canonical);
  });

  test.each(['::ffff:203.0.113.5', '::FFFF:203.0.113.5', '::ffff:cb00:7105', '0:0:0:0:0:ffff:203.0.113.5'])(
    'the IPv4-mapped %s is its IPv4 address',
    (text) => {
      expect(parseAddress(text)).toEqual({ version: 4, words: [0xcb007105], text: '203.0.113.5' });
    },
  );

  test.each(['2001:db8::ffff:cb00:7105', '0:0:1::ffff:cb00:7105', '0:1::ffff:cb00:7105', '0:0:0:1:0:ffff:cb00:7105'])(
    '%s only looks IPv4-mapped and stays IPv6',
    (text) => {
      expect(parseAddress(text)?.version).toBe(6);
    },
  );

  test('an IPv4-compatible address stays IPv6', () => {
    expect(parseAddress('::203.0.113.5')).toEqual({ version: 6, words: [0, 0, 0, 0xcb007105], text: '::cb00:7105' });
  });

  test.each([
    '',
    ' ',
    '010.0.0.1',
    '127.1',
    '1',
    '2130706433',
    '0x7f.0.0.1',
    '256.0.0.1',
    '1.2.3.4.5',
    '203.0.113.5 ',
    '203.0.113.5\n',
    '203.0.113.5/32',
    '203.0.113.5:443',
    '[2001:db8::1]',
    'fe80::1%eth0',
    '2001:db8:::1',
    '::ffff:01.2.3.4',
    '::ffff:1.2.3',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '12345::',
    '1:2:3:4:5:6:7:8:9',
    'localhost',
    'null',
  ])('%j is none', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test('is made of its words again', () => {
    expect(addressFromWords(4, [0xcb007105])).toEqual(parseAddress('203.0.113.5'));
    expect(addressFromWords(6, [0x20010db8, 0, 0, 1])).toEqual(parseAddress('2001:db8::1'));
    expect(addressFromWords(6, [0, 0, 0xffff, 0xcb007105])).toEqual(parseAddress('203.0.113.5'));
  });

  test('lies before a later one, and where it is', () => {
    expect(compareWords([1], [2])).toBeLessThan(0);
    expect(compareWords([0xffffffff], [0])).toBeGreaterThan(0);
    expect(compareWords([1, 0, 0, 5], [1, 0, 0, 5])).toBe(0);
    expect(compareWords([1, 0, 0, 5], [1, 0, 1, 0])).toBeLessThan(0);
  });
});

describe('a host with a port', () => {
  test.each([
    ['203.0.113.5:443', '203.0.113.5', 443],
    ['[2001:db8::1]:443', '2001:db8::1', 443],
    ['[2001:db8::1]', '2001:db8::1', undefined],
    ['203.0.113.5', '203.0.113.5', undefined],
    ['2001:db8::1', '2001:db8::1', undefined],
    ['203.0.113.5:65535', '203.0.113.5', 65_535],
  ])('%s is taken apart', (text, host, port) => {
    expect(splitPort(text)).toEqual({ host, port });
  });

  test.each(['203.0.113.5:99999', '[2001:db8::1]:65536'])('%s has no such port', (text) => {
    expect(splitPort(text)).toBeUndefined();
  });

  test.each(['203.0.113.5:http', '203.0.113.5:', '[2001:db8::1', '2001:db8::1]', '[::1]x'])(
    '%s leaves no address behind',
    (text) => {
      expect(parseAddress(splitPort(text)?.host ?? '')).toBeUndefined();
    },
  );
});

const KIT = '../shared/kit/data/hostile-ips.json';

interface HostileRow {
  readonly id: string;
  readonly input: string;
  readonly where: 'ip' | 'log' | 'cidr';
  readonly expect: { readonly ok: boolean; readonly canonical?: string };
  readonly why: string;
}

describe.skipIf(!existsSync(KIT))(`hostile addresses of ${KIT} (skipped where it is absent)`, () => {
  const rows: HostileRow[] = existsSync(KIT) ? JSON.parse(readFileSync(KIT, 'utf8')) : [];

  function canonicalOf({ where, input }: HostileRow): string | undefined {
    if (where === 'ip') return parseAddress(input)?.text;
    if (where === 'log') return parseAddress(splitPort(input)?.host ?? '')?.text;
    const reading = parseRange(input);
    return 'range' in reading ? reading.canonical : undefined;
  }

  test.each(rows)('$id: $why', (row) => {
    expect(canonicalOf(row)).toBe(row.expect.ok ? row.expect.canonical : undefined);
  });
});
