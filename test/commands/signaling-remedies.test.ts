import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { PROJECT } from '../support/terminal.ts';

const SIGN_INS = join(PROJECT, 'examples/contoso/signins.ndjson');
const ALL = ['CA003', 'CA004', 'CA005', 'CA006', 'CA007', 'CA008', 'CA009', 'CA010', 'CA012'];

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

/** How each dependent stands in the tenant file, by the beginning of its name. */
function statesIn(place: Workplace): Record<string, string> {
  const { tenant } = JSON.parse(place.bytes()) as { tenant: { policies: { displayName: string; state: string }[] } };
  const found = new Map(tenant.policies.map(({ displayName, state }) => [displayName.slice(0, 5), state]));
  return Object.fromEntries(ALL.map((name) => [name, found.get(name) ?? 'deleted']));
}

const REPORT_ONLY = 'enabledForReportingButNotEnforced';

describe('gsa signaling disable, told what to do with each policy', () => {
  test('three options together, each with names: every policy is done with as it was named, in one write', async () => {
    const place = await contoso();
    const run = await place.gsa(
      'signaling disable --yes --delete-policies CA003 CA007 --report-only-policies CA004,CA005,CA009 --keep-policies CA006 CA008 CA010 CA012',
    );
    expect(run.exitCode).toBe(0);
    expect(statesIn(place)).toEqual({
      CA003: 'deleted',
      CA007: 'deleted',
      CA004: REPORT_ONLY,
      CA005: REPORT_ONLY,
      CA009: REPORT_ONLY,
      CA006: 'enabled',
      CA008: 'enabled',
      CA010: 'enabled',
      CA012: 'enabled',
    });
    expect(JSON.parse(place.bytes()).serial).toBe(2);
    expect(run.stdout).toContain('they enforce on the proxy’s address');
  });

  test.each([
    ['--delete-policies CA003 --keep-policies', 'enabled'],
    ['--delete-policies CA003 --report-only-policies', REPORT_ONLY],
    ['--keep-policies --delete-policies CA003', 'enabled'],
  ])('%s: the option without names takes the rest', async (options, rest) => {
    const place = await contoso();
    expect((await place.gsa(`signaling disable --yes ${options}`)).exitCode).toBe(0);
    const { CA003: named, ...others } = statesIn(place);
    expect(named).toBe('deleted');
    expect(new Set(Object.values(others))).toEqual(new Set([rest]));
  });

  test('--delete-policies without names spares what is kept by name and what stops nobody newly', async () => {
    const place = await contoso();
    const run = await place.gsa('signaling disable --yes --delete-policies --keep-policies CA007 CA008');
    expect(run.exitCode).toBe(0);
    const deleted = Object.entries(statesIn(place)).flatMap(([name, state]) => (state === 'deleted' ? [name] : []));
    expect(deleted).toEqual(['CA003', 'CA005', 'CA012']);
  });

  test('one that no option names is named in the refusal, and nothing is written', async () => {
    const place = await contoso();
    const before = place.bytes();
    const run = await place.gsa('signaling disable --yes --delete-policies CA003 CA007 --keep-policies CA006');
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('CA012 Block Payroll Connector outside headquarters');
    expect(run.stderr).not.toContain('CA006');
    expect(place.bytes()).toBe(before);
  });

  test.each([
    ['--delete-policies CA003 --keep-policies ca003', 'is named by --delete-policies and by --keep-policies'],
    [
      '--report-only-policies CA004 --delete-policies CA004',
      'is named by --delete-policies and by --report-only-policies',
    ],
    ['--keep-policies --report-only-policies', 'both take every policy'],
  ])('%s is a usage error', async (options, message) => {
    const place = await contoso();
    const before = place.bytes();
    const run = await place.gsa(`signaling disable --yes ${options}`);
    expect([run.exitCode, place.bytes()]).toEqual([2, before]);
    expect(run.stderr).toContain(message);
  });
});

describe('gsa signaling disable --dry-run --save', () => {
  const SAVE = 'signaling disable --dry-run --delete-policies CA003 --report-only-policies --save plan.json';

  test('writes nothing but the plan, and gsa apply then makes just that', async () => {
    const place = await contoso();
    const before = place.bytes();
    const saved = await place.gsa(SAVE);
    expect([saved.exitCode, place.bytes()]).toEqual([0, before]);
    expect(saved.stderr).toContain('`gsa apply plan.json --yes` makes it');
    // Whoever can be asked is asked.
    expect((await place.gsa(SAVE, { answers: [] })).stderr).toContain('`gsa apply plan.json` makes it');
    expect((await place.gsa('apply plan.json --yes')).exitCode).toBe(0);
    const { CA003: named, ...others } = statesIn(place);
    expect(named).toBe('deleted');
    expect(new Set(Object.values(others))).toEqual(new Set([REPORT_ONLY]));
    expect((await place.gsa('signaling status -o json')).json()['signalingStatus']).toBe('disabled');
  });

  test('is refused by apply once the tenant has moved on, and on another tenant', async () => {
    const place = await contoso();
    await place.gsa(SAVE);
    await place.gsa('policy set-state CA004 disabled');
    const moved = place.bytes();
    const late = await place.gsa('apply plan.json --yes');
    expect([late.exitCode, place.bytes()]).toEqual([3, moved]);
    expect(late.stdout).toContain('made at serial 1');
    const other = await contoso();
    const bytes = other.bytes();
    writeFileSync(join(other.folder, 'plan.json'), readFileSync(join(place.folder, 'plan.json')));
    const foreign = await other.gsa('apply plan.json --yes');
    expect([foreign.exitCode, other.bytes()]).toEqual([3, bytes]);
    expect(foreign.stdout).toContain('lineage');
  });

  test('saves no plan that is refused, and wants --dry-run', async () => {
    const place = await contoso();
    expect((await place.gsa('signaling disable --dry-run --save plan.json')).exitCode).toBe(3);
    expect((await place.gsa('signaling disable --keep-policies --save plan.json')).exitCode).toBe(2);
    expect(() => readFileSync(join(place.folder, 'plan.json'))).toThrow(/ENOENT/);
  });
});

describe('what the log says of a switch, where it is warned', () => {
  /** Rows of the newly stopped by policy, as `gsa impact --from-logs` counts them. */
  async function forecastOf(place: Workplace) {
    const { value } = (await place.gsa('impact --from-logs -o json')).json() as {
      value: { by: string; class: string; id: string; interactive: number; certainlyStopped: number; users: number }[];
    };
    return value.filter(({ by }) => by === 'policy');
  }

  test('people and sign-ins are counted by policy, as gsa impact --from-logs counts them', async () => {
    const place = await contoso();
    await place.gsa(['replay', SIGN_INS]);
    const run = await place.gsa('signaling disable -o json');
    const { logged } = run.json() as { logged: { signIns: number; counted: { policies: object[] } } };
    expect(logged).toMatchObject({ signIns: 9, counted: { stopped: { signIns: 4, users: 4 }, unknown: 3 } });
    const stopping = (await forecastOf(place)).filter(
      (row) => row.class === 'newlyBlocked' || row.certainlyStopped > 0,
    );
    expect(logged.counted.policies).toMatchObject(
      stopping.map((row) => ({
        id: row.id,
        class: row.class,
        signIns: row.class === 'unknown' ? row.certainlyStopped : row.interactive,
      })),
    );
    expect((await place.gsa('signaling disable')).stdout).toContain(
      'Of 9 sign-ins in the log (2026-01-14): 4 would be stopped, of 4 people; 3 cannot be told. gsa impact --from-logs',
    );
  });

  test('is shown before the question too', async () => {
    const place = await contoso();
    await place.gsa(['replay', SIGN_INS]);
    const run = await place.gsa('signaling disable', { answers: ['cancel'], columns: 120 });
    expect(stripVTControlCharacters(run.stderr).replace(/\s+/g, ' ')).toContain('4 would be stopped, of 4 people');
  });

  test('without a log the way to ask is named', async () => {
    const place = await contoso();
    const run = await place.gsa('signaling disable');
    expect(run.stdout).toContain('gsa impact <sign-ins>');
    expect((await place.gsa('signaling disable -o json')).json()['logged']).toBeNull();
  });
});

test.each(['signaling status', 'signaling disable --help', 'demo', 'signaling disable'])(
  'gsa %s names gsa impact',
  async (line) => {
    const place = await contoso();
    const run = await place.gsa(line);
    expect(run.stdout + run.stderr).toContain('gsa impact');
  },
);
