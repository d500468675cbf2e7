import { describe, expect, test } from 'vitest';
import type { CommandRun } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import type { FidelityRow } from './fidelity-rows.ts';
import { prepareCommandRow, readFidelityRows, runSignInRow, wordsOf } from './fidelity-rows.ts';

const rows = readFidelityRows();

describe.skipIf(rows === undefined)('the cases from the documents beside the repository', () => {
  if (rows === undefined) return;
  const given = rows;
  const titled = (kind: FidelityRow['kind']) =>
    rows.cases.filter((row) => row.kind === kind).map((row) => [`${row.id}: ${row.title}`, row] as const);

  test.each(titled('signIn'))('%s', async (_, row) => {
    const run = await runSignInRow(workplace(), rows, row);
    expect(run.exitCode === 0 ? '' : `${run.stdout}${run.stderr}`).toBe('');
  });

  test.each(titled('cli'))('%s', (_, row) => holds(row));

  async function holds(row: FidelityRow): Promise<void> {
    const place = workplace();
    await prepareCommandRow(place, given, row);
    const args = wordsOf(row.command ?? '');
    if ('has' in row.expected) await place.gsa(['signaling', 'disable', '--force', '--no-input']);
    const before = place.bytes();
    const plain = await place.gsa(args, { now: '2026-11-29T09:00:00Z' });
    const json = args.includes('-o')
      ? plain
      : await place.gsa([...args, '-o', 'json'], { now: '2026-11-29T09:00:00Z' });
    for (const [what, wanted] of Object.entries(row.expected))
      READINGS[what]?.(wanted, plain, json, before === place.bytes());
    expect(Object.keys(row.expected).filter((what) => READINGS[what] === undefined)).toEqual([]);
  }
});

type Reading = (wanted: unknown, plain: CommandRun, json: CommandRun, isUnchanged: boolean) => void;

const classOf = (run: CommandRun, name: string) => {
  const classes = run.json()['classes'] as readonly Record<string, unknown>[];
  const found = classes.find((each) => each['class'] === name);
  return Number(found?.['interactive']) + Number(found?.['nonInteractive']) + Number(found?.['workload']);
};
const outcomesOf = (run: CommandRun) => run.json()['outcomes'] as Record<string, number>;

/** Every member of `expected` that a row may have, and what it asks of the command's answer. */
const READINGS: Readonly<Record<string, Reading>> = {
  newlyBlocked: (wanted, _, json) => expect(classOf(json, 'newlyBlocked')).toBe(wanted),
  unknown: (wanted, _, json) => expect(classOf(json, 'unknown')).toBe(wanted),
  blocked: (wanted, _, json) => expect(outcomesOf(json)['blocked']).toBe(wanted),
  granted: (wanted, _, json) => expect(outcomesOf(json)['granted']).toBe(wanted),
  outcome: (wanted, _, json) => expect([wanted].flat()).toContain(json.json()['outcome']),
  exit: (wanted, plain) => expect(plain.exitCode).toBe(wanted),
  has: (wanted, plain) => expect(plain.stdout).toContain(String(wanted).split('.').at(-1)),
  mentions: (wanted, plain) => expect(`${plain.stdout}${plain.stderr}`).toContain(wanted),
  tenant: (wanted, _, __, isUnchanged) => expect(isUnchanged).toBe(wanted === 'unchanged'),
  warns: (_, plain) => expect(`${plain.stdout}${plain.stderr}`).toMatch(/warning|read-only/i),
  messageSays: (wanted, plain) => {
    for (const phrase of String(wanted).split('; ')) expect(plain.stdout.replace(/\s+/g, ' ')).toContain(phrase);
  },
};
