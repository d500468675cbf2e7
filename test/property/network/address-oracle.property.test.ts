import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { parseAddress } from '../../../src/core/network/address.ts';
import { tries } from '../../support/tries.ts';

const OCTET = /^(?:0|[1-9]\d{0,2})$/;

/** What ipaddr.js makes of the text, without what it guesses at: octets with zeros in front, zones, numbers of other bases. */
function byLibrary(text: string): string | undefined {
  const octets = text.slice(text.lastIndexOf(':') + 1).split('.');
  if (octets.length !== 1 && (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet)))) return undefined;
  if (!text.includes(':')) return octets.length === 4 && ipaddr.IPv4.isValid(text) ? text : undefined;
  if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toRFC5952String();
}

const group = fc.oneof(
  fc.constant('0'),
  fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16)),
);
const quad = fc
  .array(fc.integer({ min: 0, max: 260 }), { minLength: 3, maxLength: 5 })
  .map((octets) => octets.join('.'));
const groups = fc.array(group, { minLength: 6, maxLength: 9 }).map((list) => list.join(':'));
const texts = fc.oneof(
  quad,
  groups,
  groups.map((text) => text.replace(/(^|:)(0(:|$))+/, '::')),
  groups.map((text) => text.replace(/(^|:)(0(:|$))+/, '::').toUpperCase()),
  fc.tuple(groups, quad).map(([text, tail]) => text.replace(/[^:]*:[^:]*$/, tail)),
  fc.tuple(groups, fc.nat(), fc.constantFrom(':', '::', '.', 'g', '%1', '00000', '')).map(([text, at, more]) => {
    const place = at % (text.length + 1);
    return `${text.slice(0, place)}${more}${text.slice(place + 1)}`;
  }),
  fc.string({ unit: fc.constantFrom(...'0123abF:.'), maxLength: 24 }),
);

test('an address is read and spelt as ipaddr.js does it, where that does not guess', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(parseAddress(text)?.text).toBe(byLibrary(text));
    }),
    { numRuns: tries(20_000) },
  );
});
