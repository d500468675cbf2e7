import { describe, expect, test } from 'vitest';
import { loggedPlace, signIn } from '../support/logged.ts';

const ALEX = 'alex@contoso.com';
const SAM = 'sam@contoso.com';

function at(hour: number, id: string, userPrincipalName: string) {
  return signIn(id, { userPrincipalName, createdDateTime: `2026-01-14T${String(hour).padStart(2, '0')}:00:00Z` });
}

const place = () => loggedPlace(at(8, 'a', ALEX), at(9, 'b', SAM), at(10, 'c', ALEX));

describe('gsa logs, the end of it', () => {
  test('--tail has the newest, the newest at the bottom; -n has them on top', async () => {
    const { gsa } = await place();
    expect((await gsa('logs --tail 2 --columns id -o tsv --no-headers')).stdout).toBe('b\nc\n');
    expect((await gsa('logs -n 2 --columns id -o tsv --no-headers')).stdout).toBe('c\nb\n');
    expect((await gsa('logs --tail 5000 --columns id -o tsv --no-headers')).stdout).toBe('a\nb\nc\n');
  });

  test.each([
    '--tail 2 --limit 3',
    '--tail 2 --all',
    '--tail 2 --sort user',
    '-f -i',
    '--follow --count-by user',
    '-i -n 3',
  ])('%s do not go together', async (options) => {
    const { gsa } = await place();
    const run = await gsa(`logs ${options}`);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('do not go together');
  });

  test.each([
    ['table', /^ *Id +User\n/],
    ['tsv', /^Id\tUser\n/],
    ['csv', /^Id,User\n/],
  ])(
    '-f on an empty log begins the table with the first sign-in, in %s, and has one header',
    async (format, header) => {
      const empty = await loggedPlace();
      const stop = new AbortController();
      const run = await empty.gsa(`logs -f --columns id,user -o ${format}`, {
        interrupted: stop.signal,
        onWrite: (piece) => {
          if (piece.includes('waiting')) empty.append(at(8, 'a', ALEX));
          if (piece.includes(ALEX)) empty.append(at(9, 'b', SAM));
          if (piece.includes(SAM)) stop.abort('SIGINT');
        },
      });
      expect(run.stderr).toContain('the sign-in log is empty; waiting');
      expect(run.stdout).toMatch(header);
      expect(run.stdout.match(/Id/g)).toHaveLength(1);
      expect(run.stdout.trimEnd().split('\n')).toHaveLength(3);
    },
  );
});

describe('gsa logs --count-by with two columns', () => {
  const counted = async (options: string) => {
    const { gsa } = await place();
    return (await gsa(`logs ${options} -o json`)).json()['value'];
  };

  test('counts them together, joined by a comma or repeated', async () => {
    const expected = [
      { by: { userPrincipalName: ALEX, outcome: 'granted' }, count: 2 },
      { by: { userPrincipalName: SAM, outcome: 'granted' }, count: 1 },
    ];
    expect(await counted('--count-by user,outcome')).toEqual(expected);
    expect(await counted('--count-by user --count-by outcome')).toEqual(expected);
    expect(await counted('--count-by user,user,outcome')).toEqual(expected);
  });

  test('of periods the newest stand first, and one column is as it was', async () => {
    expect(await counted('--count-by hour,user')).toMatchObject([
      { by: { hour: '2026-01-14T10Z', userPrincipalName: ALEX } },
      { by: { hour: '2026-01-14T09Z', userPrincipalName: SAM } },
      { by: { hour: '2026-01-14T08Z', userPrincipalName: ALEX } },
    ]);
    expect(await counted('--count-by user')).toMatchObject([
      { value: ALEX, count: 2 },
      { value: SAM, count: 1 },
    ]);
  });

  test('is a table with a column for each', async () => {
    const { gsa } = await place();
    expect((await gsa('logs --count-by user,outcome -o tsv')).stdout).toBe(
      `User\tResult\tSign-ins\n${ALEX}\tgranted\t2\n${SAM}\tgranted\t1\n`,
    );
  });
});

describe('gsa logs that finds nothing says why', () => {
  const said = async (options: readonly string[]) => {
    const { gsa } = await place();
    const run = await gsa(['logs', ...options]);
    expect(run.exitCode).toBe(0);
    return run.stderr.trim().split('\n');
  };
  const SPAN = 'the log holds 3 entries, from 2026-01-14T08:00:00Z to 2026-01-14T10:00:00Z';

  test.each([
    [['--since', '2h'], [SPAN]],
    [['--until', '2025-01-01'], [SPAN]],
    [['--app', 'zz'], ['nothing in the log fits --app']],
    [['--ip', '9.9.9.9', '--user', ALEX], ['nothing in the log fits --ip']],
    [
      ['--ip', '9.9.9.9', '--app', 'zz'],
      ['nothing in the log fits --app', 'nothing in the log fits --ip'],
    ],
    [
      ['--since', '2h', '--app', 'zz'],
      ['nothing in the log fits --app', SPAN],
    ],
    [['--user', SAM, '--since', '2026-01-14T10:00:00Z'], [SPAN]],
    [['--filter', "userPrincipalName eq 'x'"], ['nothing in the log fits --filter']],
    [['--count-by', 'user', '--status', 'blocked'], ['nothing in the log fits --status']],
  ])('%j', async (options, lines) => {
    expect(await said(options)).toEqual(lines);
  });
});

describe('gsa logs --filter with a value that no sign-in can have', () => {
  test.each([
    [
      "conditionalAccessStatus eq 'blocked'",
      '`blocked` matches nothing: conditionalAccessStatus is one of success, failure, notApplied',
    ],
    [
      "riskLevelDuringSignIn in ('hgih','low')",
      '`hgih` matches nothing: riskLevelDuringSignIn is one of none, low, medium, high, hidden; did you mean `high`?',
    ],
    ["isInteractive eq 'true'", '`true` matches nothing: isInteractive is true or false'],
    ["status/errorCode eq '53003'", '`53003` matches nothing: status/errorCode is a number, without quotes'],
    [
      "signInEventTypes/any(t: t eq 'interactive')",
      '`interactive` matches nothing: signInEventTypes is one of interactiveUser',
    ],
    ["not (outcome ne 'granted') or outcome eq 'bocked'", '`bocked` matches nothing: outcome is one of granted'],
  ])('%s', async (filter, why) => {
    const { gsa } = await place();
    const run = await gsa(['logs', '--filter', filter]);
    expect([run.exitCode, run.stderr.includes(why) ? why : run.stderr]).toEqual([0, why]);
  });

  test.each([
    "conditionalAccessStatus eq 'SUCCESS'",
    'status/errorCode eq 0',
    'userType eq null',
    "contains(outcome, 'grant')",
  ])('nothing is said of %s', async (filter) => {
    const { gsa } = await place();
    expect((await gsa(['logs', '--filter', filter])).stderr).not.toContain('matches nothing');
  });
});

describe('gsa logs --interactive', () => {
  test('typing filters, Enter tells one whole, and the list comes back until it is left', async () => {
    const where = await place();
    const run = await where.gsa('logs -i', { answers: ['sam granted', 'alex', false], columns: 120 });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/sam@contoso.com[\s\S]*alex@contoso.com/);
    expect(run.stderr).toContain('Entra ID');
    expect(where.asked).toHaveLength(3);
  });

  test('wants a terminal, and says what does without one', async () => {
    const { gsa } = await place();
    const run = await gsa('logs --interactive');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('gsa logs show <id>');
  });

  test('without a sign-in there is nothing to move through', async () => {
    const where = await place();
    const run = await where.gsa('logs -i --since 1h', { answers: [], columns: 80 });
    expect(run.stdout).toContain('No sign-ins in the log match.');
    expect(where.asked).toEqual([]);
  });
});
