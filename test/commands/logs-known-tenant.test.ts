import {
  chmodSync,
  copyFileSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandRun, Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const LIST = 'logs --user joni.sherman@contoso.com';
const SECURITY_READER = '5d6b6bb7-de71-4623-b4af-96380a352509';

const logOf = ({ tenant }: Workplace) => tenant.replace(/\.json$/, '.signins.db');

/** The tenant file written in place, as an editor may. */
function edit(place: Workplace, change: (document: Document) => void): void {
  const document = JSON.parse(place.bytes());
  change(document);
  writeFileSync(place.tenant, JSON.stringify(document));
}

interface Document {
  lineage: string;
  readonly tenant: {
    readonly settings: Record<string, unknown>;
    readonly users: Record<string, unknown>[];
    readonly roleAssignments: Record<string, unknown>[];
  };
}

/** Runs SQL on the log, as somebody might who can write it. */
function meddle(place: Workplace, sql: string): void {
  const database = new DatabaseSync(logOf(place));
  database.exec(sql);
  database.close();
}

function knownTo(place: Workplace): { readonly tenants: number; readonly names: number } {
  const database = new DatabaseSync(logOf(place), { readOnly: true });
  const count = (table: string) => Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']);
  try {
    return { tenants: count('known_tenant'), names: count('known_name') };
  } finally {
    database.close();
  }
}

/** What the log says to be hidden shows that its word was taken: the tenant itself hides nothing. */
const SAYS_NOTHING_SHOWS = `UPDATE known_tenant SET settings = json_set(settings, '$.signInLogDelayMinutes', 1e9)`;
const isHidden = (run: CommandRun) => run.stdout.includes('No sign-ins in the log match');

async function replay(place: Workplace, name: string): Promise<void> {
  const records = ['joni.sherman@contoso.com', 'adele.vance@contoso.com'].map((userPrincipalName, at) => ({
    id: `${name}-${at}`,
    createdDateTime: `2026-01-14T09:0${at}:00Z`,
    userPrincipalName,
    appId: '00000002-0000-0ff1-ce00-000000000000',
    ipAddress: '203.0.113.9',
  }));
  writeFileSync(join(place.folder, `${name}.ndjson`), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const { exitCode, stderr } = await place.gsa(['replay', `${name}.ndjson`, '--quiet']);
  expect([exitCode, stderr]).toEqual([0, '']);
}

/** Contoso with so much said of more people that it takes long to read, and a log that knows it. */
async function company(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  edit(place, ({ tenant }) => {
    for (let at = 0; at < 40; at++) {
      const userPrincipalName = `person${at}@contoso.com`;
      tenant.users.push({
        id: `person-${at}`,
        displayName: `Person ${at}`,
        userPrincipalName,
        notes: 'x'.repeat(30_000),
      });
    }
    tenant.roleAssignments.push({
      principalId: 'person-1',
      roleDefinitionId: SECURITY_READER,
      directoryScopeId: '/',
      status: 'active',
    });
  });
  await replay(place, 'first');
  expect(knownTo(place).tenants).toBe(1);
  return place;
}

// As if the process had begun ten seconds after the file was written: what has not lain for a while is not known.
beforeEach(() => {
  vi.spyOn(process, 'uptime').mockReturnValue(-10);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('what the log of a company knows of its tenant', () => {
  test('lets a list say what the whole tenant says, byte for byte, whoever is asked for and acts', async () => {
    const place = await company();
    const asked = [
      LIST,
      `${LIST} -o json`,
      'logs --limit 1',
      'logs --user JONI.SHERMAN@contoso.com --tail 1',
      'logs --user person-3',
      'logs --user person',
      'logs --user nobody@contoso.com',
      'logs --as person-1',
      'logs --as person2@contoso.com',
      'logs --as nobody@contoso.com',
      'logs --status blocked',
      'logs --policy CA001',
    ];
    const told = async () => {
      const runs: unknown[] = [];
      for (const words of asked) {
        const { exitCode, stdout, stderr } = await place.gsa(words);
        runs.push([words, exitCode, stdout, stderr]);
      }
      return runs;
    };
    const known = await told();
    meddle(place, 'DELETE FROM known_tenant; DELETE FROM known_name');
    expect(known).toEqual(await told());
  });

  test('is taken at its word as long as the very file lies there, and never again once anything was done to it', async () => {
    const ways: readonly ((place: Workplace) => void)[] = [
      ({ tenant }) => utimesSync(tenant, statSync(tenant).atime, statSync(tenant).mtime),
      ({ tenant }) => writeFileSync(tenant, readFileSync(tenant)),
      ({ tenant }) => {
        const { atime, mtime } = statSync(tenant);
        copyFileSync(tenant, `${tenant}.copy`);
        renameSync(`${tenant}.copy`, tenant);
        utimesSync(tenant, atime, mtime);
      },
    ];
    for (const way of ways) {
      const place = await company();
      meddle(place, SAYS_NOTHING_SHOWS);
      expect(isHidden(await place.gsa(LIST))).toBe(true);
      way(place);
      expect(isHidden(await place.gsa(LIST))).toBe(false);
    }
  });

  test('shows nothing to who has lost the right, nor to who never had it', async () => {
    const place = await company();
    expect((await place.gsa(`${LIST} --as person-1`)).exitCode).toBe(0);
    expect((await place.gsa(`${LIST} --as person-2`)).exitCode).toBe(5);
    edit(place, ({ tenant }) => tenant.roleAssignments.pop());
    expect(await place.gsa(`${LIST} --as person-1`)).toMatchObject({ exitCode: 5, stdout: '' });
    await replay(place, 'second');
    expect(await place.gsa(`${LIST} --as person-1`)).toMatchObject({ exitCode: 5, stdout: '' });
  });

  test('gives a person whose account is disabled no right', async () => {
    const place = await company();
    edit(place, ({ tenant }) => {
      for (const user of tenant.users) if (user['id'] === 'person-1') user['accountEnabled'] = false;
    });
    await replay(place, 'second');
    expect(knownTo(place).tenants).toBe(1);
    expect(await place.gsa(`${LIST} --as person-1`)).toMatchObject({ exitCode: 5, stdout: '' });
  });

  test('goes with every write to the log by a tenant that was changed a moment ago, names of people too', async () => {
    const place = await company();
    vi.spyOn(process, 'uptime').mockReturnValue(0);
    edit(place, ({ tenant }) => tenant.users.pop());
    await replay(place, 'second');
    expect(knownTo(place)).toEqual({ tenants: 0, names: 0 });
  });

  test('is read again at the end of a command that began soon after a change and took long', async () => {
    const place = await company();
    const { now } = Date;
    const later = vi.spyOn(Date, 'now').mockImplementation(() => now() + 10_000);
    vi.spyOn(process, 'uptime').mockReturnValue(10);
    edit(place, ({ tenant }) => tenant.users.pop());
    await replay(place, 'second');
    later.mockRestore();
    expect(knownTo(place).tenants).toBe(1);
    meddle(place, SAYS_NOTHING_SHOWS);
    expect(isHidden(await place.gsa(LIST))).toBe(true);
  });

  test('is never of another tenant, and hides no older copy of the log', async () => {
    const [place, other] = [await company(), await company()];
    const older = join(place.folder, 'older.db');
    copyFileSync(logOf(place), older);
    await replay(place, 'second');
    copyFileSync(older, logOf(place));
    expect((await place.gsa(LIST)).stderr).toContain('an older copy was put in its place');
    copyFileSync(logOf(other), logOf(place));
    expect(await place.gsa(LIST)).toMatchObject({
      exitCode: 4,
      stdout: '',
      stderr: expect.stringContaining('belongs to another tenant'),
    });
  });

  test('is no word at all where it is damaged, of another version, or of another log', async () => {
    const place = await company();
    const before = (await place.gsa(LIST)).stdout;
    const ways = [
      "UPDATE known_tenant SET form = 'gsa 0.0.1'",
      `${SAYS_NOTHING_SHOWS}, lineage = 'another'`,
      `${SAYS_NOTHING_SHOWS}, file = 'another'`,
      "UPDATE known_tenant SET settings = '{'",
      'UPDATE known_tenant SET settings = \'{"signInLogDelayMinutes":"never"}\'',
      "UPDATE known_tenant SET settings = x'00'",
      `${SAYS_NOTHING_SHOWS}; INSERT INTO known_tenant SELECT * FROM known_tenant`,
      "UPDATE known_name SET roles = '{}'",
      "UPDATE known_name SET roles = '[1]'",
      'DELETE FROM known_name',
      'DROP TABLE known_name',
      'DROP TABLE known_tenant; CREATE TABLE known_tenant (form TEXT)',
    ];
    const whole = readFileSync(logOf(place));
    for (const way of ways) {
      writeFileSync(logOf(place), whole);
      meddle(place, way);
      expect([way, await place.gsa(LIST)]).toMatchObject([way, { exitCode: 0, stdout: before }]);
    }
    writeFileSync(logOf(place), whole);
    truncateSync(logOf(place), 4096);
    expect(await place.gsa(LIST)).toMatchObject({ exitCode: 4, stdout: '' });
  });

  test('is read where nothing may be written, and by many at once beside a writer', async () => {
    const place = await company();
    const { stdout } = await place.gsa('logs --user adele.vance@contoso.com');
    const writer = new DatabaseSync(logOf(place));
    writer.exec('BEGIN IMMEDIATE');
    const runs = await Promise.all(Array.from({ length: 4 }, () => place.gsa('logs --user adele.vance@contoso.com')));
    writer.exec('ROLLBACK');
    writer.close();
    chmodSync(place.folder, 0o500);
    runs.push(await place.gsa('logs --user adele.vance@contoso.com'));
    chmodSync(place.folder, 0o700);
    for (const run of runs) expect(run).toMatchObject({ exitCode: 0, stdout });
  });
});
