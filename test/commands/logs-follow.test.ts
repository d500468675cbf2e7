import { describe, expect, test } from 'vitest';
import { loggedPlace, signIn } from '../support/logged.ts';

/**
 * Tells how often a command has begun to wait, which it does after each look at the log, as it then listens for the
 * interruption.
 */
function onWaiting(signal: AbortSignal, waits: (times: number) => void): void {
  const listen = signal.addEventListener.bind(signal);
  let times = 0;
  signal.addEventListener = (...args: Parameters<typeof listen>) => {
    listen(...args);
    if (args[0] === 'abort') waits(++times);
  };
}

describe('gsa logs --follow', () => {
  test('shows what is there oldest first, then what is appended, until it is interrupted', async () => {
    const place = await loggedPlace(
      signIn('a', { createdDateTime: '2026-01-14T10:00:00Z' }),
      signIn('b', { createdDateTime: '2026-01-14T11:00:00Z' }),
    );
    const stop = new AbortController();
    const run = await place.gsa('logs --follow -o csv --columns id,user --user joni.sherman@contoso.com', {
      interrupted: stop.signal,
      onStdout: (text) => {
        const lines = text.trimEnd().split('\n').length;
        if (lines === 3) place.append(signIn('other', { userPrincipalName: 'lee.gu@contoso.com' }), signIn('c'));
        if (lines === 4) place.append(signIn('d', { createdDateTime: '2026-01-01T00:00:00Z' }));
        if (lines === 5) stop.abort('SIGINT');
      },
    });
    const user = 'joni.sherman@contoso.com';
    expect(run.stdout).toBe(`Id,User\na,${user}\nb,${user}\nc,${user}\nd,${user}\n`);
    expect(run.exitCode).toBe(130);
    expect(run.stderr).toBe('gsa: no longer following the sign-in log\n');
  });

  test('begins with an empty log, and with one that is not there', async () => {
    const place = await loggedPlace();
    const stop = new AbortController();
    onWaiting(stop.signal, (times) => {
      if (times === 2) place.append(signIn('first'));
    });
    const run = await place.gsa('logs --follow -o ndjson', {
      interrupted: stop.signal,
      onStdout: () => stop.abort('SIGTERM'),
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ id: 'first' });
    expect(run.exitCode).toBe(143);
  });

  test('what the processing delay hides shows when its time has come', async () => {
    const place = await loggedPlace();
    await place.gsa('tenant set --sign-in-log-delay 5m');
    let now = '2026-01-14T12:04:00Z';
    const stop = new AbortController();
    onWaiting(stop.signal, (times) => {
      if (times === 1) place.append(signIn('late'));
      if (times === 3) now = '2026-01-14T12:05:00Z';
    });
    const run = await place.gsa('logs --follow -o ndjson', {
      interrupted: stop.signal,
      onStdout: () => stop.abort('SIGINT'),
      get now() {
        return now;
      },
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ id: 'late' });
    expect(now).toBe('2026-01-14T12:05:00Z');
  });

  test('what the delay hid before anybody waited shows too, once', async () => {
    const place = await loggedPlace(signIn('hidden'), signIn('other', { userPrincipalName: 'x@contoso.com' }));
    await place.gsa('tenant set --sign-in-log-delay 5m');
    let now = '2026-01-14T12:04:00Z';
    const stop = new AbortController();
    onWaiting(stop.signal, (times) => {
      if (times === 2) now = '2026-01-14T12:05:00Z';
      if (times === 5) stop.abort('SIGINT');
    });
    const run = await place.gsa('logs --follow -o ndjson --user joni.sherman@contoso.com', {
      interrupted: stop.signal,
      get now() {
        return now;
      },
    });
    expect(
      run.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['hidden']);
  });

  test('what was judged anew while it was hidden shows as it is in the log now', async () => {
    const place = await loggedPlace(signIn('hidden'));
    await place.gsa('tenant set --sign-in-log-delay 5m');
    let now = '2026-01-14T12:04:00Z';
    const stop = new AbortController();
    const [first] = [signIn('hidden')];
    onWaiting(stop.signal, (times) => {
      if (times === 1) place.append({ ...first, replay: { ...first.replay, outcome: 'blocked' } });
      if (times === 3) now = '2026-01-14T12:05:00Z';
      if (times === 6) stop.abort('SIGINT');
    });
    const run = await place.gsa('logs --follow -o csv --columns id,result', {
      interrupted: stop.signal,
      get now() {
        return now;
      },
    });
    expect(run.stdout.replace('\uFEFF', '')).toMatch(/^hidden,blocked\r?\n$/m);
    expect(run.stdout.match(/hidden/g)).toHaveLength(1);
  });

  test('continues the columns of its table on a terminal, without a second header', async () => {
    const place = await loggedPlace(signIn('a', { userPrincipalName: 'a.long.name.of.a.person@contoso.com' }));
    const stop = new AbortController();
    let appended = false;
    const run = await place.gsa('logs --follow --columns user,result --color never', {
      columns: 60,
      interrupted: stop.signal,
      onStdout: () => {
        if (appended) stop.abort('SIGINT');
        else place.append(signIn('b'));
        appended = true;
      },
    });
    expect(run.stdout).toBe(
      'User                                 Result\n' +
        'a.long.name.of.a.person@contoso.com  granted\n' +
        'joni.sherman@contoso.com             granted\n',
    );
  });
});
