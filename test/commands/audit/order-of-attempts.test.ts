import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { workplace } from '../../support/in-process.ts';

const READER = 'lee.gu@contoso.com';

/** A write `W` of the tenant, or an attempt `D` of somebody who may not, each at the same moment. */
async function done(steps: string, times?: (at: number) => string) {
  const place = workplace();
  await place.gsa('init --quiet');
  const made: string[] = [];
  for (const [at, step] of [...steps].entries()) {
    const clock = times === undefined ? [] : ['--now', times(at)];
    const words = ['location', 'add', `Place ${at}`, `203.0.113.${at}/32`, '--yes', ...clock];
    const { exitCode } = await place.gsa(step === 'W' ? words : [...words, '--as', READER]);
    expect(exitCode).toBe(step === 'W' ? 0 : 5);
    made.push(step === 'W' ? `Place ${at}` : `gsa ${words.join(' ')} --as ${READER}`);
  }
  return { place, made };
}

async function told(place: ReturnType<typeof workplace>): Promise<readonly string[]> {
  const { value } = (await place.gsa('audit -o json')).json() as unknown as {
    value: { targetResources: { displayName: string }[]; activityDisplayName: string }[];
  };
  return value
    .filter(({ activityDisplayName }) => activityDisplayName === 'Denied' || activityDisplayName.includes('location'))
    .map(({ targetResources }) => targetResources.map(({ displayName }) => displayName).join());
}

describe('attempts that were denied stand among the changes as they came, the last first', () => {
  test.each(['DW', 'WD', 'DWW', 'WDW', 'DDWDWWD', 'WWWDDD'])('where the clock stands still: %s', async (steps) => {
    const { place, made } = await done(steps);
    const shown = (await told(place)).map((each) =>
      made.findIndex((one) => one.replaceAll(/['"]/g, '') === each.replaceAll(/['"]/g, '')),
    );
    expect(shown).toEqual(made.map((_, at) => at).reverse());
  });

  test('where the clock was put back', async () => {
    const { place } = await done('WDW', (at) => `2026-01-15T0${9 - at}:00:00Z`);
    expect((await told(place)).map((each) => /Place \d/.exec(each)?.[0])).toEqual(['Place 2', 'Place 1', 'Place 0']);
  });

  test('by their times where an earlier version kept them without a serial', async () => {
    const { place } = await done('WDW', (at) => `2026-01-15T1${at}:00:00Z`);
    const file = `${place.tenant}.denied.ndjson`;
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.every((line) => line.includes('"serial":'))).toBe(true);
    writeFileSync(file, lines.map((line) => `${line.replace(/,"serial":\d+/, '')}\n`).join(''));
    expect((await told(place)).map((each) => /Place \d/.exec(each)?.[0])).toEqual(['Place 2', 'Place 1', 'Place 0']);
  });
});
