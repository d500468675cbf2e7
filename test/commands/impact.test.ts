import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const STORY = join('examples', 'know-before-you-switch');
const SIGN_INS = join(process.cwd(), STORY, 'signins.ndjson');
const CONTOSO = join(process.cwd(), 'examples', 'contoso', 'signins.ndjson');

/** The bank of the example, signaling on, as its story begins. */
async function bank(): Promise<Workplace> {
  const place = workplace();
  await place.gsa(['init', '--empty', '--name', 'Woodgrove Bank', '--created', '2025-09-01']);
  expect((await place.gsa(['import', join(process.cwd(), STORY, 'export')])).exitCode).toBe(0);
  return place;
}

async function fixed(place: Workplace): Promise<string> {
  const path = join(place.folder, 'after.json');
  writeFileSync(path, readFileSync(place.tenant));
  expect((await place.gsa(['-t', path, 'import', join(process.cwd(), STORY, 'fixed')])).exitCode).toBe(0);
  return path;
}

const counts = (json: Record<string, unknown>) =>
  Object.fromEntries(
    (json['classes'] as { class: string; interactive: number; nonInteractive: number; workload: number }[]).map(
      ({ class: kind, interactive, nonInteractive, workload }) => [kind, interactive + nonInteractive + workload],
    ),
  );

describe('gsa impact', () => {
  test('asks by default what the opposite of now would do, and changes nothing', async () => {
    const place = await bank();
    const before = place.bytes();
    const run = await place.gsa(['impact', SIGN_INS, '-o', 'json']);
    expect(run.exitCode).toBe(0);
    expect(run.json()).toMatchObject({
      schemaVersion: 1,
      before: { tenant: 'Woodgrove Bank', file: null, signalingStatus: 'enabled' },
      after: { signalingStatus: 'disabled' },
      proxyCountry: null,
      read: 38,
    });
    expect(counts(run.json())).toEqual({
      newlyBlocked: 16,
      newlyDenied: 0,
      newlyPrompted: 0,
      newlyAllowed: 0,
      lessProtected: 0,
      unknown: 18,
      unchanged: 4,
    });
    expect(place.bytes()).toBe(before);
  });

  test('an assumed country of the proxy settles what hung on it, and is said', async () => {
    const place = await bank();
    const run = await place.gsa(['impact', SIGN_INS, '--proxy-country', 'ch', '-o', 'json']);
    expect(run.json()['proxyCountry']).toBe('CH');
    expect(counts(run.json())).toMatchObject({ newlyDenied: 2, newlyPrompted: 2, unknown: 1 });
    const told = await place.gsa(['impact', SIGN_INS, '--proxy-country', 'CH']);
    expect(told.stdout).toContain('assumed, not known: the addresses of Global Secure Access are in CH');
    expect(told.stdout).toContain('inferred: 3 sign-ins do not tell the address of Global Secure Access');
  });

  test('groups by policy, user, application and place, each with an example and the command that shows it', async () => {
    const place = await bank();
    const all = await place.gsa(['impact', SIGN_INS, '-o', 'json']);
    const rows = all.json()['value'] as { by: string; command: string; example: { signInId: string } }[];
    expect([...new Set(rows.map(({ by }) => by))]).toEqual(['policy', 'user', 'application', 'location']);
    const [first] = rows;
    expect(first).toMatchObject({
      by: 'policy',
      displayName: 'WB120 Trading desk only from our offices',
      class: 'newlyBlocked',
      interactive: 6,
      nonInteractive: 6,
      users: 3,
      example: { seenBefore: { ipAddress: '203.0.113.13' }, seenAfter: { whose: 'proxy' } },
    });
    const shown = await place.gsa((first?.command ?? '').split(' ').slice(1));
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain('anna.keller@woodgrovebank.example → Woodgrove Trading');
    expect(shown.stdout).toContain('newly blocked');
    const users = await place.gsa(['impact', SIGN_INS, '--group-by', 'user', '-o', 'ndjson']);
    const lines = users.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { by: string });
    expect(new Set(lines.map(({ by }) => by))).toEqual(new Set(['user']));
  });

  test('every example is what the row says', async () => {
    const place = await bank();
    const run = await place.gsa(['impact', SIGN_INS, '--proxy-country', 'CH', '-o', 'json']);
    const rows = run.json()['value'] as { class: string; example: { signInId: string } }[];
    expect(new Set(rows.map((row) => row.class)).size).toBeGreaterThan(2);
    for (const row of rows) {
      const one = await place.gsa([
        'impact',
        SIGN_INS,
        '--proxy-country',
        'CH',
        '--sign-in',
        row.example.signInId,
        '-o',
        'json',
      ]);
      expect(one.json()['explained']).toMatchObject([{ signInId: row.example.signInId, class: row.class }]);
    }
  });

  test('--against judges by another tenant file', async () => {
    const place = await bank();
    const after = await fixed(place);
    const run = await place.gsa([
      'impact',
      SIGN_INS,
      '--against',
      after,
      '--of',
      'signaling=disabled',
      '--proxy-country',
      'CH',
      '-o',
      'json',
    ]);
    expect(counts(run.json())).toMatchObject({ newlyBlocked: 0, newlyDenied: 2, newlyPrompted: 2, newlyAllowed: 2 });
    const alone = await place.gsa(['impact', SIGN_INS, '--against', after, '-o', 'json']);
    expect(alone.json()['after']).toMatchObject({ file: after, signalingStatus: 'enabled' });
    expect(counts(alone.json())).toMatchObject({ newlyAllowed: 1, unknown: 0 });
  });

  test('--fail-on exits 1 when the class has a sign-in or could have one, and 0 when it has none', async () => {
    const place = await bank();
    const open = await place.gsa(['impact', SIGN_INS, '--fail-on', 'lessProtected']);
    expect(open.exitCode).toBe(1);
    expect(open.stdout).toMatch(
      /Gate --fail-on lessProtected: FAILED, not proven for less protected, as \d+ sign-ins.*\n$/,
    );
    expect((await place.gsa(['impact', SIGN_INS, '--fail-on', 'newlyBlocked,unknown'])).exitCode).toBe(1);
  });

  test.each(['--fail-on', '--only'])(
    'an unknown class in %s is a usage error that lists the known ones',
    async (option) => {
      const place = await bank();
      const run = await place.gsa(['impact', SIGN_INS, option, 'newlyBlocked,newlyblocked']);
      expect(run.exitCode).toBe(2);
      expect(run.stderr).toContain('unknown class `newlyblocked`');
      expect(run.stderr).toContain(
        'newlyBlocked, newlyDenied, newlyPrompted, newlyAllowed, lessProtected, unknown, unchanged',
      );
    },
  );

  test('--only shows these classes, and the gate counts all the same', async () => {
    const place = await bank();
    const run = await place.gsa(['impact', SIGN_INS, '--only', 'unknown', '--fail-on', 'newlyBlocked', '-o', 'json']);
    expect(run.exitCode).toBe(1);
    const shown = (run.json()['value'] as { class: string }[]).map((row) => row.class);
    expect(new Set(shown)).toEqual(new Set(['unknown']));
  });

  test('the log of earlier replays gives the same answer as the file, whatever it was replayed under', async () => {
    const place = await bank();
    const none = await place.gsa('impact --from-logs');
    expect([none.exitCode, none.stderr]).toEqual([4, expect.stringContaining('the sign-in log is empty')]);
    await place.gsa(['replay', SIGN_INS, '--signaling', 'disabled']);
    const file = (await place.gsa(['impact', SIGN_INS, '--proxy-country', 'CH', '-o', 'json'])).json();
    for (const status of ['disabled', 'enabled']) {
      if (status === 'enabled') await place.gsa(['replay', SIGN_INS]);
      const logged = (await place.gsa('impact --from-logs --proxy-country CH -o json')).json();
      expect(logged).toMatchObject({ read: 38, source: { replayedUnder: status } });
      for (const member of ['classes', 'outcomes', 'missing', 'agreement'])
        expect(logged[member]).toEqual(file[member]);
    }
  });

  test.each([
    [['impact'], 'no sign-ins given'],
    [['impact', SIGN_INS, '--from-logs'], 'files and --from-logs at once'],
    [['impact', SIGN_INS, '--proxy-country', 'Switzerland'], 'two letters'],
    [['impact', SIGN_INS, '--minimum-agreement', '101'], 'percentage'],
    [['impact', SIGN_INS, '--of', 'signaling=off'], 'signaling=disabled'],
  ])('%j is a usage error', async (args, message) => {
    const place = await bank();
    const run = await place.gsa(args);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test('a file with nothing usable is exit 4, and so is an id that no sign-in has', async () => {
    const place = await bank();
    const empty = await place.gsa('impact -', { stdin: '{"value":[]}' });
    expect([empty.exitCode, empty.stderr]).toEqual([4, expect.stringContaining('no usable sign-in')]);
    const lost = await place.gsa(['impact', SIGN_INS, '--sign-in', 'nobody']);
    expect([lost.exitCode, lost.stderr]).toEqual([4, expect.stringContaining('no sign-in has the id `nobody`')]);
  });

  test('is the same to the byte in every format, and goes to several destinations at once', async () => {
    const place = await bank();
    const formats = ['table', 'json', 'ndjson', 'csv', 'markdown', 'html'];
    for (const format of formats) {
      const [one, two] = [
        await place.gsa(['impact', SIGN_INS, '-o', format]),
        await place.gsa(['impact', SIGN_INS, '-o', format]),
      ];
      expect(one.stdout).toBe(two.stdout);
      expect(one.stdout.length).toBeGreaterThan(200);
    }
    await place.gsa(['impact', SIGN_INS, ...formats.flatMap((format) => ['-o', `${format}:out/${format}`])]);
    for (const format of formats) {
      const alone = await place.gsa(['impact', SIGN_INS, '-o', format]);
      expect(readFileSync(join(place.folder, 'out', format), 'utf8')).toBe(alone.stdout);
    }
  });

  test('a right to read sign-ins is needed', async () => {
    const place = workplace();
    await place.gsa('init');
    expect((await place.gsa(['impact', CONTOSO, '--as', 'lee.gu@contoso.com'])).exitCode).toBe(5);
  });
});

describe('somebody who is stopped in any case, though not all is known', () => {
  /** Lee Gu at SharePoint: the proxy's country is not known, and without a managed device nobody gets in from there. */
  const STOPPED = '5f000000-0000-4000-8000-000000000003';
  /** Lee Gu elsewhere: whether the country blocks is all there is to it. */
  const OPEN = '5f000000-0000-4000-8000-000000000009';

  async function contoso(): Promise<Workplace> {
    const place = workplace();
    await place.gsa('init');
    return place;
  }

  test('is said in the sentence, in the tables, in the example and in the sign-in itself', async () => {
    const place = await contoso();
    const { stdout } = await place.gsa(['impact', CONTOSO]);
    expect(stdout).toContain(
      '4 sign-ins cannot be told, because facts are missing; 1 of them is stopped in any case. ',
    );
    expect(stdout).toContain('Policy\tWhat changes\tSign-ins\tStopped\tUsers\n');
    expect(stdout).toContain('CA007 Require the compliant network for Contoso Expenses\tnewly blocked\t1\t1\t1\n');
    expect(stdout).toContain('CA006 Block blocked countries\tunknown\t4\t0\t3\n');
    expect(stdout).toContain(
      'CA008 Require a compliant device for SharePoint outside headquarters\tunknown\t1\t1\t1\n',
    );
    expect(stdout).toMatch(/For example, unknown: lee\.gu@contoso\.com .*, stopped in any case by CA008 /);
    const one = await place.gsa(['impact', CONTOSO, '--sign-in', STOPPED]);
    expect(one.stdout).toContain('That is\tunknown, but stopped in any case\n');
    for (const format of ['markdown', 'html']) {
      const told = await place.gsa(['impact', CONTOSO, '-o', format]);
      expect(told.stdout).toMatch(/stopped in any case/);
    }
  });

  test('is a member of JSON, of each line of NDJSON and a column of CSV', async () => {
    const place = await contoso();
    const json = (await place.gsa(['impact', CONTOSO, '-o', 'json'])).json();
    expect(json['certainlyStopped']).toEqual({ interactive: 1, nonInteractive: 0, workload: 0, users: 1 });
    const rows = (json['value'] as Record<string, unknown>[]).filter((row) => row['class'] === 'unknown');
    const stopped = rows.filter((row) => row['certainlyStopped'] === 1);
    expect(stopped.map((row) => [row['by'], row['displayName']])).toEqual([
      ['policy', 'CA008 Require a compliant device for SharePoint outside headquarters'],
      ['user', 'lee.gu@contoso.com'],
      ['application', 'Office 365 SharePoint Online'],
      ['location', expect.any(String)],
    ]);
    for (const row of stopped) expect(row['example']).toMatchObject({ signInId: STOPPED, certainlyStopped: true });
    const lines = (await place.gsa(['impact', CONTOSO, '-o', 'ndjson'])).stdout.trimEnd().split('\n');
    const counted = lines.map((line) => (JSON.parse(line) as Record<string, unknown>)['certainlyStopped']);
    expect(counted.filter((count) => count === 1)).toHaveLength(stopped.length);
    const csv = (await place.gsa(['impact', CONTOSO, '-o', 'csv'])).stdout.split(/\r?\n/);
    expect(csv[0]).toMatch(/,certainlyStopped$/);
    expect(csv.filter((line) => line.endsWith(',1'))).toHaveLength(stopped.length);
  });

  test('fails --fail-on stopped, as one does who is newly blocked, and one who may be let in is not proven', async () => {
    const place = await contoso();
    const gate = async (id: string) =>
      (await place.gsa(['impact', CONTOSO, '--sign-in', id, '--fail-on', 'stopped'])).exitCode;
    expect([await gate(STOPPED), await gate('5f000000-0000-4000-8000-000000000001'), await gate(OPEN)]).toEqual([
      1, 1, 1,
    ]);
    const told = await place.gsa(['impact', CONTOSO, '--fail-on', 'stopped,lessProtected', '-o', 'json']);
    expect(told.json()).toMatchObject({ failOn: ['stopped', 'lessProtected'], failed: ['stopped'] });
    expect((await place.gsa(['impact', CONTOSO, '--only', 'stopped'])).exitCode).toBe(2);
  });
});

describe('a sign-in that is given twice', () => {
  test('is counted once, as the log has it once, and that is said', async () => {
    const place = await bank();
    const [once, twice] = [
      (await place.gsa(['impact', SIGN_INS, '-o', 'json'])).json(),
      (await place.gsa(['impact', SIGN_INS, SIGN_INS, '-o', 'json'])).json(),
    ];
    expect([once['repeated'], twice['repeated'], once['read'], twice['read']]).toEqual([0, 38, 38, 76]);
    for (const member of ['judged', 'classes', 'outcomes', 'missing', 'agreement'])
      expect(twice[member]).toEqual(once[member]);
    const told = await place.gsa(['impact', SIGN_INS, SIGN_INS]);
    expect(told.stdout).toContain('note: 38 records repeat a sign-in that came before: each is counted once');
  });

  test('is counted each time where the records have no id of their own', async () => {
    const place = await bank();
    const [line = ''] = readFileSync(SIGN_INS, 'utf8').split('\n');
    const { id, ...record } = JSON.parse(line) as Record<string, unknown>;
    expect(id).toBeTypeOf('string');
    const stdin = `${JSON.stringify(record)}\n`.repeat(2);
    expect((await place.gsa('impact - -o json', { stdin })).json()).toMatchObject({
      read: 2,
      repeated: 0,
      untouched: 0,
    });
  });
});

describe('how far a forecast may be trusted', () => {
  test('records that say nothing of policies are said first', async () => {
    const place = workplace();
    await place.gsa('init');
    const run = await place.gsa(['impact', CONTOSO]);
    expect(run.stdout.split('\n')[2]).toMatch(/^Careful: no record lists the policies/);
  });

  test('a tenant without the policies that the records speak of is said first', async () => {
    const place = workplace();
    await place.gsa('init');
    const run = await place.gsa(['impact', SIGN_INS]);
    expect(run.stdout.split('\n')[2]).toMatch(
      /^Careful: the records speak of 8 policies, and this tenant has none of them/,
    );
  });

  test('an agreement below the share that is asked for is said first', async () => {
    const place = await bank();
    const strict = await place.gsa(['impact', SIGN_INS, '--minimum-agreement', '99.5']);
    expect(strict.stdout.split('\n')[2]).toMatch(/^Careful: gsa agrees with only 99(\.0)? %/);
    expect((await place.gsa(['impact', SIGN_INS])).stdout).not.toContain('Careful');
  });

  test('the figures name every disagreement with its cause', async () => {
    const place = await bank();
    const { agreement } = (await place.gsa(['impact', SIGN_INS, '-o', 'json'])).json() as Record<
      string,
      Record<string, unknown>
    >;
    expect(agreement).toMatchObject({
      signIns: { compared: 38, agreed: 35 },
      policies: { compared: 304, agreed: 300 },
      causes: { missingFact: 3, changedSince: 1, unexplained: 0, unknownPolicy: 0 },
    });
    const { stdout } = await place.gsa(['impact', SIGN_INS]);
    expect(stdout).toContain(
      '98.6 % of 304 policy results agree, and every policy of 35 of 38 sign-ins. Without 1 result of policies that changed since the record: 99 %.',
    );
  });

  test('replay --compare-recorded gives the same figures, whatever it replays under', async () => {
    const place = await bank();
    const impact = (await place.gsa(['impact', SIGN_INS, '-o', 'json'])).json();
    for (const status of ['enabled', 'disabled']) {
      const replay = await place.gsa([
        'replay',
        SIGN_INS,
        '--dry-run',
        '--compare-recorded',
        '--signaling',
        status,
        '-o',
        'json',
      ]);
      expect(replay.json()['agreement']).toEqual(impact['agreement']);
    }
    expect((await place.gsa(['replay', SIGN_INS, '--dry-run', '-o', 'json'])).json()).not.toHaveProperty('agreement');
  });
});
