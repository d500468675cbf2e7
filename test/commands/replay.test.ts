import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { GeneratedSignIn } from '../support/generate-sign-ins.ts';
import { signIns } from '../support/generate-sign-ins.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const COUNTRIES = 'CA005 Block sign-ins from countries we do not work in';

/** The sample tenant beside a file with these records, one a line. */
async function placeWith(...records: readonly Partial<GeneratedSignIn>[]): Promise<Workplace & { file: string }> {
  const place = workplace();
  const file = join(place.folder, 'signins.ndjson');
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await place.gsa('init');
  return { ...place, file };
}

const countsOf = async (place: Workplace, by: string) =>
  Object.fromEntries(
    ((await place.gsa(`logs -o json --count-by ${by}`)).json()['value'] as { value: string; count: number }[]).map(
      ({ value, count }) => [value, count],
    ),
  );

test.each([
  ['roles and groups stand in one line, the first by name', 'includeGroups', 'members of 12 groups: '],
  ['of a list of single facts the first, and how many more there are', 'includeLocations', '… and '],
])('gsa replay says what is not known without hiding it: %s', async (_, member, said) => {
  const place = await placeWith(...signIns(1));
  const ids = Array.from({ length: 12 }, (__, at) => `c0000000-0000-4000-8000-0000000000${10 + at}`);
  const value = ids.map((id, at) => ({
    id: `90000000-0000-4000-8000-0000000001${10 + at}`,
    displayName: `Policy ${at}`,
    state: 'enabled',
    conditions: {
      users: member === 'includeGroups' ? { includeGroups: [id] } : { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      ...(member === 'includeGroups' ? {} : { locations: { includeLocations: [id] } }),
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  }));
  writeFileSync(join(place.folder, 'policies.json'), JSON.stringify({ value }));
  // Whether the emergency accounts are reached is not known.
  expect((await place.gsa('import policies.json --force')).exitCode).toBe(0);
  const missing = (await place.gsa(['replay', place.file, '--dry-run', '-o', 'json'])).json()['missing'] as unknown[];
  const { stdout } = await place.gsa(['replay', place.file, '--dry-run']);
  expect(missing.length).toBeGreaterThan(10);
  expect(stdout).toContain(said);
  if (member !== 'includeGroups') expect(stdout).toContain(`… and ${missing.length - 10} more; -o json has them all`);
});

describe('gsa replay, what becomes of the log', () => {
  test('after a change of policies the same file is judged anew, and the log says what the screen says', async () => {
    const place = await placeWith(...signIns(100));
    const first = (await place.gsa(['replay', place.file, '-o', 'json'])).json();
    expect(first).toMatchObject({ replayed: 100, added: 100, judgedAnew: 0, alreadyLogged: 0, repeated: 0 });
    const again = (await place.gsa(['replay', place.file, '-o', 'json'])).json();
    expect(again).toEqual({ ...first, added: 0, alreadyLogged: 100 });

    await place.gsa(['policy', 'set-state', COUNTRIES, 'disabled']);
    const anew = (await place.gsa(['replay', place.file, '-o', 'json'])).json();
    expect(anew).toMatchObject({ replayed: 100, added: 0, judgedAnew: 100, alreadyLogged: 0 });
    expect(anew['outcomes']).not.toEqual(first['outcomes']);
    expect(anew['outcomes']).toMatchObject(await countsOf(place, 'result'));
    expect((await place.gsa(['logs', '--all', '-o', 'ndjson'])).stdout.trimEnd().split('\n')).toHaveLength(100);
  });

  test('a change of the tenant that changes no result leaves the log as it is', async () => {
    const place = await placeWith(...signIns(5));
    await place.gsa(['replay', place.file]);
    const before = (await place.gsa('logs --all -o json')).stdout;
    await place.gsa('tenant set --sign-in-log-delay 1m');
    const run = await place.gsa(['replay', place.file]);
    expect(run.stdout).toContain(
      '5 sign-ins read and judged with signaling enabled. In the log: 5 there already, with the same result.\n',
    );
    expect((await place.gsa('logs --all -o json')).stdout).toBe(before);
  });

  test('says how many were added, how many judged anew, and how many are as they were', async () => {
    const [one, two, three] = signIns(3);
    const place = await placeWith({ ...one }, { ...two });
    await place.gsa(['replay', place.file]);
    writeFileSync(
      place.file,
      [{ ...one, userDisplayName: 'Anew' }, two, three].map((each) => JSON.stringify(each)).join('\n'),
    );
    const run = await place.gsa(['replay', place.file]);
    expect(run.stdout.split('\n')[0]).toBe(
      '3 sign-ins read and judged with signaling enabled. In the log: 1 added, 1 replaced, judged anew, ' +
        '1 there already, with the same result.',
    );
    expect(run.stderr).toBe(
      '`gsa logs` shows what was logged, `gsa impact --from-logs` whom a switch of signaling would hit\n',
    );
  });

  test('the other signaling status has entries of its own', async () => {
    const place = await placeWith(...signIns(4));
    await place.gsa(['replay', place.file]);
    const run = await place.gsa(['replay', place.file, '--signaling', 'disabled', '-o', 'json']);
    expect(run.json()).toMatchObject({ added: 4, judgedAnew: 0, alreadyLogged: 0 });
    expect(await countsOf(place, 'signaling')).toEqual({ enabled: 4, disabled: 4 });
  });
});

describe('gsa replay, a sign-in that is there more than once', () => {
  test.each([[[]], [['--dry-run']]])('is replayed once and counted as repeated: %j', async (options) => {
    const [one, two] = signIns(2);
    const place = await placeWith({ ...one }, { ...two }, { ...one, id: one?.id.toUpperCase() ?? '' });
    const run = await place.gsa(['replay', place.file, place.file, '-o', 'json', ...options]);
    const { outcomes, ...counts } = run.json();
    expect(counts).toMatchObject({ read: 6, replayed: 2, repeated: 4 });
    expect(Object.values(outcomes as Record<string, number>).reduce((sum, count) => sum + count, 0)).toBe(2);
    expect((await place.gsa(['replay', place.file, ...options])).stdout).toContain(
      '1 repeats the id of a record before: each sign-in is replayed once',
    );
  });

  test('records without an id are no repeats of each other, even where all else is the same', async () => {
    const [{ id: _, originalRequestId: __, ...record } = { id: '', originalRequestId: '' }] = signIns(1);
    const place = await placeWith(record, record);
    const run = await place.gsa(['replay', place.file, '--dry-run', '-o', 'json']);
    expect(run.json()).toMatchObject({ read: 2, replayed: 2, repeated: 0 });
  });
});

describe('gsa replay, what it says there is to see', () => {
  test('nothing new is not called logged', async () => {
    const place = await placeWith(...signIns(2));
    await place.gsa(['replay', place.file]);
    const run = await place.gsa(['replay', place.file]);
    expect(run.stderr).toBe(
      'nothing was new to the log; `gsa logs` shows what it holds, `gsa impact --from-logs` whom a switch of signaling would hit\n',
    );
    expect((await place.gsa(['replay', place.file, '--dry-run'])).stderr).not.toMatch(/gsa logs|was logged/);
  });

  test('what retention removed at once is not called logged', async () => {
    const place = await placeWith(...signIns(2, { from: '2025-01-01T00:00:00Z' }));
    await place.gsa('tenant set --sign-in-log-retention 30');
    const run = await place.gsa(['replay', place.file]);
    expect(run.stderr).toBe(
      'all that was logged is older than the 30 days that the log keeps, and was removed again; ' +
        '`gsa tenant set --sign-in-log-retention <days|off>` keeps more\n',
    );
    expect((await place.gsa('logs')).stdout).toBe('The sign-in log is empty: `gsa replay <file>` fills it.\n');
  });
});

describe('gsa replay of a folder', () => {
  test('without a file says so, and not that its files hold nothing', async () => {
    const place = await placeWith();
    mkdirSync(join(place.folder, 'empty', 'below'), { recursive: true });
    writeFileSync(join(place.folder, 'empty', '.hidden'), '');
    const run = await place.gsa('replay empty');
    expect([run.exitCode, run.stdout]).toEqual([4, '']);
    expect(run.stderr).toContain(`the folder \`${join(place.folder, 'empty')}\` holds no file to read\n`);
    expect((await place.gsa('replay empty empty')).stderr).toContain('hold no file to read');
    writeFileSync(place.file, JSON.stringify(signIns(1)));
    expect((await place.gsa(['replay', 'empty', place.file])).exitCode).toBe(0);
  });

  test('that cannot be listed to its end is not called missing, and the place is named', async () => {
    const place = await placeWith();
    const name = 'x'.repeat(250);
    // Deeper than a path may be long: it can be made step by step, and not be listed from above.
    const deep = `for (let n = 0; n < 20; n++) { fs.mkdirSync('${name}'); process.chdir('${name}') }`;
    execFileSync(process.execPath, ['-e', deep], { cwd: place.folder });
    onTestFinished(() => void execFileSync('rm', ['-rf', name], { cwd: place.folder }));
    const run = await place.gsa(`replay ${name}`);
    expect([run.exitCode, run.stdout]).toEqual([4, '']);
    expect(run.stderr).toContain(`the folder \`${join(place.folder, name)}\` cannot be listed to its end\n`);
    expect(run.stderr).toMatch(/x\/x+: cannot be read \(ENAMETOOLONG\)\n/);
  });
});

test('who interrupts is told what is kept, and the same command goes on from there', async () => {
  const place = workplace();
  await place.gsa('init');
  const lines = Array.from({ length: 4_000 }, (_, at) =>
    JSON.stringify({
      id: `s${at}`,
      createdDateTime: '2026-01-14T08:00:00Z',
      userPrincipalName: 'joni.sherman@contoso.com',
      ipAddress: '203.0.113.25',
    }),
  );
  writeFileSync(join(place.folder, 'many.ndjson'), lines.join('\n'));
  const stop = new AbortController();
  setTimeout(() => stop.abort('SIGINT'), 0);
  const run = await place.gsa('replay many.ndjson', { interrupted: stop.signal });
  expect(run.exitCode).toBe(130);
  const kept = Number(/interrupted; (\d+) sign-ins? of this run/.exec(run.stderr)?.[1]);
  expect(run.stderr).toContain('the same command goes on');
  const again = (await place.gsa('replay many.ndjson -o json')).json();
  expect(again).toMatchObject({ read: 4_000, added: 4_000 - kept });
});
