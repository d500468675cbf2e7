import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readGsaTraffic } from '../../../../src/intake/gsa-traffic/gsa-traffic.ts';
import { readAll, source } from '../../../support/read-all-sign-ins.ts';

const entry = (createdDateTime: string, sourceIp: string, more: Readonly<Record<string, unknown>> = {}) => ({
  createdDateTime,
  trafficType: 'microsoft365',
  deviceCategory: 'client',
  sourceIp,
  userId: 'u1',
  userPrincipalName: 'ann@contoso.com',
  deviceId: 'd1',
  ...more,
});
const list = (...value: readonly object[]) => source(JSON.stringify({ value }), 'traffic.json');
const signIn = (createdDateTime: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id: 's',
  createdDateTime,
  userPrincipalName: 'Ann@contoso.com',
  ...more,
});

async function sourceAt(time: string, entries: readonly object[], more = {}) {
  const { sourceOf } = await readGsaTraffic([list(...entries)]);
  const found = sourceOf(signIn(time, more));
  return found === undefined ? undefined : `${found.address.text} ${found.via}`;
}

describe("a user's own address is taken from the traffic log", () => {
  const home = entry('2026-01-01T10:00:00Z', '203.0.113.1');

  test.each([
    ['at the time', '2026-01-01T10:00:00Z', '203.0.113.1 globalSecureAccessClient'],
    ['five minutes later', '2026-01-01T10:05:00Z', '203.0.113.1 globalSecureAccessClient'],
    ['five minutes earlier', '2026-01-01T09:55:00Z', '203.0.113.1 globalSecureAccessClient'],
    ['outside of the window', '2026-01-01T10:05:01Z', undefined],
  ])('%s', async (_name, time, expected) => {
    expect(await sourceAt(time, [home])).toBe(expected);
  });

  test('two addresses at one time are none, unless the device tells them apart', async () => {
    const both = [home, entry('2026-01-01T10:01:00Z', '198.51.100.9', { deviceId: 'd2' })];
    expect(await sourceAt('2026-01-01T10:00:30Z', both)).toBeUndefined();
    const onPhone = { deviceDetail: { deviceId: 'D2' } };
    expect(await sourceAt('2026-01-01T10:00:30Z', both, onPhone)).toBe('198.51.100.9 globalSecureAccessClient');
  });

  test('another user has nothing to do with it, and a remote network is named', async () => {
    const branch = entry('2026-01-01T10:00:00Z', '203.0.113.8', {
      userId: 'u2',
      userPrincipalName: '',
      deviceCategory: 'remoteNetwork',
    });
    expect(await sourceAt('2026-01-01T10:00:00Z', [branch])).toBeUndefined();
    expect(await sourceAt('2026-01-01T10:00:00Z', [branch], { userId: 'U2' })).toBe('203.0.113.8 remoteNetwork');
  });

  test('from NDJSON, and from the table of Log Analytics', async () => {
    const ndjson = source(
      `${JSON.stringify(home)}\n${JSON.stringify({ ...home, userId: '', userPrincipalName: '' })}\n{bad\n`,
      'x',
    );
    expect(await readGsaTraffic([ndjson])).toMatchObject({ used: 1, unused: 2 });
    const csv = source(
      'CreatedDateTime [UTC],SourceIp,UserPrincipalName,DeviceCategory\n"1/1/2026, 10:00:00 AM",203.0.113.4,ann@contoso.com,Client\n',
      'y',
    );
    const { sourceOf } = await readGsaTraffic([csv]);
    expect(sourceOf(signIn('2026-01-01T10:01:00Z'))?.address.text).toBe('203.0.113.4');
  });

  describe('with slashed dates that are read alike in the whole file', () => {
    const table = (times: readonly string[]) => [
      'CreatedDateTime [UTC],SourceIp,UserPrincipalName,DeviceCategory',
      ...times.map((time, at) => `"${time}",203.0.113.${at + 1},ann@contoso.com,Client`),
    ];
    const rows = (times: readonly string[]) =>
      times.map((TimeGenerated, at) =>
        JSON.stringify({ ...entry('', `203.0.113.${at + 1}`), createdDateTime: undefined, TimeGenerated }),
      );
    const monitored = (times: readonly string[]) =>
      times.map((time, at) =>
        JSON.stringify({ category: 'NetworkAccessTrafficLogs', properties: entry(time, `203.0.113.${at + 1}`) }),
      );

    describe.each([
      ['as a table', table],
      ['as rows', rows],
      ['as diagnostic records', monitored],
    ])('%s', (_form, lines) => {
      test.each([
        ['a day above 12', ['5/06/2026 10:00:00 AM', '25/06/2026 10:00:00 AM'], '2026-06-05', '203.0.113.1'],
        ['a month in front', ['6/5/2026 10:00:00 AM', '6/25/2026 10:00:00 AM'], '2026-06-05', '203.0.113.1'],
        ['nothing that decides', ['5/06/2026 10:00:00 AM', '7/06/2026 10:00:00 AM'], '2026-05-06', undefined],
        [
          'both orders',
          ['5/06/2026 10:00:00 AM', '25/06/2026 1:00:00 AM', '6/25/2026 1:00:00 AM'],
          '2026-05-06',
          undefined,
        ],
        ['the spelling of the United States', ['6/5/2026, 10:00:00.000 AM'], '2026-06-05', '203.0.113.1'],
      ])('%s', async (_name, times, day, address) => {
        const { sourceOf } = await readGsaTraffic([source(lines(times).join('\n'), 'traffic')]);
        expect(sourceOf(signIn(`${day}T10:00:00Z`))?.address.text).toBe(address);
      });
    });
  });

  test('and joined to sign-ins that were recorded while signaling was off', async () => {
    const { sourceOf } = await readGsaTraffic([list(home)]);
    const record = { ...signIn('2026-01-01T10:00:10Z'), ipAddress: '151.206.0.9' };
    const { signIns } = await readAll([source(JSON.stringify(record))], { facts: { sourceOf } });
    expect(signIns[0]?.attempt.network).toMatchObject({
      source: { address: { text: '203.0.113.1' } },
      proxy: { address: { text: '151.206.0.9' } },
    });
  });
});

test.each<[string, Uint8Array, string]>([
  ['that only begins like it', Uint8Array.from([31, 139, 108, 108]), 'has damaged gzip data'],
  ['that is cut off', gzipSync('{"value":[]}'.repeat(900)).subarray(0, 40), 'is cut off: its gzip data ends too early'],
  ['with a byte changed', gzipSync('x'.repeat(99)).map((byte, at) => (at === 12 ? byte ^ 0xff : byte)), 'gzip data'],
  ['with nothing behind its head', gzipSync('').subarray(0, 10), 'is cut off: its gzip data ends too early'],
])('gzip %s is refused by name', async (_, bytes, message) => {
  await expect(readGsaTraffic([source(bytes, 't.gz')])).rejects.toMatchObject({
    kind: 'invalid',
    message: expect.stringContaining(message),
  });
});

test('a file without traffic is refused by name', async () => {
  await expect(readGsaTraffic([source('[{"a":1}]', 'other.json')])).rejects.toMatchObject({
    kind: 'invalid',
    message: '`other.json` has no entry of a traffic log',
  });
});
