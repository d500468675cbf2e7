import { describe, expect, test } from 'vitest';
import { loggedPlace, signIn } from '../support/logged.ts';

const FINANCE = '20000000-0000-4000-8000-000000000003';

describe('gsa logs, what it shows', () => {
  test('newest first, the last written first among equals', async () => {
    const place = await loggedPlace(
      signIn('old', { createdDateTime: '2026-01-13T12:00:00Z' }),
      signIn('noon-1'),
      signIn('noon-2'),
      signIn('new', { createdDateTime: '2026-01-14T13:00:00.5Z' }),
    );
    expect(await place.ids()).toEqual(['new', 'noon-2', 'noon-1', 'old']);
  });

  test('JSON is the whole record with the replay beside it, and nothing about columns', async () => {
    const place = await loggedPlace(signIn('a', { odd: { member: [1] } }, { outcome: 'blocked', decidedBy: ['x'] }));
    expect((await place.gsa('logs -o json --columns id')).json()).toEqual({
      schemaVersion: 1,
      value: [
        {
          ...signIn('a').record,
          odd: { member: [1] },
          replay: { signalingStatus: 'enabled', outcome: 'blocked', decidedBy: ['x'], missing: [], tenantSerial: 1 },
        },
      ],
    });
  });

  test('fifty rows, and how many more there are on stderr', async () => {
    const place = await loggedPlace(...Array.from({ length: 53 }, (_, at) => signIn(`id-${at}`)));
    const run = await place.gsa('logs -o ndjson');
    expect(run.stdout.trimEnd().split('\n')).toHaveLength(50);
    expect(run.stderr).toBe('3 more; --limit or --all shows them\n');
    expect(await place.ids(['--limit', '2'])).toEqual(['id-52', 'id-51']);
    const all = await place.gsa('logs --all -o csv --columns id');
    expect(all.stdout.trimEnd().split('\n')).toHaveLength(54);
    expect(all.stderr).toBe('');
  });

  test('an empty log, and one that was never written, say so and are no error', async () => {
    const place = await loggedPlace();
    for (const format of ['table', 'markdown']) {
      for (const words of ['logs', 'logs --all', 'logs --count-by user', 'logs --user nobody@contoso.com']) {
        const { stdout } = await place.gsa(`${words} -o ${format}`);
        expect([words, stdout]).toEqual([words, 'The sign-in log is empty: `gsa replay <file>` fills it.\n']);
      }
    }
    expect((await place.gsa('logs -o json')).json()).toEqual({ schemaVersion: 1, value: [] });
    expect((await place.gsa('logs --all -o json')).stdout).toBe('{\n  "schemaVersion": 1,\n  "value": []\n}\n');
    expect((await place.gsa('logs --all -o csv --columns id')).stdout).toBe('Id\n');
    expect((await place.gsa('logs --count-by user -o json')).json()['value']).toEqual([]);
  });

  test('a log in which nothing matches is not called empty', async () => {
    const place = await loggedPlace(signIn('a'));
    for (const words of ['logs', 'logs --all', 'logs --count-by id']) {
      const { stdout } = await place.gsa(`${words} --until 2020-01-01`);
      expect([words, stdout]).toEqual([words, 'No sign-ins in the log match.\n']);
    }
  });

  test('several outputs of everything are all whole, and --query sees it', async () => {
    const place = await loggedPlace(signIn('a'), signIn('b'));
    const run = await place.gsa('logs --all --columns id -o csv -o ndjson -o markdown');
    expect(run.stdout).toMatch(/^Id\nb\na\n\{"id":"b".*\}\n\{"id":"a".*\}\n\| Id \|\n\|---\|\n\| b \|\n\| a \|\n$/);
    expect((await place.gsa('logs --all -o json --query value[].id')).stdout).toBe('[\n  "b",\n  "a"\n]\n');
  });

  test('an address that is not the user’s own is told by a word, not only by a colour', async () => {
    const addresses = { sourceIpAddress: '203.0.113.25', globalSecureAccessIpAddress: '151.206.10.7' };
    const place = await loggedPlace(
      signIn('on', { ...addresses, createdDateTime: '2026-01-14T08:00:00Z' }),
      signIn('off', { ...addresses, ipAddress: '151.206.10.7' }, { signalingStatus: 'disabled', outcome: 'blocked' }),
      signIn('again', { ...addresses, createdDateTime: '2026-01-14T13:00:00Z' }),
    );
    const run = await place.gsa('logs --columns time,ip,whose,restoration,result');
    expect(run.stdout.split('\n').slice(1, 4)).toEqual([
      '2026-01-14T13:00:00Z\t203.0.113.25\town\ton\tgranted',
      '2026-01-14T12:00:00Z\t151.206.10.7\tproxy\toff\tblocked',
      '2026-01-14T08:00:00Z\t203.0.113.25\town\ton\tgranted',
    ]);
  });

  test.each([24, 80, 200])('fits a terminal of %i columns, and keeps who and what came of it', async (columns) => {
    const place = await loggedPlace(signIn('a', { ipAddress: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff' }));
    const { stdout } = await place.gsa('logs --color never', { columns });
    for (const line of stdout.trimEnd().split('\n')) expect([...line].length).toBeLessThanOrEqual(columns);
    expect(stdout).toContain('joni');
    expect(stdout).toContain('granted');
  });

  test('nothing is cut in a pipe, and hostile names are shown by their escapes', async () => {
    const name = `${'x'.repeat(300)}\u001b[31m`;
    const place = await loggedPlace(signIn('a', { resourceDisplayName: name }));
    for (const format of ['table', 'csv', 'markdown']) {
      const { stdout } = await place.gsa(`logs -o ${format}`);
      expect(stdout).toContain('x'.repeat(300));
      expect(stdout).not.toContain('\u001b');
    }
  });

  test('the simulated delay hides what would not be there yet, and says how many', async () => {
    const place = await loggedPlace(signIn('early'), signIn('late', { createdDateTime: '2026-01-14T12:57:00Z' }));
    await place.gsa('tenant set --sign-in-log-delay 5m');
    const now = { now: '2026-01-14T13:00:00Z' };
    expect(await place.ids([], now)).toEqual(['early']);
    expect((await place.gsa('logs', now)).stderr).toContain(
      '1 sign-in is not in the log yet: it shows after 5 minutes',
    );
    expect((await place.gsa('logs --count-by id -o json', now)).json()['value']).toEqual([
      { value: 'early', count: 1 },
    ]);
    expect((await place.gsa('logs show late', now)).exitCode).toBe(4);
    expect(await place.ids([], { now: '2026-01-14T13:02:00Z' })).toEqual(['late', 'early']);
  });

  test('wants a role that may read sign-in logs', async () => {
    const place = await loggedPlace(signIn('a'));
    for (const words of ['logs', 'logs show a', 'logs --count-by user']) {
      const run = await place.gsa(`${words} --as joni.sherman@contoso.com`);
      expect([run.exitCode, run.stdout]).toEqual([5, '']);
      expect(run.stderr).toContain('has no role that may read sign-in logs');
    }
  });
});

describe('gsa logs, sorting and columns', () => {
  test('sorts by any column of the log, equal ones newest first', async () => {
    const place = await loggedPlace(
      signIn('b-old', { userPrincipalName: 'b@x', createdDateTime: '2026-01-12T00:00:00Z' }),
      signIn('a', { userPrincipalName: 'A@x' }),
      signIn('b-new', { userPrincipalName: 'B@x' }),
    );
    expect(await place.ids(['--sort', 'user'])).toEqual(['a', 'b-new', 'b-old']);
    expect(await place.ids(['--sort', 'userPrincipalName:desc'])).toEqual(['b-new', 'b-old', 'a']);
    expect(await place.ids(['--sort', 'time:asc', '--limit', '1'])).toEqual(['b-old']);
  });

  test.each([
    ['--sort usr', 'the log has no column `usr`', 'did you mean `user`'],
    ['--columns time,ipadress', 'the log has no column `ipadress`', '`ipAddress`'],
    ['--count-by zzzzzz', 'the log has no column `zzzzzz`', 'one of: createdDateTime, '],
    ['--sort whose', 'cannot be sorted by `whose`', 'one of: '],
    ['--sort user:up', 'is not a way to sort', 'user:asc or user:desc'],
    ['--status blokced', '`blokced` is no status', 'did you mean `blocked`'],
    ['--ip 010.0.0.1', 'address or a range', ''],
    ['--since 2026-02-30', 'that day does not exist', ''],
    ['--since lately', 'give a day', ''],
    ['--until 2026-01-15T09:00:00', 'with a zone', ''],
    ['--through-gsa=maybe', 'give true, false or unknown', ''],
    ['--limit 0', 'whole number above 0', ''],
    ['--limit 3 --all', '`--all` and `--limit` do not go together', ''],
    ['--count-by user --sort user', 'do not go together', ''],
    ['--follow --until now', 'do not go together', ''],
    ['--filter userPrincipalNam', 'at character 1: `userPrincipalNam`', 'userPrincipalName'],
    ['--filter userId\u00a0eq', 'at character 10: its end', ''],
    ['now', 'too many arguments', ''],
  ])('`gsa logs %s` is a usage error that says what to type', async (options, message, hint) => {
    const place = await loggedPlace();
    const run = await place.gsa(`logs ${options}`);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain(hint);
  });

  test('says that entries of both signaling statuses were counted, and how to count one', async () => {
    const off = { signalingStatus: 'disabled' } as const;
    const place = await loggedPlace(signIn('a'), signIn('b'), signIn('a', {}, off));
    const line =
      'these are entries: 2 of sign-ins replayed with signaling enabled, 1 with it disabled; ' +
      '`--signaling enabled` or `--signaling disabled` counts each sign-in once\n';
    for (const words of ['result', 'day', 'result --filter status/errorCode\u00a0ne\u00a01 --app exchange']) {
      const run = await place.gsa([
        'logs',
        '--count-by',
        ...words.split(' ').map((word) => word.replaceAll('\u00a0', ' ')),
      ]);
      expect([words, run.stderr]).toEqual([words, line]);
    }
    for (const words of ['result --signaling enabled', 'result --signaling disabled', 'signaling']) {
      expect([words, (await place.gsa(`logs --count-by ${words}`)).stderr]).toEqual([words, '']);
    }
    expect((await place.gsa('logs --count-by result --signaling enabled -o csv')).stdout).toBe(
      'Result,Sign-ins\ngranted,2\n',
    );
    expect(await place.ids(['--signaling', 'disabled'])).toEqual(['a']);
  });

  test('counts by any column, with names for policies, and periods newest first', async () => {
    const place = await loggedPlace(
      signIn('1', {}, { outcome: 'blocked', decidedBy: [FINANCE] }),
      signIn('2', { createdDateTime: '2026-01-13T23:59:59.9Z', networkLocationDetails: [{ networkNames: ['HQ'] }] }),
      signIn('3', { createdDateTime: '2026-01-12T00:00:00Z' }),
      signIn('4', { createdDateTime: '2026-01-12T10:00:00Z' }, { signalingStatus: 'disabled' }),
    );
    const counts = async (options: string) => (await place.gsa(`logs -o json ${options}`)).json()['value'];
    expect(await counts('--count-by day')).toEqual([
      { value: '2026-01-14', count: 1 },
      { value: '2026-01-13', count: 1 },
      { value: '2026-01-12', count: 2 },
    ]);
    expect(await counts('--count-by hour --since 2026-01-12T05:00:00Z --until 2026-01-13')).toEqual([
      { value: '2026-01-12T10Z', count: 1 },
    ]);
    expect(await counts('--count-by location')).toEqual(
      [
        { value: null, count: 3 },
        { value: 'HQ', count: 1 },
      ].sort((a, b) => b.count - a.count),
    );
    expect(await counts('--count-by policy')).toEqual([
      { value: null, count: 3 },
      { value: FINANCE, displayName: 'CA003 Block Finance outside trusted locations', count: 1 },
    ]);
    const limited = await place.gsa('logs --count-by id --limit 3 -o csv');
    expect(limited.stdout).toBe('Id,Sign-ins\n1,1\n2,1\n3,1\n');
    expect(limited.stderr).toMatch(/^1 more; --limit or --all shows them\nthese are entries: 3 .*\n$/);
    expect((await place.gsa('logs --count-by restoration --color never', { columns: 40 })).stdout).toBe(
      `enabled   3  ${'█'.repeat(27)}\ndisabled  1  ${'█'.repeat(9)}\n`,
    );
  });
});
