import { execFileSync } from 'node:child_process';
import fs, {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { applyPlan } from '../../../../src/core/tenant/plans/edit.ts';
import { TenantFile } from '../../../../src/store/tenant/file.ts';
import { shellWord } from '../../../../src/trouble/shell-word.ts';
import { EMPTY_TENANT, inFolder, rename, renaming, signed, tenantFileIn } from '../../../support/store-samples.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;
const contentOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => lstatSync(join(folder, name)).isFile())
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

/** Puts text into the place of a tenant file that has been written three times. */
async function withDamage(text: string | Buffer, check: (store: TenantFile, folder: string) => unknown): Promise<void> {
  await inFolder(async (folder) => {
    const store = await tenantFileIn(folder, 3);
    writeFileSync(store.path, text);
    await check(new TenantFile(store.path, applyPlan), folder);
  });
}

describe('the format', () => {
  test('is JSON with two spaces and a newline at the end', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      const text = readFileSync(store.path, 'utf8');
      const { lineage } = store.read();
      expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
      expect(JSON.parse(text)).toEqual({
        schemaVersion: 1,
        serial: 1,
        lineage,
        audit: { head: expect.stringMatching(/^[0-9a-f]{64}$/), length: 1, bytes: expect.any(Number) },
        tenant: EMPTY_TENANT,
      });
    }));

  test('members that gsa does not know survive a write, wherever they stand, dangerous names too', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      const text = readFileSync(store.path, 'utf8')
        .replace(
          '{',
          '{ "$schema": "https://example.org/tenant.json", "__proto__": { "polluted": true }, "__internal__": 1,',
        )
        .replace('"audit": {', '"audit": { "note": "kept",')
        .replace('"settings": {}', '"constructor": 1, "__proto__": 2, "settings": { "later": [1] }');
      writeFileSync(store.path, text);
      await rename(store, 'Fabrikam');
      const written = readFileSync(store.path, 'utf8');
      for (const member of [
        '"$schema": "https:',
        '"polluted": true',
        '"__internal__": 1',
        '"note": "kept"',
        '"later": [',
        '"__proto__": 2',
      ]) {
        expect(written).toContain(member);
      }
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    }));

  test('a byte order mark is read over', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      writeFileSync(store.path, `\uFEFF${readFileSync(store.path, 'utf8')}`);
      expect(store.read().tenant.displayName).toBe('Contoso');
    }));
});

describe('a file that is not a tenant file', () => {
  test.each([
    ['empty', '', 'is empty'],
    ['torn', '{"schemaVersion": 1,\n  "serial"', 'is not JSON: line 2, column 11: the text ends too early'],
    ['zero-filled', Buffer.alloc(4096), 'holds nothing but zero bytes'],
    ['a list', '[]', 'is JSON, but not a tenant file of gsa'],
    ['null', 'null', 'is JSON, but not a tenant file of gsa'],
    ['foreign', '{"hello":"world"}', 'is JSON, but not a tenant file of gsa'],
    ['conflict-marked', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n', 'holds the conflict markers of a merge'],
    ['not UTF-8', Buffer.from('{"name":"Z\xfcrich"}', 'latin1'), 'is not UTF-8 text'],
    [
      'twice the same member',
      '{"serial":1,\n "serial":2}',
      'is not JSON: line 2, column 2: the member `serial` stands twice in one object',
    ],
    ['too deep', `${'['.repeat(70)}${']'.repeat(70)}`, 'is not JSON: line 1, column 65: nested deeper than 64 levels'],
    [
      'half of one',
      '{"schemaVersion":1,"serial":0,"lineage":"","audit":{},"tenant":{}}',
      'is not valid: /serial must be a whole number above 0',
    ],
  ])('%s: is refused by name, with the command that restores the newest good backup, and kept', (_, content, problem) =>
    withDamage(content, async (store, folder) => {
      const before = contentOf(folder);
      const backup = join(folder, 'tenant.json.backups', '000002-serial-2.json');
      const refusal = {
        kind: 'invalid',
        message: `\`${store.path}\` ${problem}`,
        hint: `the newest good backup is serial 2: \`gsa tenant restore ${shellWord(backup)} --tenant ${shellWord(store.path)}\``,
      };
      expect(() => store.read()).toThrow(expect.objectContaining(refusal));
      await expect(rename(store, 'x')).rejects.toMatchObject(refusal);
      expect(contentOf(folder)).toEqual(before);
    }),
  );

  test('of a newer version: is neither written nor stamped', () =>
    withDamage('{"schemaVersion":999,"tenant":{}}', async (store) => {
      const problem = 'was written by a newer version of gsa (schemaVersion 999)';
      expect(() => store.read()).toThrow(expect.objectContaining({ message: `\`${store.path}\` ${problem}` }));
      await expect(rename(store, 'x')).rejects.toMatchObject({
        hint: expect.stringMatching(/^install the newer gsa; /),
      });
      expect(readFileSync(store.path, 'utf8')).toBe('{"schemaVersion":999,"tenant":{}}');
    }));

  test('a damaged backup is not the one that is named', () =>
    withDamage('', (store, folder) => {
      writeFileSync(join(folder, 'tenant.json.backups', '000002-serial-2.json'), '{');
      expect(() => store.read()).toThrow(
        expect.objectContaining({ hint: expect.stringContaining('000001-serial-1.json') }),
      );
    }));

  test('is restored by the command that the message names, and kept byte for byte', () =>
    withDamage('{ torn', async (store, folder) => {
      const [newest] = store.backups();
      const restored = await store.restore(newest?.path ?? '', { ...signed('t9'), force: false });
      // The journal remembers serial 3, which the damaged file could not say.
      expect(restored).toMatchObject({ serial: 4, tenant: { displayName: 'Contoso 2' } });
      expect(readFileSync(join(folder, 'tenant.json.backups', '000003-damaged.json'), 'utf8')).toBe('{ torn');
      expect(store.journal().verify()).toEqual([]);
      expect(store.journal().entries()).toHaveLength(4);
    }));
});

describe('what is not a file', () => {
  test.each([
    ['a folder', /is a folder$/, (path: string) => mkdirSync(path)],
    ['a pipe', /is not a regular file$/, (path: string) => execFileSync('mkfifo', [path])],
    ['a device', /is not a regular file$/, (path: string) => symlinkSync('/dev/zero', path)],
  ])('%s is refused at once, for reading and writing', (_, says, make) =>
    inFolder(async (folder) => {
      const store = new TenantFile(join(folder, 'tenant.json'), applyPlan);
      make(store.path);
      const refusal = { kind: 'invalid', message: expect.stringMatching(says) };
      expect(() => store.read()).toThrow(expect.objectContaining(refusal));
      await expect(store.create(EMPTY_TENANT, { ...signed(), force: true })).rejects.toMatchObject(refusal);
    }),
  );

  test('a link to nothing is refused', () =>
    inFolder(async (folder) => {
      const store = new TenantFile(join(folder, 'tenant.json'), applyPlan);
      symlinkSync(join(folder, 'nowhere'), store.path);
      const refusal = {
        kind: 'invalid',
        message: expect.stringMatching(/is a symbolic link to a file that is not there$/),
      };
      expect(() => store.read()).toThrow(expect.objectContaining(refusal));
      await expect(store.create(EMPTY_TENANT, { ...signed(), force: true })).rejects.toMatchObject(refusal);
    }));

  test('a link to a tenant file is followed: the link stays, the file behind it is written', () =>
    inFolder(async (folder) => {
      mkdirSync(join(folder, 'real'));
      const real = await tenantFileIn(join(folder, 'real'));
      const link = new TenantFile(join(folder, 'link.json'), applyPlan);
      symlinkSync(real.path, link.path);
      await rename(link, 'Fabrikam');
      expect(lstatSync(link.path).isSymbolicLink()).toBe(true);
      expect(real.read()).toMatchObject({ serial: 2, tenant: { displayName: 'Fabrikam' } });
      expect(link.backups()).toEqual(real.backups());
      expect(readdirSync(folder)).toEqual(['link.json', 'real']);
    }));
});

describe('the files beside it', () => {
  test.each(['000', '022', '077'])('are private under umask %s', (umask) =>
    inFolder((folder) => {
      const script = `
        import { tenantFileIn } from './test/support/store-samples.ts';
        await tenantFileIn(process.argv[1] + '/deep/er', 3);`;
      execFileSync('sh', [
        '-c',
        `umask ${umask} && exec "$0" --no-warnings --input-type=module -e "$1" "$2"`,
        process.execPath,
        script,
        folder,
      ]);
      for (const name of ['', 'deep', 'deep/er', 'deep/er/tenant.json.backups'].slice(1))
        expect(modeOf(join(folder, name))).toBe(0o700);
      for (const name of [
        'tenant.json',
        'tenant.json.audit.ndjson',
        'tenant.json.lock',
        'tenant.json.backups/000001-serial-1.json',
      ]) {
        expect([name, modeOf(join(folder, 'deep/er', name))]).toEqual([name, 0o600]);
      }
    }),
  );

  test('a file that was open to others is private after the next write, its backup too', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      chmodSync(store.path, 0o666);
      await rename(store, 'Fabrikam');
      expect(modeOf(store.path)).toBe(0o600);
      expect(modeOf(store.backups()[0]?.path ?? '')).toBe(0o600);
    }));

  test('what killed writers left is removed by the next one, and nothing else', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      writeFileSync(join(folder, '.tenant.json.1-abc.tmp'), 'half');
      writeFileSync(join(folder, '.other.json.1-abc.tmp'), 'of another tenant');
      await rename(store, 'Fabrikam');
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual(['.other.json.1-abc.tmp']);
    }));

  test('reading makes none of them and changes nothing', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 2);
      rmSync(join(folder, 'tenant.json.lock'));
      const before = [contentOf(folder), statSync(store.path).mtimeMs, statSync(folder).mtimeMs];
      const fresh = new TenantFile(store.path, applyPlan);
      fresh.read();
      fresh.backups();
      fresh.checkWritable();
      fresh.journal().entries();
      expect([contentOf(folder), statSync(store.path).mtimeMs, statSync(folder).mtimeMs]).toEqual(before);
      expect(() => new TenantFile(join(folder, 'missing', 'tenant.json'), applyPlan).read()).toThrow(
        'there is no tenant file',
      );
      expect(existsSync(join(folder, 'missing'))).toBe(false);
    }));

  test('a folder that cannot be made ends in an error, not in a loop', () =>
    inFolder(async () => {
      const store = new TenantFile('/proc/gsa/tenant.json', applyPlan);
      await expect(store.create(EMPTY_TENANT, { ...signed(), force: false })).rejects.toMatchObject({
        kind: 'invalid',
      });
    }));
});

describe('the lock', () => {
  /** Holds the lock as another process would, while `work` runs. */
  async function held(folder: string, work: () => Promise<unknown>): Promise<void> {
    const holder = new DatabaseSync(join(folder, 'tenant.json.lock'));
    holder.exec('BEGIN IMMEDIATE');
    try {
      await work();
    } finally {
      holder.close();
    }
  }

  test('is waited for and then given up on, with exit busy and the holder by name', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      await held(folder, async () => {
        const holder = { pid: process.pid, command: 'gsa signaling disable', since: '2026-11-20T09:59:00Z' };
        writeFileSync(join(folder, 'tenant.json.lock.holder'), JSON.stringify(holder));
        const started = performance.now();
        await expect(rename(store, 'x', 't2', 200)).rejects.toMatchObject({
          kind: 'busy',
          message: `\`${store.path}\` is being written by process ${process.pid} (\`gsa signaling disable\`, since 2026-11-20T09:59:00Z)`,
          hint: 'try again, or wait longer with `--lock-timeout <seconds>`',
        });
        expect(performance.now() - started).toBeGreaterThanOrEqual(200);
        expect(store.read().serial).toBe(1);
      });
      expect((await rename(store, 'Fabrikam')).serial).toBe(2);
    }));

  test('with a timeout of 0 is tried once', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      await held(folder, () => expect(rename(store, 'x', 't2', 0)).rejects.toMatchObject({ kind: 'busy' }));
      expect((await rename(store, 'Fabrikam', 't2', 0)).serial).toBe(2);
    }));

  test.each(['{ torn', JSON.stringify({ pid: 2 ** 22 + 1, command: 'gsa', since: 'then' }), '{"pid":"1"}'])(
    'a note of its holder that is of no use names nobody: %s',
    (note) =>
      inFolder(async (folder) => {
        const store = await tenantFileIn(folder);
        writeFileSync(join(folder, 'tenant.json.lock.holder'), note);
        await held(folder, () =>
          expect(rename(store, 'x', 't2', 0)).rejects.toMatchObject({
            message: `\`${store.path}\` is being written by another process`,
          }),
        );
        expect((await rename(store, 'Fabrikam')).serial).toBe(2);
      }),
  );

  test('writers of one process take turns, and none is lost', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      const other = new TenantFile(store.path, applyPlan);
      await Promise.all(Array.from({ length: 10 }, (_, n) => rename(n % 2 ? store : other, `Contoso ${n}`, `t${n}`)));
      expect(store.read().serial).toBe(11);
      expect(store.journal().verify()).toEqual([]);
    }));

  test('that cannot be opened is named', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      rmSync(join(folder, 'tenant.json.lock'));
      mkdirSync(join(folder, 'tenant.json.lock'));
      await expect(rename(store, 'x')).rejects.toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining(`cannot lock \`${join(folder, 'tenant.json.lock')}\``),
      });
    }));

  test('a file of another kind in its place is named', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      writeFileSync(join(folder, 'tenant.json.lock'), 'not a database, but long enough to be taken for one'.repeat(20));
      await expect(rename(store, 'x')).rejects.toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining('is not a lock of gsa'),
      });
    }));
});

test('a tenant of 37 MB is read once in a command', () =>
  inFolder(async (folder) => {
    const store = await tenantFileIn(folder);
    const ranges = Array.from({ length: 390_000 }, (_, n) => ({
      '@odata.type': '#microsoft.graph.iPv4CidrRange',
      cidrAddress: `${10 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.0/24`,
    }));
    const location = {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: 'big',
      displayName: 'Big',
      isTrusted: true,
      ipRanges: ranges,
    };
    await store.create({ ...EMPTY_TENANT, namedLocations: [location] } as typeof EMPTY_TENANT, {
      ...signed('t2'),
      force: true,
    });
    const fresh = new TenantFile(store.path, applyPlan);
    const reads = countReads(store.path);
    const { tenant } = fresh.read();
    expect(reads()).toBe(1);
    expect(fresh.read().tenant).toBe(tenant);
    expect(fresh.journal().verify()).toEqual([]);
    expect(reads()).toBe(1);
    await fresh.update((current) => renaming(current.tenant, 'Fabrikam'), signed('t3'));
    expect(statSync(store.path).size).toBeGreaterThan(37_000_000);
  }));

/** From now to the end of the test: how often the whole file was read. */
function countReads(path: string): () => number {
  const reading = vi.spyOn(fs, 'readFileSync');
  syncBuiltinESMExports();
  onTestFinished(() => {
    reading.mockRestore();
    syncBuiltinESMExports();
  });
  return () => reading.mock.calls.filter(([file]) => file === path).length;
}
