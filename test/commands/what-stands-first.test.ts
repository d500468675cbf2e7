import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

async function contoso() {
  const place = workplace();
  await place.gsa('init --quiet');
  return place;
}

type Row = { displayName: string; onDisable: { effects: string[] }; onEnable: { effects: string[] } };

describe('policy dependencies shows what a switch would change above what it leaves as it is', () => {
  test.each([
    ['CA000 Zuerst', 'CA001 Auch'],
    ['AA', 'ZZ'],
    ['CA003 A', 'CA012 Z'],
  ])('whatever the others are called: %s, %s', async (...names) => {
    const place = await contoso();
    const file = JSON.parse(readFileSync(place.tenant, 'utf8'));
    const idle = file.tenant.policies.filter(({ state }: { state: string }) => state === 'disabled');
    const copy = (name: string, at: number) => ({
      ...idle[0],
      id: `99999999-0000-4000-8000-00000000000${at}`,
      displayName: name,
    });
    file.tenant.policies = [...names.map(copy), ...file.tenant.policies];
    writeFileSync(place.tenant, JSON.stringify(file));
    const { value } = (await place.gsa('policy dependencies -o json')).json() as unknown as { value: Row[] };
    const { stdout } = await place.gsa('policy dependencies -o tsv --columns policy --no-headers');
    const shown = stdout.trimEnd().split('\n');
    const isEnforcing = ({ onDisable, onEnable }: Row) =>
      [...onDisable.effects, ...onEnable.effects].some((effect) => effect !== 'none' && effect !== 'logOnly');
    const namesOf = (rows: readonly Row[]) => rows.map(({ displayName }) => displayName);
    expect(shown).toEqual([
      ...namesOf(value.filter(isEnforcing)),
      ...namesOf(value.filter((row) => !isEnforcing(row))),
    ]);
    expect(shown.indexOf(names[0] ?? '')).toBeGreaterThan(shown.findIndex((each) => each.startsWith('CA012 Block')));
  });
});

describe('history and audit name the objects of an undo, and not what was undone', () => {
  test.each([
    ['one policy', 'policy set-state CA002 disabled --yes', ['CA002 Block legacy authentication']],
    [
      'two policies',
      'policy set-state CA001 CA002 disabled --yes',
      ['CA001 Require MFA for administrators', 'CA002 Block legacy authentication'],
    ],
    ['a location', 'location add Branch 203.0.113.77/32', ['Branch']],
  ])('of %s', async (_name, change, objects) => {
    const place = await contoso();
    expect((await place.gsa(change)).exitCode).toBe(0);
    expect((await place.gsa('undo --yes')).exitCode).toBe(0);
    const [undo] = (await place.gsa('history -o json')).json()['value'] as { targets: string[]; undoes: string }[];
    expect(undo?.undoes).toBeDefined();
    expect(undo?.targets.toSorted()).toEqual(objects);
    const { stdout } = await place.gsa('audit -o tsv --columns activity,target --no-headers --limit 1');
    const [activity, target] = stdout.trimEnd().split('\t');
    expect([activity, target?.split(', ').sort()]).toEqual(['Undo change', objects]);
  });
});
