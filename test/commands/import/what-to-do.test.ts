import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../../support/in-process.ts';

const SIGN_IN = {
  id: '11111111-1111-4111-8111-111111111111',
  createdDateTime: '2026-01-10T08:00:00Z',
  userPrincipalName: 'joni@contoso.com',
  appId: '00000003-0000-0000-c000-000000000000',
  ipAddress: '203.0.113.9',
};
const FILES = {
  'users.json': JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
    value: [{ id: 'a0000000-0000-4000-8000-000000000001', displayName: 'Ada', userPrincipalName: 'ada@contoso.com' }],
  }),
  'cut.json': '{"value": [',
  'cut2.json': '{"value"',
  'signins.json': JSON.stringify({ value: [SIGN_IN] }),
  'signins.ndjson': `${JSON.stringify(SIGN_IN)}\n${JSON.stringify(SIGN_IN)}\n`,
  'm365dsc.json': JSON.stringify([
    {
      ResourceName: 'AADNamedLocationPolicy',
      ResourceInstanceName: 'HQ',
      OdataType: '#microsoft.graph.ipNamedLocation',
    },
    { ResourceName: 'AADGroup', Ensure: 'Present', DisplayName: 'Finance' },
  ]),
  'page.html': '<!doctype html><html></html>',
};
const NAME_EXPORTS = /^hint: name files or folders of an export; /m;

async function refused(...names: readonly string[]): Promise<string> {
  const place = workplace();
  await place.gsa('init --empty --quiet');
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(place.folder, name), text);
  const { exitCode, stderr } = await place.gsa(['import', ...names]);
  expect(exitCode).toBe(4);
  return stderr;
}

describe('an import that is refused says what can be done', () => {
  test.each([
    [['cut.json'], 'hint: mend it\n'],
    [['cut.json', 'users.json'], 'hint: mend it, or take the good ones with --keep-going\n'],
    [['cut.json', 'cut2.json'], 'hint: mend them\n'],
    [['cut.json', 'cut2.json', 'users.json'], 'hint: mend them, or take the good ones with --keep-going\n'],
    [['cut.json', 'page.html'], 'hint: mend them, leave out what is no export\n'],
    [['signins.ndjson', 'users.json'], 'hint: leave it out, or take the good ones with --keep-going\n'],
    [['signins.json', 'page.html', 'users.json'], 'hint: leave them out, or take the good ones with --keep-going\n'],
  ])('of %j', async (names, hint) => {
    expect(await refused(...names)).toContain(hint);
  });

  test.each([
    [['signins.ndjson']],
    [['signins.json']],
    [['m365dsc.json']],
    [['page.html']],
    [['page.html', 'signins.json']],
  ])('and asks nobody to mend %j, which is no export', async (names) => {
    const said = await refused(...names);
    expect(said).toMatch(NAME_EXPORTS);
    expect(said).not.toContain('mend');
  });

  test('and of a tenant file, how it is named', async () => {
    const place = workplace();
    await place.gsa('init --empty --quiet');
    writeFileSync(join(place.folder, 'other.json'), place.bytes());
    const { exitCode, stderr } = await place.gsa('import other.json');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('is a tenant file of gsa, not an export: name it with --tenant');
    expect(stderr).toMatch(NAME_EXPORTS);
  });

  test('and of a file that is too large, how large and who reads sign-ins', async () => {
    const place = workplace();
    await place.gsa('init --empty --quiet');
    const file = join(place.folder, 'signins.ndjson');
    writeFileSync(file, '{}\n');
    truncateSync(file, 70 * 1024 * 1024);
    const { exitCode, stderr } = await place.gsa(['import', file]);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(
      'has 70 MB, more than the 64 MB that one file of an export may have; sign-ins are for `gsa replay`',
    );
    expect(stderr).not.toContain('mend');
  });

  test('and of sign-ins, who reads them', async () => {
    expect(await refused('signins.ndjson')).toContain('is a sign-in log: give it to `gsa replay`');
  });
});
