import { describe, expect, test } from 'vitest';
import type { LoggedPlace } from '../support/logged.ts';
import { loggedPlace, signIn } from '../support/logged.ts';

const FINANCE = '20000000-0000-4000-8000-000000000003';

describe('gsa logs, each filter', () => {
  test('--user: by name, id or display name, and who is near when there is nobody', async () => {
    const joni = 'a0000000-0000-4000-8000-000000000011';
    const place = await loggedPlace(
      signIn('name'),
      signIn('id', { userId: joni, userPrincipalName: 'JONI.SHERMAN@contoso.com' }),
      signIn('other', { userPrincipalName: 'lee.gu@contoso.com' }),
    );
    expect(await place.ids(['--user', 'Joni.Sherman@contoso.com'])).toEqual(['id', 'name']);
    expect(await place.ids(['--user', 'Joni Sherman'])).toEqual(['id', 'name']);
    expect(await place.ids(['--user', joni])).toEqual(['id']);
    const run = await place.gsa('logs --user jony.sherman@contoso.com');
    expect(run.stderr).toContain('did you mean `joni.sherman@contoso.com`?');
  });

  test('--app: an id, or a part of the name of application or client', async () => {
    const place = await loggedPlace(
      signIn('exchange', { resourceId: '00000002-0000-0ff1-ce00-000000000000' }),
      signIn('client', { resourceDisplayName: 'Microsoft Graph', appDisplayName: 'Outlook Mobile', appId: 'app-1' }),
    );
    expect(await place.ids(['--app', 'EXCHANGE'])).toEqual(['exchange']);
    expect(await place.ids(['--app', '00000002-0000-0FF1-CE00-000000000000'])).toEqual(['exchange']);
    expect(await place.ids(['--app', 'outlook', '--app', 'exchange online'])).toEqual(['client', 'exchange']);
    expect(await place.ids(['--app', 'app-'])).toEqual([]);
  });

  test('--ip: the address seen, the user’s own and the proxy’s, alone or in a range', async () => {
    const place = await loggedPlace(
      signIn('seen'),
      signIn('own', { ipAddress: '151.206.10.7', sourceIpAddress: '203.0.113.30' }),
      signIn('proxy', { ipAddress: '198.51.100.1', globalSecureAccessIpAddress: '151.206.10.8' }),
      signIn('six', { ipAddress: '2001:db8::1' }),
      signIn('none', { ipAddress: null }),
    );
    expect(await place.ids(['--ip', '203.0.113.0/24'])).toEqual(['own', 'seen']);
    expect(await place.ids(['--ip', '151.206.10.8'])).toEqual(['proxy']);
    expect(await place.ids(['--ip', '2001:0DB8::/32,198.51.100.1'])).toEqual(['six', 'proxy']);
    expect(await place.ids(['--ip', '0.0.0.0/0'])).toEqual(['proxy', 'own', 'seen']);
  });

  describe('--since and --until, by the clock of the session', () => {
    const NOW = { now: '2026-01-14T12:00:00Z' };
    const times = [
      '2026-01-12T23:59:59Z',
      '2026-01-13T00:00:00Z',
      '2026-01-14T00:00:00Z',
      '2026-01-14T10:00:00.0000001Z',
    ];
    test.each([
      ['--since yesterday', ['3', '2', '1']],
      ['--since today', ['3', '2']],
      ['--until today', ['1', '0']],
      ['--since yesterday --until today', ['1']],
      ['--since 2h', ['3']],
      ['--since 36h --until now', ['3', '2', '1']],
      ['--until 2d', ['0'].slice(1)],
      ['--until 1.5d', ['0']],
      ['--since 2026-01-14', ['3', '2']],
      ['--since 2026-01-14T11:00:00+01:00', ['3']],
      ['--until 2026-01-13T00:00:00Z', ['0']],
      ['--since now', []],
    ])('%s', async (options, expected) => {
      const place = await loggedPlace(...times.map((createdDateTime, at) => signIn(String(at), { createdDateTime })));
      expect(await place.ids(options.split(' '), NOW)).toEqual(expected);
    });
  });

  test('--status: outcomes, words of Conditional Access and error codes, joined by or', async () => {
    const place = await loggedPlace(
      signIn('ok', { conditionalAccessStatus: 'success', status: { errorCode: 0 } }),
      signIn('blocked', { conditionalAccessStatus: 'failure', status: { errorCode: 53003 } }, { outcome: 'blocked' }),
      signIn('unknown', { conditionalAccessStatus: null }, { outcome: 'unknown' }),
      signIn('untouched', { conditionalAccessStatus: 'notApplied' }),
    );
    expect(await place.ids(['--status', 'blocked'])).toEqual(['blocked']);
    expect(await place.ids(['--status', 'Granted'])).toEqual(['untouched', 'ok']);
    expect(await place.ids(['--status', 'notapplied,unknown'])).toEqual(['untouched', 'unknown']);
    expect(await place.ids(['--status', '53003', '--status', 'success'])).toEqual(['blocked', 'ok']);
  });

  test('--policy: one that applied or decided, by name or id, also when the tenant no longer has it', async () => {
    const gone = '99999999-0000-4000-8000-000000000000';
    const applied = (id: string, result: string) => ({ appliedConditionalAccessPolicies: [{ id, result }] });
    const place = await loggedPlace(
      signIn('applied', applied(FINANCE, 'success')),
      signIn('reported', applied(FINANCE, 'reportOnlyFailure')),
      signIn('not', applied(FINANCE, 'notApplied')),
      signIn('decided', applied(FINANCE, 'unknown'), { decidedBy: [FINANCE.toUpperCase()] }),
      signIn('gone', applied(gone, 'failure')),
    );
    expect(await place.ids(['--policy', 'CA003 Block Finance outside trusted locations'])).toEqual([
      'decided',
      'reported',
      'applied',
    ]);
    expect(await place.ids(['--policy', FINANCE, '--limit', '1'])).toEqual(['decided']);
    expect((await place.gsa(['logs', '--policy', FINANCE, '--limit', '1'])).stderr).toContain('more; --limit or --all');
    expect(await place.ids(['--policy', gone])).toEqual(['gone']);
    const run = await place.gsa(['logs', '--policy', 'CA003 Block Fniance outside trusted locations']);
    expect([run.exitCode, run.stderr]).toEqual([
      4,
      expect.stringContaining('did you mean `CA003 Block Finance outside'),
    ]);
  });

  test('--through-gsa: yes, no, and not known', async () => {
    const place = await loggedPlace(
      signIn('yes', { isThroughGlobalSecureAccess: true }),
      signIn('no', { isThroughGlobalSecureAccess: false }),
      signIn('unknown', {}),
    );
    expect(await place.ids(['--through-gsa'])).toEqual(['yes']);
    expect(await place.ids(['--through-gsa=false'])).toEqual(['no']);
    expect(await place.ids(['--through-gsa', 'unknown'])).toEqual(['unknown']);
  });

  test('--location: a named location by name or id, or a country', async () => {
    const place = await loggedPlace(
      signIn('hq', {
        networkLocationDetails: [{ networkType: 'trustedNamedLocation', networkNames: ['Headquarters'] }],
      }),
      signIn('nl', { location: { countryOrRegion: 'NL' } }),
      signIn('fr', { location: { countryOrRegion: 'FR' } }),
    );
    expect(await place.ids(['--location', 'headquarters'])).toEqual(['hq']);
    expect(await place.ids(['--location', '10000000-0000-4000-8000-000000000001'])).toEqual(['hq']);
    expect(await place.ids(['--location', 'nl'])).toEqual(['nl']);
    expect(await place.ids(['--location', 'Headquarters', '--location', 'FR'])).toEqual(['fr', 'hq']);
    expect((await place.gsa('logs --location Hedquarters')).stderr).toContain('did you mean `Headquarters`?');
  });

  test('--correlation-id and --filter', async () => {
    const correlationId = 'b2f0c9d0-0000-4000-8000-000000000001';
    const place = await loggedPlace(
      signIn('a', { correlationId, status: { errorCode: 53003 }, deviceDetail: { operatingSystem: 'Linux' } }),
      signIn('b', { status: { errorCode: 0 } }),
    );
    expect(await place.ids(['--correlation-id', correlationId.toUpperCase()])).toEqual(['a']);
    expect(await place.ids(['--filter', "status/errorCode ne 0 and startsWith(userPrincipalName,'joni')"])).toEqual([
      'a',
    ]);
    expect(await place.ids(['--filter', "deviceDetail/operatingSystem eq 'linux' or status/errorCode eq 0"])).toEqual([
      'b',
      'a',
    ]);
    expect(await place.ids(['--filter', "not (signalingStatus eq 'enabled')"])).toEqual([]);
  });

  test('filters are joined by and, for rows, counts and periods alike', async () => {
    const place = await loggedPlace(
      signIn('a', { location: { countryOrRegion: 'NL' } }, { outcome: 'blocked', decidedBy: [FINANCE] }),
      signIn('b', { location: { countryOrRegion: 'NL' } }),
      signIn('c', {}, { outcome: 'blocked' }),
    );
    const options = ['--status', 'blocked', '--location', 'NL', '--policy', FINANCE];
    expect(await place.ids(options)).toEqual(['a']);
    expect(await counted(place, ['--count-by', 'country', ...options])).toEqual([{ value: 'NL', count: 1 }]);
    expect(await counted(place, ['--count-by', 'day', ...options])).toEqual([{ value: '2026-01-14', count: 1 }]);
  });
});

async function counted(place: LoggedPlace, options: readonly string[]): Promise<unknown> {
  return (await place.gsa(['logs', '-o', 'json', ...options])).json()['value'];
}
