import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

const FOREIGN: readonly (readonly [what: string, name: string, content: string | Buffer])[] = [
  ['an export of policies', 'mine.json', '{"@odata.context":"#identity/conditionalAccess/policies","value":[]}'],
  ['an array of sign-ins', 'signins.json', '[{"id":"x","createdDateTime":"2026-01-01T00:00:00Z"}]'],
  ['sign-ins, one a line', 'signins.ndjson', '{"id":"x"}\n{"id":"y"}\n'],
  ['a table', 'signins.csv', 'Date,User\n2026-01-01,ada@contoso.com\n'],
  ['a text in another encoding', 'old.csv', Buffer.from('Z\xfcrich', 'latin1')],
];

describe.each(FOREIGN)('--tenant with %s', (_, name, content) => {
  test.each(['policy list', 'signaling disable --no-input', 'tenant set --known users', 'undo', 'check'])(
    '`%s` says what it is for, and not how to replace it',
    async (words) => {
      const place = workplace();
      const file = join(place.folder, name);
      writeFileSync(file, content);
      const run = await place.gsa([...words.split(' '), '--tenant', file]);
      expect([run.exitCode, run.stdout]).toEqual([4, '']);
      for (const each of ['import', 'impact', 'replay']) expect(run.stderr).toContain(`gsa ${each} ${file}`);
      expect(run.stderr).not.toContain('--force');
      expect(readFileSync(file)).toEqual(Buffer.from(content));
    },
  );

  test('`init` does not offer to replace it', async () => {
    const place = workplace();
    const file = join(place.folder, name);
    writeFileSync(file, content);
    const run = await place.gsa(['init', '--tenant', file]);
    expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining('is no tenant file')]);
    expect(run.stderr).not.toContain('--force');
    expect(readFileSync(file)).toEqual(Buffer.from(content));
  });
});

describe('a file that was a tenant file', () => {
  test.each([
    ['with its journal beside it', '{"hello":"world"}', ['backups']],
    ['with its backups beside it', '{"hello":"world"}', ['audit.ndjson']],
    ['that is torn, with nothing beside it', '{"schemaVersion": 1, "serial"', ['backups', 'audit.ndjson']],
    ['that became empty, with nothing beside it', '', ['backups', 'audit.ndjson']],
    ['of a newer version, with nothing beside it', '{"schemaVersion":999,"tenant":{}}', ['backups', 'audit.ndjson']],
  ])('%s is brought back, or begun again and kept', async (_, content, gone) => {
    const place = workplace();
    await place.gsa('init --quiet');
    await place.gsa('tenant set --entra-id-plan P2');
    for (const each of gone) rmSync(`${place.tenant}.${each}`, { recursive: true, force: true });
    writeFileSync(place.tenant, content);
    const run = await place.gsa('policy list');
    const isThere = existsSync(`${place.tenant}.backups`);
    const way = isThere ? 'gsa tenant restore' : 'gsa init --force --tenant';
    expect([run.exitCode, run.stderr]).toEqual([4, expect.stringContaining(way)]);
  });
});

test.each(['policy list', 'signaling status', 'tenant set --known users'])(
  '`%s` with a folder as tenant says what names a file, and what takes a folder',
  async (words) => {
    const place = workplace();
    const folder = join(place.folder, 'export');
    mkdirSync(folder);
    const run = await place.gsa([...words.split(' '), '--tenant', folder]);
    expect([run.exitCode, run.stderr]).toEqual([4, expect.stringContaining('is a folder')]);
    expect(run.stderr).toContain(join(folder, 'tenant.json'));
    expect(run.stderr).toContain(`gsa import ${folder}`);
  },
);
