import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

describe('the state of a policy', () => {
  test.each(['report-only', 'enabledForReportingButNotEnforced'])('%s is taken wherever a state is', async (state) => {
    const place = await contoso();
    await place.gsa(['policy', 'set-state', 'CA003 Block Finance outside trusted locations', state]);
    const listed = (await place.gsa(['policy', 'list', '--state', state, '-o', 'json'])).json()['value'];
    expect(listed).toContainEqual(
      expect.objectContaining({
        displayName: 'CA003 Block Finance outside trusted locations',
        state: 'enabledForReportingButNotEnforced',
      }),
    );
  });

  test.each(['policy list --state half', 'policy set-state CA003 half', 'policy restore CA003 --state half'])(
    '`gsa %s` names the states there are',
    async (words) => {
      const place = await contoso();
      const run = await place.gsa(words);
      expect([run.exitCode, run.stderr]).toEqual([
        2,
        'gsa: `half` is not a state of a policy\nhint: one of: enabled, disabled, report-only, on, off\n',
      ]);
    },
  );
});

describe('words that do not go together', () => {
  test.each([
    ['location add Branch 198.51.100.0/27 --unknown-countries', '--unknown-countries goes with --country'],
    ['location add Branch 198.51.100.0/27 --country NL', 'give either ranges or --country'],
    ['location add Branch --country NL,Holland', '`Holland` is not a country code'],
    ['whatif --user a --service-principal b', 'cannot be used with option'],
    ['whatif --user a --user-action registerdevice --app b', 'cannot be used with option'],
    ['whatif --user a --request body.json', 'cannot be used with option'],
    ['logs --all --limit 3', '`--all` and `--limit` do not go together'],
  ])('`gsa %s` is a usage error, also without a tenant', async (words, message) => {
    const run = await workplace().gsa(words);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(message);
  });
});

test('an address that maps to no country has none', async () => {
  const place = await contoso();
  const run = await place.gsa([
    ...['whatif', '--user', 'lee.gu@contoso.com', '--app', 'Office 365 Exchange Online'],
    ...['--source-ip', '198.51.100.7', '--country', 'none', '-o', 'json'],
  ]);
  expect(run.json()['seen']).toMatchObject({ ipAddress: '198.51.100.7', countryOrRegion: null });
});

test('a command that `gsa test` rehearses finds files beside the test file', async () => {
  const place = await contoso();
  mkdirSync(join(place.folder, 'tests'));
  await place.gsa('export tests/export');
  writeFileSync(
    join(place.folder, 'tests/export.gsatest.yaml'),
    `suite: the export can be read
tests:
  - name: import
    command: [import, export, --dry-run]
    expect: { exit: 0, tenant: unchanged }
  - name: check
    command: [check, export/policies.json]
    expect: { exit: 0 }
`,
  );
  const run = await place.gsa('test -o json');
  expect(run.json()['summary']).toMatchObject({ passed: 2, failed: 0, error: 0 });
});

test('the words so far are completed from the command that they name', async () => {
  const place = await contoso();
  const answers = async (...words: string[]) => (await place.gsa(['complete', '--', ...words])).stdout.split('\n');
  expect(await answers('policy', 'li')).toContain('list\tall policies');
  expect(await answers('policy', 'list', '--state', '')).toEqual(
    expect.arrayContaining(['enabled\t', 'disabled\t', 'report-only\t']),
  );
  expect(await answers('--tenant', 'other.json', 'impact', '--of', '')).toContain('signaling=disabled\t');
});
