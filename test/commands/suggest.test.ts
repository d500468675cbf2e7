import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SuggestionReport } from '../../src/output/reports/proof/suggestion.ts';
import { workplace } from '../support/in-process.ts';

async function contoso() {
  const place = workplace();
  await place.gsa('init');
  return place;
}

describe('gsa signaling disable --suggest', () => {
  test.each([
    '--budget people=1',
    '--keep-policies',
    '--report-only-policies CA007',
    '--delete-policies',
    '--save plan.json',
  ])('refuses %s, of which nobody would hear as nothing is switched', async (option) => {
    const { gsa, bytes } = await contoso();
    const untouched = bytes();
    const refused = await gsa(`signaling disable --suggest --apply --yes ${option}`);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(`${option.split(' ')[0]} and --suggest at once`);
    expect(bytes()).toBe(untouched);
  });

  test('gives edits after which the switch is proved to stop nobody newly, as a file to import', async () => {
    const { gsa, bytes } = await contoso();
    const untouched = bytes();
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(1);
    const report = (await gsa('signaling disable --suggest fix.json -o json')).json() as unknown as SuggestionReport;
    expect(report.edits.length).toBeGreaterThan(3);
    expect(bytes()).toBe(untouched);
    expect((await gsa('import fix.json')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(0);
  });

  test('needs every edit: without any of them somebody is newly stopped', async () => {
    const { gsa, folder } = await contoso();
    await gsa('signaling disable --suggest fix.json');
    const objects = JSON.parse(readFileSync(join(folder, 'fix.json'), 'utf8')) as {
      readonly id: string;
      readonly conditions?: object;
    }[];
    const { writeFileSync } = await import('node:fs');
    for (const left of objects.filter(({ conditions }) => conditions !== undefined)) {
      writeFileSync(join(folder, 'less.json'), JSON.stringify(objects.filter((object) => object !== left)));
      const run = await gsa('impact --all --with less.json --of signaling=disabled --fail-on stopped');
      expect(run.exitCode).toBe(1);
    }
  });

  test('names what the edits open: whoever comes from behind the shared egress', async () => {
    const { gsa } = await contoso();
    const report = (await gsa('signaling disable --suggest -o json')).json() as unknown as SuggestionReport;
    for (const { opens } of report.edits)
      expect(opens.map(({ from }) => from.join()).join()).toMatch(/behind the shared egress/);
    expect(report.opens.length).toBeGreaterThan(0);
  });

  test('--apply makes the edits as an ordinary change that can be undone, and leaves signaling on', async () => {
    const { gsa } = await contoso();
    expect((await gsa('signaling disable --suggest --apply --dry-run')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(1);
    expect((await gsa('signaling disable --suggest --apply --yes')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(0);
    expect((await gsa('signaling status -o json')).json()).toMatchObject({ signalingStatus: 'enabled' });
    expect((await gsa('undo --yes')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(1);
  });

  test('says so where nothing has to be mended', async () => {
    const { gsa } = await contoso();
    await gsa('signaling disable --keep-policies');
    expect((await gsa('signaling disable --suggest')).stdout).toMatch(/^Nothing to mend/m);
  });
});

describe('gsa signaling disable --budget', () => {
  test('refuses when more people than that may be newly stopped, and writes nothing', async () => {
    const { gsa, bytes } = await contoso();
    const before = bytes();
    const refused = await gsa('signaling disable --keep-policies --budget people=5');
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toMatch(/17 people may be newly stopped/);
    expect(bytes()).toBe(before);
    expect((await gsa('signaling disable --keep-policies --budget people=17')).exitCode).toBe(0);
  });

  test('counts whom the switch stops once policies are treated, and not those who are let go', async () => {
    const { gsa } = await contoso();
    const treated = 'signaling disable --report-only-policies --yes --dry-run';
    expect((await gsa(`${treated} --budget people=0`)).exitCode).toBe(0);
    const partly = [
      '--report-only-policies',
      'CA003 Block Finance outside trusted locations',
      '--keep-policies',
      '--yes',
    ];
    const run = await gsa(['signaling', 'disable', ...partly, '--dry-run', '--budget', 'people=0']);
    expect([run.exitCode, run.stderr]).toEqual([3, expect.not.stringContaining('  CA003')]);
  });

  test('tells nobody whom it would stop who may not switch at all', async () => {
    const { gsa } = await contoso();
    const refused = await gsa('signaling disable --keep-policies --budget people=0 --as joni.sherman@contoso.com');
    expect([refused.exitCode, refused.stderr]).toEqual([5, expect.not.stringContaining('newly stopped')]);
  });

  test('a plan tells how many people it may newly stop', async () => {
    const { gsa } = await contoso();
    expect((await gsa('signaling disable --keep-policies --dry-run')).stderr).toMatch(/17 people may be newly stopped/);
  });
});
