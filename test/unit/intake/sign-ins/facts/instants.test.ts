import { describe, expect, test } from 'vitest';
import { readInstant } from '../../../../../src/intake/sign-ins/facts/instants.ts';

describe('a time of a sign-in', () => {
  test.each([
    ['2026-06-15T09:56:49Z', '2026-06-15T09:56:49Z'],
    ['2026-06-15t09:56:49z', '2026-06-15T09:56:49Z'],
    ['2022-03-30T14:52:21.7062186+00:00', '2022-03-30T14:52:21.7062186Z'],
    ['2026-01-01T00:30:00.500+01:00', '2025-12-31T23:30:00.5Z'],
    ['2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00Z'],
  ])('%s is read strictly and kept in UTC', (text, instant) => {
    expect(readInstant(text, 'stated')).toBe(instant);
  });

  test.each([
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-12-31T23:59:60Z',
    '2026-01-01',
    '2026-03-29T02:30:00',
    '2026-01-01 00:00:00Z',
    '01/02/2026 03:04',
    '0001-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '',
  ])('%s is not guessed at', (text) => {
    expect(readInstant(text, 'stated')).toBeUndefined();
  });

  test.each([null, undefined, 1767225600, {}, ['2026-06-15T09:56:49Z']])('%j is none', (value) => {
    expect(readInstant(value, 'utc')).toBeUndefined();
  });

  test.each([
    ['6/15/2026, 9:56:49.975 AM', '2026-06-15T09:56:49.975Z'],
    ['4/28/2021, 12:08:45 PM', '2021-04-28T12:08:45Z'],
    ['4/28/2021, 12:08:45\u202fAM', '2021-04-28T00:08:45Z'],
    ['2025-01-15 09:30:45.123', '2025-01-15T09:30:45.123Z'],
    ['2026-06-15T09:56:49.9757712Z', '2026-06-15T09:56:49.9757712Z'],
  ])('%s is read where the export says that its times are UTC', (text, instant) => {
    expect(readInstant(text, 'utc')).toBe(instant);
  });

  test.each(['2/30/2026, 1:00:00 AM', '13/1/2026, 1:00:00 AM', '1/1/2026, 13:00:00 PM', '1/1/2026, 0:00:00 AM'])(
    '%s is no time anywhere',
    (text) => {
      expect(readInstant(text, 'utc')).toBeUndefined();
    },
  );
});

test.each([
  ['/Date(1767225600000)/', 'Windows PowerShell'],
  ['/Date(1767225600000+0200)/', 'Windows PowerShell with the zone of the machine'],
  [{ value: '/Date(1767225600000)/', DisplayHint: 2 }, 'Windows PowerShell with a hint for printing'],
])('%j is the instant that %s counts from 1970', (value, _writer) => {
  expect(readInstant(value, 'stated')).toBe('2026-01-01T00:00:00Z');
});
