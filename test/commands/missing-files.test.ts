import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

const SIGN_INS = 'give files or folders with exported sign-ins';
const TENANTS = 'name a tenant file of gsa, a backup, or a file or folder';
const EXPORTS = '`gsa import --requests` prints the commands that export a tenant';

/** Every argument and option that names a file to be read, with the hint that tells what would have been one. */
const READERS: readonly (readonly [line: string, hint: string])[] = [
  ['apply no.file', '`gsa signaling disable --dry-run --save <plan>` writes one'],
  ['check certificate no.file', '`gsa impact --all --certificate <file>` writes one'],
  ['check --baseline no.file', 'name the baseline'],
  ['check no.file', EXPORTS],
  ['import no.file', EXPORTS],
  ['import no.file/policies.json', EXPORTS],
  ['import --kind policies no.file', EXPORTS],
  ['policy diff no.file tenant.json', TENANTS],
  ['policy diff tenant.json no.file', TENANTS],
  ['impact --all --with no.file', TENANTS],
  ['impact --all --against no.file', TENANTS],
  ['impact signins.ndjson --against no.file', 'name another tenant file of gsa'],
  ['impact no.file', SIGN_INS],
  ['impact signins.ndjson no.file', SIGN_INS],
  ['impact signins.ndjson --gsa-traffic no.file', 'give the traffic log of Global Secure Access'],
  ['impact signins.ndjson --countries no.file', 'give a country database'],
  ['replay no.file', SIGN_INS],
  ['replay signins.ndjson --gsa-traffic no.file', 'give the traffic log of Global Secure Access'],
  ['replay signins.ndjson --countries no.file', 'give a country database'],
  ['test no.file', '*.gsatest.yaml'],
  ['test generate no.file', SIGN_INS],
  ['whatif --from no.file', 'each further line is a question'],
  ['whatif --request no.file', 'the body of the request'],
  ['tenant restore no.file', '`gsa tenant backups` lists them'],
];

describe('a file that is not there', () => {
  for (const [line, hint] of READERS) {
    test(`gsa ${line}: the hint says what to name instead`, async () => {
      const place = workplace();
      await place.gsa('init');
      writeFileSync(join(place.folder, 'signins.ndjson'), '{"id":"1","ipAddress":"203.0.113.9"}\n');
      const { exitCode, stdout, stderr } = await place.gsa(line);
      expect([exitCode, stdout]).toEqual([4, '']);
      expect(stderr).toContain('no.file');
      expect(stderr.split('\n').find((each) => each.startsWith('hint: '))).toContain(hint);
    });
  }
});

test('a folder in which a file is broken still says how the good ones are taken', async () => {
  const place = workplace();
  await place.gsa('init');
  writeFileSync(join(place.folder, 'broken.json'), '{"value": [');
  writeFileSync(join(place.folder, 'namedLocations.json'), '{"value": []}');
  expect((await place.gsa('import broken.json no.file namedLocations.json')).stderr).toContain(
    'take the good ones with --keep-going',
  );
});
