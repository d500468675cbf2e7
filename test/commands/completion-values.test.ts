import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TABLE_COLUMNS } from '../../src/commands/complete/values.ts';
import { offeredFormats } from '../../src/output/format.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

let place: Workplace;
const clean: (() => void)[] = [];
beforeAll(async () => {
  place = workplace((remove) => clean.push(remove));
  await place.gsa('init');
  await place.gsa('policy delete CA003 --yes');
  await place.gsa('location add Spare 192.0.2.0/28');
  await place.gsa('location remove Spare --yes');
});
afterAll(() => {
  for (const remove of clean) remove();
});

/** What stands behind the cursor after these words, the last one unfinished. */
async function offered(...words: string[]): Promise<readonly string[]> {
  const { stdout } = await place.gsa(['complete', '--', ...words]);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '')
    .filter((value) => !/^:\d+$/.test(value));
}

describe('values stand where the Tab key is pressed', () => {
  test.each<[readonly string[], readonly string[]]>([
    [
      ['impact', '-o', 'git'],
      ['github', 'gitlab'],
    ],
    [['policy', 'list', '--output', 'j'], ['json']],
    [['policy', 'list', '--columns', 'po'], ['policy']],
    [
      ['logs', '--columns', 'time,us'],
      ['time,user', 'time,userPrincipalName', 'time,userId'],
    ],
    [['logs', '--count-by', 'user,outc'], ['user,outcome']],
    [['logs', '--sort', 'ti'], ['time']],
    [['logs', '--status', 'bl'], ['blocked']],
    [['logs', '--through-gsa', 'u'], ['unknown']],
    [['logs', '--since', 'y'], ['yesterday']],
    [['impact', '--fail-on', 'stopped,newlyB'], ['stopped,newlyBlocked']],
    [['explain', 'GSA001'], ['GSA001']],
    [['--as', 'joni'], ['joni.sherman@contoso.com']],
    [['whatif', '--user', 'joni'], ['joni.sherman@contoso.com']],
    [['whatif', '--app', 'Contoso E'], ['Contoso Expenses']],
    [['user', 'show', 'joni'], ['joni.sherman@contoso.com']],
    [['role', 'show', 'Global R'], ['Global Reader']],
    [
      ['tenant', 'set', '--default-administrator', 'n'],
      ['nestor.wilke@contoso.com', 'none'],
    ],
    [['policy', 'restore', ''], ['CA003 Block Finance outside trusted locations']],
    [['location', 'restore', ''], ['Spare']],
    [['location', 'trust', ''], ['Visitor network']],
    [['location', 'untrust', 'Head'], ['Headquarters']],
    [['policy', 'set-state', 'CA004', 'rep'], ['report-only']],
    [['policy', 'show', 'CA003'], []],
    [
      ['signaling', 'disable', '--delete-policies', 'CA007'],
      ['CA007 Require the compliant network for Contoso Expenses'],
    ],
    [
      [
        'signaling',
        'disable',
        '--delete-policies',
        'CA007 Require the compliant network for Contoso Expenses',
        'CA012',
      ],
      ['CA012 Block Payroll Connector outside headquarters'],
    ],
    [['signaling', 'disable', '--keep-policies', 'CA014'], []],
  ])('gsa %j', async (words, values) => {
    expect(await offered(...words)).toEqual(values);
  });

  test('a format is offered where the command has it, and nowhere else', async () => {
    expect(await offered('init', '-o', '')).toEqual(offeredFormats([]));
    expect(await offered('check', '-o', '')).toEqual(offeredFormats(['lists', 'pipelines', 'html']));
  });

  test('columns are those of the tables', async () => {
    for (const [words, columns] of Object.entries(TABLE_COLUMNS)) {
      const { stdout } = await place.gsa([...words.split(' '), '-o', 'csv']);
      expect([words, stdout.split('\n')[0]]).toEqual([words, columns.join(',')]);
    }
  });
});
