import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandOptions, Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

async function contoso(): Promise<Workplace & { at(name: string): string }> {
  const place = workplace();
  await place.gsa('init --quiet');
  return { ...place, at: (name) => join(place.folder, name) };
}

/** The disk behind stdout is full. */
const FULL: CommandOptions = {
  onStdout: () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC', errno: -28, syscall: 'write' });
  },
};

describe('where the output cannot be written after a change, the error says that the change was made', () => {
  const CANNOT = 'cannot write the output: no space left on device (ENOSPC)';

  test.each([
    ['signaling disable --keep-policies', 'the change was made (serial 2)'],
    ['location add Branch 198.51.100.0/24', 'the change was made (serial 2)'],
    ['import policies.json --merge', 'the change was made (serial 2)'],
    ['init --force', 'the change was made (serial 1)'],
    ['tenant restore backup.json --yes', 'the change was made (serial 2)'],
    ['export out', 'the files were written'],
    ['replay signins.ndjson', 'the sign-ins are in the log'],
    ['test generate signins.ndjson', 'the file was written'],
  ])('gsa %s', async (line, wrote) => {
    const { at, gsa, bytes } = await contoso();
    writeFileSync(at('backup.json'), bytes().replace('"Contoso"', '"Fabrikam"'));
    writeFileSync(
      at('policies.json'),
      JSON.stringify({ value: [{ ...JSON.parse(bytes()).tenant.policies[0], displayName: 'Another name' }] }),
    );
    writeFileSync(
      at('signins.ndjson'),
      JSON.stringify({
        id: 'd0000000-0000-4000-8000-000000000001',
        createdDateTime: '2026-01-01T00:00:00Z',
        userPrincipalName: 'joni.sherman@contoso.com',
        ipAddress: '203.0.113.5',
        clientAppUsed: 'Browser',
      }),
    );
    const { exitCode, stderr } = await gsa(line, FULL);
    expect([exitCode, stderr]).toEqual([4, `gsa: ${CANNOT}; ${wrote}\n`]);
  });

  test('a change that was made is said in the JSON of the error too', async () => {
    const { gsa } = await contoso();
    const { stderr } = await gsa('signaling disable --keep-policies -o json', FULL);
    expect(JSON.parse(stderr).error.message).toBe(`${CANNOT}; the change was made (serial 2)`);
  });

  test.each(['policy list', 'signaling disable --keep-policies --dry-run'])(
    'gsa %s changed nothing and says nothing of it',
    async (line) => {
      const { gsa } = await contoso();
      expect((await gsa(line, FULL)).stderr).toBe(`gsa: ${CANNOT}\n`);
    },
  );
});

describe('an option takes one value, and leaves the word behind it to the command', () => {
  test('gsa export --kind policies out', async () => {
    const { at, gsa } = await contoso();
    expect((await gsa('export --kind policies out')).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(at('out/policies.json'), 'utf8')).value).toHaveLength(14);
    const several = await gsa('export --kind policies,users --kind groups other -o json');
    expect(JSON.stringify(several.json())).toMatch(/policies.+users/s);
    expect(JSON.stringify(several.json())).not.toContain('amedLocations');
    expect((await gsa('export --kind policies,nothing out')).exitCode).toBe(2);
  });

  test('gsa replay --gsa-traffic traffic.json signins.ndjson', async () => {
    const { gsa } = await contoso();
    const { stderr } = await gsa('replay --gsa-traffic traffic.json signins.ndjson');
    expect(stderr).toMatch(/there is no `.*traffic\.json`/);
  });

  test('gsa location add --country DE,AT --country CH DACH', async () => {
    const { gsa } = await contoso();
    await gsa('location add --country DE,AT --country CH DACH');
    const { stdout } = await gsa('location show DACH -o json --query location.countriesAndRegions');
    expect(JSON.parse(stdout)).toEqual(['DE', 'AT', 'CH']);
  });

  test('gsa whatif --satisfied mfa --device trustType=AzureAD --device isCompliant=true', async () => {
    const { gsa } = await contoso();
    const line = 'whatif --user joni.sherman@contoso.com --satisfied mfa,compliantDevice';
    expect(
      (
        await gsa([
          ...line.split(' '),
          '--app',
          'Office 365 Exchange Online',
          '--device',
          'trustType=AzureAD',
          '--device',
          'isCompliant=true',
        ])
      ).exitCode,
    ).toBe(0);
    expect((await gsa(`${line} --satisfied nothing`)).exitCode).toBe(2);
  });
});

describe('help and hints can be typed as they stand', () => {
  test('policy restore has one word for report-only', async () => {
    const { stdout } = await workplace().gsa('policy restore --help');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('enabled, disabled or report-only (default: report-only)');
    expect(stdout).not.toContain('enabledForReporting');
  });

  test('what a deletion says of coming back names the policy', async () => {
    const { gsa } = await contoso();
    const deleted = await gsa(['policy', 'delete', 'CA001 Require MFA for administrators', '--yes']);
    const restore = ['policy', 'restore', 'CA001 Require MFA for administrators'];
    expect(deleted.stderr).toContain("`gsa policy restore 'CA001 Require MFA for administrators'`");
    expect((await gsa(restore)).exitCode).toBe(0);
    expect((await gsa('signaling disable --delete-policies --yes')).stderr).toContain('`gsa policy restore <policy>`');
  });

  test('tenant restore speaks of the backup that is not there', async () => {
    const { gsa, bytes } = await contoso();
    const before = bytes();
    const { exitCode, stderr } = await gsa('tenant restore nofile');
    expect([exitCode, stderr]).toEqual([
      4,
      expect.stringMatching(/^gsa: there is no backup `nofile`\nhint: `gsa tenant backups`/),
    ]);
    expect(bytes()).toBe(before);
  });

  test('tenant restore on an empty tenant file without a backup hints what works', async () => {
    const { gsa, tenant } = await contoso();
    writeFileSync(tenant, '');
    const [restore, show] = [await gsa('tenant restore'), await gsa('tenant show')];
    expect(restore).toMatchObject({ exitCode: 4, stderr: show.stderr });
    const hint = /`gsa (init --force --tenant \S+)`/.exec(restore.stderr)?.[1] ?? '';
    expect((await gsa(hint)).exitCode).toBe(0);
  });

  test('tenant restore and tenant backups without a tenant file say so', async () => {
    const { gsa } = workplace();
    for (const line of ['tenant restore', 'tenant backups']) {
      const { exitCode, stderr } = await gsa(line);
      expect([exitCode, stderr]).toEqual([
        4,
        expect.stringMatching(/there is no tenant file .+\nhint: make one with `gsa init`/),
      ]);
    }
  });

  test('a command to look closer is one line on a terminal of 80 columns', async () => {
    const { at, gsa } = await contoso();
    writeFileSync(
      at('long.gsatest.yaml'),
      `suite: s
tests:
  - name: Finance may sign in to Exchange from a place with a name that is as long as this
    signIn: { user: joni.sherman@contoso.com, app: Office 365 Exchange Online, from: 198.51.100.7, path: direct }
    expect: { outcome: denied }
`,
    );
    const { stdout } = await gsa('test long.gsatest.yaml', { columns: 80, env: { NO_COLOR: '1' } });
    expect(stdout).toMatch(/^look closer {2}gsa test long.gsatest.yaml .*as long as this\$'$/m);
    expect(stdout).toMatch(/^ +gsa whatif --user .+ --app 'Office 365 Exchange Online' .+ --signaling \w+$/m);
  });

  test.each([
    ['whatif --request nofile', 'there is no `nofile`'],
    ['whatif --request folder', '`folder` is a folder'],
    ['check --baseline nofile', 'there is no `nofile`'],
    ['replay nofile', 'there is no `nofile`'],
    ['replay loop', '`loop` is a link that leads back to itself'],
    ['replay signins.ndjson --countries nofile', 'there is no `nofile`'],
    ['test nofile', 'there is no `nofile`'],
  ])('gsa %s says once what is wrong, and what to give', async (line, message) => {
    const { at, folder, gsa } = await contoso();
    mkdirSync(at('folder'));
    symlinkSync('loop', at('loop'));
    const { exitCode, stderr } = await gsa(line);
    expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/^gsa: .+\nhint: .+\n$/)]);
    expect(stderr.replace(`${folder}/`, '').split('\n')[0]).toBe(`gsa: ${message}`);
  });
});
