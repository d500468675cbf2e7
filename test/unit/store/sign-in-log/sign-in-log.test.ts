import { execSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SignInFile } from '../../../../src/store/sign-in-log/sign-in-log.ts';
import { GsaError } from '../../../../src/trouble/error.ts';
import { shellWord } from '../../../../src/trouble/shell-word.ts';
import { inFolder, LINEAGE, loggedSignIn } from '../../../support/store-samples.ts';

/** Another tenant. */
const OTHER = '0e3f5f6b-30c7-4e5f-9f1a-5a6d7c1b2e3f';
const ALL = { conditions: [] };
const ORDER = { column: 'createdDateTime', descending: true } as const;
const counting = (log: SignInFile): unknown => log.count(ALL);
const appending = (log: SignInFile): unknown => log.append([loggedSignIn({})]);

/** Runs `work` with the path of a log that holds one sign-in and is closed. */
function withLog<T>(work: (path: string, folder: string) => T): Promise<T> {
  return inFolder((folder) => {
    const path = join(folder, 'tenant.signins.db');
    const log = new SignInFile(path, LINEAGE);
    log.append([loggedSignIn({})]);
    log.close();
    return work(path, folder);
  });
}

/** Opens the log anew, asks, closes. */
function asked<T>(path: string, question: (log: SignInFile) => T): T {
  const log = new SignInFile(path, LINEAGE);
  try {
    return question(log);
  } finally {
    log.close();
  }
}

describe('the database of the sign-in log', () => {
  test('is made by the first record, not by a question', () =>
    inFolder((folder) => {
      const path = join(folder, 'tenant.signins.db');
      expect(asked(path, (log) => log.count(ALL))).toBe(0);
      expect(asked(path, (log) => log.append([]))).toEqual({ added: 0, judgedAnew: 0, alreadyThere: 0 });
      expect(readdirSync(folder)).toEqual([]);
      asked(path, (log) => log.append([loggedSignIn({})]));
      expect(readdirSync(folder)).toEqual(['tenant.signins.db']);
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }));

  test('answers a question asked before the first record was there', () =>
    inFolder((folder) =>
      asked(join(folder, 'tenant.signins.db'), (log) => {
        expect(log.count(ALL)).toBe(0);
        log.append([loggedSignIn({})]);
        expect(log.count(ALL)).toBe(1);
      }),
    ));

  test('that was never filled, because its maker died, is an empty log and is filled by the next', () =>
    inFolder((folder) => {
      const path = join(folder, 'tenant.signins.db');
      writeFileSync(path, '');
      expect(asked(path, counting)).toBe(0);
      const maker = new DatabaseSync(path);
      maker.exec('PRAGMA journal_mode = WAL');
      maker.close();
      expect(asked(path, counting)).toBe(0);
      expect(asked(path, appending)).toEqual({ added: 1, judgedAnew: 0, alreadyThere: 0 });
      expect(asked(path, counting)).toBe(1);
    }));

  test('is read beside a writer, and shows whole batches only', () =>
    withLog((path) => {
      const writer = new DatabaseSync(path);
      writer.exec("BEGIN IMMEDIATE; INSERT INTO text (value, folded) VALUES ('x', 'x')");
      expect(
        asked(path, (log) => [...log.query({ ...ALL, order: { column: 'createdDateTime', descending: true } })]),
      ).toHaveLength(1);
      writer.close();
    }));

  test('of a newer version is refused, for reading and for writing, and stays as it is', () =>
    withLog((path) => {
      const database = new DatabaseSync(path);
      database.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 7');
      database.close();
      const before = readFileSync(path);
      const refusal = expect.objectContaining({
        kind: 'invalid',
        message: `the sign-in log \`${path}\` was written by a newer version of gsa (version 7)`,
        hint: 'install the newer gsa',
      });
      expect(() => asked(path, (log) => log.count(ALL))).toThrow(refusal);
      expect(() => asked(path, (log) => log.append([loggedSignIn({})]))).toThrow(refusal);
      expect(readFileSync(path).equals(before)).toBe(true);
    }));

  test.each([
    ['text', 'id,createdDateTime\n'.repeat(100)],
    ['zeros', Buffer.alloc(8192)],
    ['one byte', 'x'],
  ])('that is %s is refused and stays as it is', (_, content) =>
    inFolder((folder) => {
      const path = join(folder, 'tenant.signins.db');
      writeFileSync(path, content);
      for (const ask of [counting, appending]) {
        expect(() => asked(path, ask)).toThrow(expect.objectContaining({ kind: 'invalid' }));
      }
      expect(readFileSync(path).equals(Buffer.from(content))).toBe(true);
    }),
  );

  test('of another program is refused and stays as it is', () =>
    inFolder((folder) => {
      const path = join(folder, 'tenant.signins.db');
      const other = new DatabaseSync(path);
      other.exec('CREATE TABLE sign_in (name TEXT)');
      other.close();
      const before = readFileSync(path);
      for (const ask of [counting, appending]) {
        expect(() => asked(path, ask)).toThrow(`\`${path}\` is not a sign-in log of gsa`);
      }
      expect(readFileSync(path).equals(before)).toBe(true);
    }));

  test('that is torn says so, with what to do', () =>
    withLog((path) => {
      const whole = readFileSync(path);
      const page = 4096;
      const torn = Buffer.concat([whole.subarray(0, page), Buffer.alloc(whole.length - page, 0xa5)]);
      writeFileSync(path, torn);
      const damaged = expect.objectContaining({
        kind: 'invalid',
        hint: `move it away and replay again: \`mv ${shellWord(path)} ${shellWord(`${path}.damaged`)}\``,
      });
      expect(() => asked(path, (log) => log.count(ALL))).toThrow(damaged);
      expect(() => asked(path, (log) => log.append([loggedSignIn({})]))).toThrow(damaged);
    }));

  test('whose block is missing says so', () =>
    withLog((path) => {
      const database = new DatabaseSync(path);
      database.exec('DELETE FROM block');
      database.close();
      expect(() => asked(path, (log) => log.find(loggedSignIn({}).record.id))).toThrow(
        expect.objectContaining({ kind: 'invalid', message: expect.stringContaining('is damaged') }),
      );
    }));

  test('a folder in its place is refused at once', () =>
    inFolder((folder) => {
      const path = join(folder, 'tenant.signins.db');
      mkdirSync(path);
      expect(() => asked(path, (log) => log.count(ALL))).toThrow(`\`${path}\` is not a regular file`);
    }));

  test('is read from a folder without the right to write', () =>
    withLog((path, folder) => {
      chmodSync(path, 0o400);
      chmodSync(folder, 0o500);
      try {
        expect(asked(path, (log) => log.count(ALL))).toBe(1);
        expect(existsSync(`${path}-wal`)).toBe(mayWriteIn(folder));
      } finally {
        chmodSync(folder, 0o700);
      }
    }));

  test('a second writer waits for its turn and then is told that it is busy', () =>
    withLog((path) => {
      const writer = new DatabaseSync(path);
      writer.exec('BEGIN IMMEDIATE');
      const impatient = new SignInFile(path, LINEAGE, { timeout: 50 });
      expect(() => impatient.append([loggedSignIn({})])).toThrow(expect.objectContaining({ kind: 'busy' }));
      writer.close();
      expect(impatient.append([loggedSignIn({})])).toEqual({ added: 0, judgedAnew: 0, alreadyThere: 1 });
      impatient.close();
    }));

  test('of another tenant is refused by name, for reading and for writing, and moves away by what the hint says', () =>
    inFolder((folder) => {
      const path = join(folder, 'the tenant.signins.db');
      asked(path, appending);
      const before = readFileSync(path);
      const other = new SignInFile(path, OTHER);
      const refusal = expect.objectContaining({
        kind: 'invalid',
        message: `the sign-in log \`${path}\` belongs to another tenant: lineage ${LINEAGE}; here it is ${OTHER}`,
      });
      expect(() => other.count(ALL)).toThrow(refusal);
      expect(() => other.append([loggedSignIn({})])).toThrow(refusal);
      expect(() => other.prune('2027-01-01T00:00:00Z')).toThrow(refusal);
      expect(readFileSync(path).equals(before)).toBe(true);
      execSync(/`(.*)`/.exec(trouble(() => other.count(ALL)).hint ?? '')?.[1] ?? 'false');
      expect(other.append([loggedSignIn({})]).added).toBe(1);
      other.close();
      expect(asked(join(folder, 'the tenant.signins.5d0cf1c6', 'the tenant.signins.db'), counting)).toBe(1);
    }));

  test('of version 2, whose records hold their policies themselves, is read and goes on as version 6', () =>
    withLog((path) => {
      const old = loggedSignIn({ id: 'old' });
      const database = new DatabaseSync(path);
      const text = Buffer.from(JSON.stringify(old));
      database.exec('PRAGMA user_version = 2; PRAGMA journal_mode = DELETE');
      const update = database.prepare('UPDATE block SET length = ?, content = ?');
      update.run(text.length, zstdCompressSync(text));
      database.close();
      const read = (log: SignInFile) => [...log.query({ conditions: [], order: ORDER })];
      expect(asked(path, read)).toEqual([old]);
      const appended = asked(path, (log) => log.append([loggedSignIn({ id: 'new' })]));
      expect(appended).toMatchObject({ added: 1 });
      expect(new Set(asked(path, read).map(({ record }) => record.id))).toEqual(new Set(['old', 'new']));
      const after = new DatabaseSync(path, { readOnly: true });
      expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 6 });
      after.close();
    }));

  test('of version 1, which names no tenant, is read as it is and belongs to the tenant that writes it next', () =>
    withLog((path) => {
      const database = new DatabaseSync(path);
      database.exec('DROP TABLE belongs_to; PRAGMA user_version = 1; PRAGMA journal_mode = DELETE');
      database.close();
      const before = readFileSync(path);
      const [one, other] = [new SignInFile(path, LINEAGE), new SignInFile(path, OTHER)];
      expect([one.count(ALL), other.count(ALL)]).toEqual([1, 1]);
      other.close();
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(one.append([loggedSignIn({ id: 'b' })]).added).toBe(1);
      expect(one.count(ALL)).toBe(2);
      one.close();
      expect(() => other.count(ALL)).toThrow('belongs to another tenant');
    }));

  test.each([
    ['of another tenant', '', 'tenant.signins.5d0cf1c6.db', 'tenant.signins.5d0cf1c6-2.db'],
    [
      'of version 1',
      'DROP TABLE belongs_to; PRAGMA user_version = 1',
      'tenant.signins.earlier.db',
      'tenant.signins.earlier-2.db',
    ],
  ])('%s is set aside whole under a name of its own, also beside one that was before', (_, sql, first, second) =>
    withLog((path, folder) => {
      const made = new DatabaseSync(path);
      made.exec(sql);
      made.close();
      const copy = readFileSync(path);
      const other = new SignInFile(path, OTHER);
      expect(other.setAside()).toBe(join(folder, first));
      expect(readdirSync(folder)).toEqual([first]);
      expect(asked(join(folder, first), counting)).toBe(1);
      expect(other.count(ALL)).toBe(0);
      writeFileSync(path, copy);
      expect(other.setAside()).toBe(join(folder, second));
      expect(other.append([loggedSignIn({})]).added).toBe(1);
      expect(other.setAside()).toBe(undefined);
      other.close();
    }),
  );

  test('is set aside with what a killed writer left in its write-ahead log', () =>
    inFolder((folder) => {
      const path = join(folder, 'tenant.signins.db');
      const writer = new SignInFile(path, LINEAGE);
      writer.append([loggedSignIn({})]);
      const files = [path, `${path}-wal`].map((file) => [file, readFileSync(file)] as const);
      writer.close();
      for (const [file, bytes] of files) writeFileSync(file, bytes);
      const aside = new SignInFile(path, OTHER).setAside() ?? '';
      expect(readdirSync(folder)).toEqual(['tenant.signins.5d0cf1c6.db']);
      expect(asked(aside, counting)).toBe(1);
    }));

  test('that another process has open is not set aside, and stays as it is', () =>
    withLog((path) => {
      const reader = new SignInFile(path, LINEAGE);
      expect(reader.count(ALL)).toBe(1);
      expect(() => new SignInFile(path, OTHER).setAside()).toThrow(expect.objectContaining({ kind: 'busy' }));
      expect(reader.count(ALL)).toBe(1);
      reader.close();
      expect(asked(path, counting)).toBe(1);
    }));

  test('that is damaged or of another program is not set aside', () =>
    inFolder((folder) => {
      const path = join(folder, 'tenant.signins.db');
      const other = new SignInFile(path, OTHER);
      expect(other.setAside()).toBe(undefined);
      writeFileSync(path, 'x'.repeat(8192));
      expect(() => other.setAside()).toThrow(expect.objectContaining({ kind: 'invalid' }));
      expect(readFileSync(path, 'utf8')).toBe('x'.repeat(8192));
    }));

  test.each([
    ['all of it', 1],
    ['a seventh of it', 7],
  ])('does not grow when %s is judged anew again and again, and holds no block that nobody names', (_, every) =>
    inFolder((folder) =>
      asked(join(folder, 'tenant.signins.db'), (log) => {
        const outcomes = ['granted', 'blocked', 'denied'] as const;
        const judged = (round: number) =>
          Array.from({ length: 1_000 }, (_, n) =>
            loggedSignIn(
              { id: String(n), createdDateTime: new Date(1.7e12 + n * 1000).toISOString(), note: `${n}`.repeat(200) },
              { outcome: (n + round) % every === 0 ? (outcomes[(round + n) % 3] ?? 'denied') : 'granted' },
            ),
          );
        log.append(judged(0));
        const blocksOf = () => {
          const database = new DatabaseSync(log.path, { readOnly: true });
          const row = database.prepare('SELECT count(*) AS blocks, sum(length) AS length FROM block').get();
          const unnamed = 'SELECT count(*) AS count FROM block WHERE number NOT IN (SELECT block FROM sign_in)';
          expect(database.prepare(unnamed).get()).toEqual({ count: 0 });
          database.close();
          return { blocks: Number(row?.['blocks']), length: Number(row?.['length']) };
        };
        const first = blocksOf();
        for (let round = 1; round <= 30; round++) {
          log.append(judged(round));
          expect(blocksOf().length).toBeLessThan(first.length * 2);
        }
        const order = { column: 'createdDateTime', descending: false } as const;
        expect([...log.query({ conditions: [], order })]).toEqual(judged(30));
        expect(log.prune('2027-01-01T00:00:00Z')).toBe(1_000);
        expect(blocksOf()).toEqual({ blocks: 0, length: 0 });
      }),
    ),
  );

  test('a name that another process pruned is not taken for the name that came after', () =>
    inFolder((folder) => {
      const path = join(folder, 'tenant.signins.db');
      const of = (id: string, userPrincipalName: string, createdDateTime: string) =>
        loggedSignIn({ id, userPrincipalName, userId: `id of ${userPrincipalName}`, createdDateTime });
      const [first, second] = [new SignInFile(path, LINEAGE), new SignInFile(path, LINEAGE)];
      first.append([of('1', 'carol', '2020-01-01T00:00:00Z'), of('2', 'zed', '2026-01-01T00:00:00Z')]);
      second.prune('2025-01-01T00:00:00Z');
      second.append([of('3', 'mallory', '2026-01-02T00:00:00Z')]);
      first.append([of('4', 'carol', '2026-01-03T00:00:00Z')]);
      expect(['carol', 'mallory', 'zed'].map((user) => first.count({ ...ALL, user }))).toEqual([1, 1, 1]);
      for (const log of [first, second]) log.close();
    }));

  test('judging others anew does not bring back the name of somebody who was pruned', () =>
    inFolder((folder) => {
      const path = join(folder, 'tenant.signins.db');
      const of = (id: string, userPrincipalName: string, day: string, outcome: 'granted' | 'blocked') =>
        loggedSignIn({ id, userPrincipalName, userId: id, createdDateTime: `${day}T00:00:00Z` }, { outcome });
      const log = new SignInFile(path, LINEAGE);
      const rest = (outcome: 'granted' | 'blocked') => ['b', 'c', 'd'].map((id) => of(id, id, '2026-01-01', outcome));
      log.append([of('a', 'pruned.person', '2020-01-01', 'granted'), ...rest('granted')]);
      log.prune('2025-01-01T00:00:00Z');
      expect(log.append(rest('blocked').slice(0, 2)).judgedAnew).toBe(2);
      log.close();
      const database = new DatabaseSync(path, { readOnly: true });
      expect(database.prepare("SELECT value FROM text WHERE value LIKE 'pruned%'").all()).toEqual([]);
      database.close();
    }));

  test('a batch with one record that cannot be written leaves nothing behind, names included', () =>
    withLog((path) =>
      asked(path, (log) => {
        const circular = loggedSignIn({ id: 'b', userPrincipalName: 'never@contoso.com' });
        (circular.record as Record<string, unknown>)['self'] = circular;
        expect(() => log.append([loggedSignIn({ id: 'a' }), circular])).toThrow(TypeError);
        expect(log.count(ALL)).toBe(1);
        expect(log.append([loggedSignIn({ id: 'b', userPrincipalName: 'never@contoso.com' })]).added).toBe(1);
        expect(log.count({ ...ALL, user: 'never@contoso.com' })).toBe(1);
      }),
    ));
});

function trouble(work: () => unknown): GsaError {
  try {
    work();
  } catch (error) {
    if (error instanceof GsaError) return error;
  }
  throw new Error('nothing was refused');
}

/** Root may write in spite of the mode, where nobody has taken that from it. */
function mayWriteIn(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
