import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../../src/intake/text/decode.ts';
import { excerpt, quoted } from '../../../../src/intake/text/excerpt.ts';
import { TextPositions } from '../../../../src/intake/text/position.ts';

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('decoding a file', () => {
  test.each([
    ['UTF-8', Buffer.from('{"ä":1}'), 'utf-8', false],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff{"ä":1}'), 'utf-8', true],
    [
      'UTF-16 as Windows PowerShell writes it',
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('{"ä":1}')]),
      'utf-16le',
      true,
    ],
    ['big-endian UTF-16', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16('{"ä":1}').swap16()]), 'utf-16be', true],
  ])('%s is read, without the mark', (_, bytes, encoding, byteOrderMark) => {
    expect(decodeText(bytes)).toEqual({ ok: true, text: '{"ä":1}', encoding, byteOrderMark });
  });

  test('an empty file is empty text', () => {
    expect(decodeText(Buffer.alloc(0))).toMatchObject({ ok: true, text: '' });
  });

  test.each([
    ['Latin-1', Buffer.from('[\n"Zürich"]', 'latin1'), 'notUtf8', 'is not UTF-8 (line 2): save it as UTF-8'],
    [
      'an overlong sequence',
      Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
      'notUtf8',
      'is not UTF-8 (line 1): save it as UTF-8',
    ],
    ['gzip', gzipSync('{}'), 'gzip', 'is compressed with gzip: unpack it first'],
    ['zip', Buffer.from([0x50, 0x4b, 3, 4, 20]), 'zip', 'is a zip archive: unpack it and give the folder'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 'utf32', 'is UTF-32: save it as UTF-8'],
    ['UTF-32 without a mark', utf32('{"value":[]}'), 'utf32', 'looks like UTF-32: save it as UTF-8'],
    ['UTF-32BE without a mark', utf32('[1]').reverse(), 'utf32', 'looks like UTF-32: save it as UTF-8'],
    [
      'UTF-16 without a mark',
      utf16('{"value":[]}'),
      'utf16WithoutMark',
      'looks like UTF-16 without a byte order mark: save it as UTF-8, or as UTF-16 with the mark',
    ],
    [
      'half a UTF-16 character',
      Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]),
      'notUtf16',
      'says by its byte order mark that it is UTF-16LE, but it is not',
    ],
    ['zeros', Buffer.alloc(600), 'binary', 'holds nothing but zero bytes: the file is damaged'],
    [
      'noise',
      Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 2654435761) >>> 8)),
      'binary',
      'is not a text file',
    ],
  ])('%s is refused by name', (_, bytes, code, message) => {
    expect(decodeText(bytes)).toEqual({ ok: false, fault: { code, message } });
  });
});

describe('places in a text', () => {
  test('lines end with LF, CRLF or a lone CR', () => {
    const positions = new TextPositions('a\nb\r\nc\rd');
    expect([0, 1, 2, 5, 7].map((offset) => positions.at(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
    ]);
  });
});

describe('a piece of a file in a message', () => {
  test('is one line', () => {
    expect(quoted('a\r\n b\u2028c\u0000d')).toBe('`a b c d`');
  });

  test('is cut between characters', () => {
    expect(excerpt('👩‍👩‍👧'.repeat(5), 3)).toBe('👩‍…');
    expect(excerpt('x'.repeat(1_000_000), 5)).toBe('xxxx…');
    expect(excerpt('12345', 5)).toBe('12345');
  });
});

/** ASCII in four bytes each. */
function utf32(text: string): Buffer {
  return Buffer.from(Uint32Array.from(Buffer.from(text)).buffer);
}
