import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { rewriting } from '../../../../src/commands/rewriting.ts';
import type { LoggedSignIn, SignIn } from '../../../../src/core/conditional-access/record/sign-in.ts';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { SignInFile } from '../../../../src/store/sign-in-log/sign-in-log.ts';
import type { Loggable } from '../../../../src/store/types.ts';
import { signIns } from '../../../support/generate-sign-ins.ts';
import { judgedSignIns, writtenSignIns } from '../../../support/judged.ts';
import { inFolder, LINEAGE, loggedSignIn } from '../../../support/store-samples.ts';

const TENANT = sampleTenant();
const RENAMED: Tenant = {
  ...TENANT,
  policies: TENANT.policies.map((policy) => ({ ...policy, displayName: `${policy.displayName} (old)` })),
};
const DAY = 86_400_000;

/** The tenant with a setting by which nothing is judged. */
function delayed(signInLogDelayMinutes: number): Tenant {
  return { ...TENANT, settings: { ...TENANT.settings, signInLogDelayMinutes } };
}

/** The tenant with one person more. */
function withPerson(displayName: string): Tenant {
  const [someone, ...others] = TENANT.users ?? [];
  if (someone === undefined) throw new Error('the sample has nobody');
  return {
    ...TENANT,
    users: [someone, ...others, { ...someone, id: 'a0000000-0000-4000-8000-00000000ffff', displayName }],
  };
}

/** So many records, the first at that time. */
const recordsFrom = (from: string, count: number): readonly SignIn[] => signIns(count, { from }) as readonly SignIn[];
const RECORDS = recordsFrom('2026-03-01T00:00:00Z', 300);

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const sorted = (list: readonly LoggedSignIn[]) =>
  list.toSorted((one, other) => (one.record.id < other.record.id ? -1 : 1));

class Place {
  readonly path: string;
  #log: SignInFile;

  constructor(folder: string) {
    this.path = join(folder, 'tenant.signins.db');
    this.#log = this.#open();
  }

  #open(): SignInFile {
    return new SignInFile(this.path, LINEAGE, { rewriting });
  }

  /** Closed and opened again: nothing is remembered. */
  get log(): SignInFile {
    this.#log.close();
    this.#log = this.#open();
    return this.#log;
  }

  append(batch: readonly Loggable[]) {
    return this.log.append(batch);
  }

  /** By their ids. */
  all(): unknown {
    return json(sorted([...this.log.query({ conditions: [], order: { column: 'id', descending: false } })]));
  }

  /** How many rows each table has. */
  counts(...tables: readonly string[]): readonly number[] {
    const database = new DatabaseSync(this.path, { readOnly: true });
    const counted = tables.map((table) =>
      Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']),
    );
    database.close();
    return counted;
  }

  /** The numbers of the rows of each table. */
  rows(...tables: readonly string[]): readonly unknown[] {
    const database = new DatabaseSync(this.path, { readOnly: true });
    const rows = tables.flatMap((table) => database.prepare(`SELECT rowid FROM ${table} ORDER BY 1`).all());
    database.close();
    return rows.map((row) => Object.values(row)[0]);
  }

  /** All that is kept of tenants, as text. */
  parts(): string {
    const database = new DatabaseSync(this.path, { readOnly: true });
    const rows = database.prepare('SELECT content FROM part').all();
    database.close();
    return rows.map(({ content }) => zstdDecompressSync(content as Uint8Array).toString()).join('\n');
  }

  change(sql: string): void {
    this.#log.close();
    const database = new DatabaseSync(this.path);
    database.exec(sql);
    database.close();
  }
}

const withPlace = <T>(work: (place: Place) => T) =>
  inFolder((folder) => {
    const place = new Place(folder);
    try {
      return work(place);
    } finally {
      place.log.close();
    }
  });

describe('sign-ins that are kept as they were judged', () => {
  test('show as those that were written at once, in blocks of either kind beside one another', () =>
    withPlace((place) => {
      const [judged, written] = [judgedSignIns(RECORDS, TENANT), writtenSignIns(RECORDS, TENANT)];
      expect(place.append([...written.slice(0, 10), ...judged.slice(10, 200), ...written.slice(200, 230)])).toEqual({
        added: 230,
        judgedAnew: 0,
        alreadyThere: 0,
      });
      expect(place.append(judged)).toEqual({ added: 70, judgedAnew: 0, alreadyThere: 230 });
      expect(place.append(written)).toEqual({ added: 0, judgedAnew: 0, alreadyThere: 300 });
      expect(place.all()).toEqual(json(sorted(written)));
      expect(json(place.log.find(RECORDS[150]?.id ?? ''))).toEqual(json([written[150]]));
    }));

  test('keep each member of a tenant once, whichever of its versions judged', () =>
    withPlace((place) => {
      place.append(judgedSignIns(RECORDS.slice(0, 100), TENANT));
      const [parts = 0] = place.counts('part');
      expect(place.counts('judging')).toEqual([1]);
      place.append(judgedSignIns(RECORDS.slice(100, 200), RENAMED, 'enabled', 2));
      place.append(judgedSignIns(RECORDS.slice(200), structuredClone(TENANT), 'disabled', 3));
      // The policies alone are others, and a tenant that is equal to one before is that one.
      expect(place.counts('judging', 'part')).toEqual([2, parts + 1]);
      expect(place.all()).toEqual(
        json(
          sorted([
            ...writtenSignIns(RECORDS.slice(0, 100), TENANT),
            ...writtenSignIns(RECORDS.slice(100, 200), RENAMED, 'enabled', 2),
            ...writtenSignIns(RECORDS.slice(200), TENANT, 'disabled', 3),
          ]),
        ),
      );
    }));

  test('are judged anew where the tenant would write another record now, and left alone where only its serial differs', () =>
    withPlace((place) => {
      place.append(judgedSignIns(RECORDS, TENANT));
      expect(place.append(judgedSignIns(RECORDS, TENANT, 'enabled', 2))).toMatchObject({ alreadyThere: 300 });
      const { settings, ...others } = TENANT;
      const elsewhere = { ...others, settings: { ...settings, signInLogDelayMinutes: 7 } };
      expect(place.append(judgedSignIns(RECORDS, elsewhere, 'enabled', 3))).toMatchObject({ alreadyThere: 300 });
      expect(place.append(judgedSignIns(RECORDS, RENAMED, 'enabled', 4))).toMatchObject({ judgedAnew: 300 });
      expect(place.all()).toEqual(json(sorted(writtenSignIns(RECORDS, RENAMED, 'enabled', 4))));
      expect(place.counts('sign_in')).toEqual([300]);
    }));

  test('give up their tenant with the last of them, by retention or by being judged anew', () =>
    withPlace((place) => {
      const late = recordsFrom('2026-03-20T00:00:00Z', 200);
      const others = late.map((record) => ({ ...record, id: `l-${record.id}` }));
      place.append(judgedSignIns(RECORDS, TENANT));
      place.append(judgedSignIns(others, RENAMED, 'enabled', 2));
      const [parts = 0] = place.counts('part');
      const before = new Date(Date.parse('2026-03-20T00:00:00Z') - DAY).toISOString();
      expect(place.log.prune(before)).toBe(300);
      expect(place.counts('judging', 'part', 'sign_in')).toEqual([1, parts - 1, 200]);
      expect(place.all()).toEqual(json(sorted(writtenSignIns(others, RENAMED, 'enabled', 2))));
      expect(place.log.prune('2027-01-01T00:00:00Z')).toBe(200);
      expect(place.counts('judging', 'part', 'judged_block', 'block')).toEqual([0, 0, 0, 0]);
      expect(place.append(judgedSignIns(RECORDS, TENANT))).toMatchObject({ added: 300 });
      expect(place.all()).toEqual(json(sorted(writtenSignIns(RECORDS, TENANT))));
    }));

  test('leave no tenant behind where nothing is kept for it, however often the tenant changes', () =>
    withPlace((place) => {
      place.append(judgedSignIns(RECORDS, TENANT));
      const before = place.rows('judging', 'part', 'judged_block');
      const changed = [1, 2, 3, 4].map((minutes) => delayed(minutes));
      for (const [at, tenant] of changed.entries()) {
        expect(place.append(judgedSignIns(RECORDS, tenant, 'enabled', at + 2))).toMatchObject({ alreadyThere: 300 });
        expect(place.append(writtenSignIns(RECORDS, tenant, 'enabled', at + 2))).toMatchObject({ alreadyThere: 300 });
      }
      expect(place.rows('judging', 'part', 'judged_block')).toEqual(before);
      expect(place.all()).toEqual(json(sorted(writtenSignIns(RECORDS, TENANT))));
    }));

  test('leave none behind from one writer either, which takes the next tenants for what they are', () =>
    withPlace((place) => {
      const writer = place.log;
      writer.append(judgedSignIns(RECORDS.slice(0, 100), TENANT));
      for (const minutes of [1, 2]) {
        expect(writer.append(judgedSignIns(RECORDS.slice(0, 100), delayed(minutes)))).toMatchObject({
          alreadyThere: 100,
        });
      }
      expect(writer.append(judgedSignIns(RECORDS.slice(50, 200), RENAMED))).toEqual({
        ...{ added: 100, judgedAnew: 50, alreadyThere: 0 },
      });
      const both = [...judgedSignIns(RECORDS.slice(200), delayed(3)), ...judgedSignIns(RECORDS, delayed(4))];
      writer.append(both.slice(0, 100));
      expect(place.rows('judging')).toHaveLength(3);
      expect(place.all()).toEqual(
        json(
          sorted([
            ...writtenSignIns(RECORDS.slice(0, 50), TENANT),
            ...writtenSignIns(RECORDS.slice(50, 200), RENAMED),
            ...writtenSignIns(RECORDS.slice(200), delayed(3)),
          ]),
        ),
      );
    }));

  test('give up their tenant where others take their place, and the people of it who are gone', () =>
    withPlace((place) => {
      place.append(judgedSignIns(RECORDS, withPerson('Gone Away')));
      expect(place.parts()).toContain('Gone Away');
      expect(place.append(judgedSignIns(RECORDS, RENAMED, 'enabled', 2))).toMatchObject({ judgedAnew: 300 });
      expect(place.parts()).not.toContain('Gone Away');
      expect(place.counts('judging')).toEqual([1]);
      expect(place.all()).toEqual(json(sorted(writtenSignIns(RECORDS, RENAMED, 'enabled', 2))));
      // Written records take the place of judged ones, and then no tenant is needed.
      expect(place.append(writtenSignIns(RECORDS, TENANT, 'enabled', 3))).toMatchObject({ judgedAnew: 300 });
      expect(place.counts('judging', 'part', 'judged_block')).toEqual([0, 0, 0]);
      expect(place.all()).toEqual(json(sorted(writtenSignIns(RECORDS, TENANT, 'enabled', 3))));
    }));

  test('keep their tenant as long as one of them is of it', () =>
    withPlace((place) => {
      place.append(judgedSignIns(RECORDS, withPerson('Gone Away')));
      expect(place.append(judgedSignIns(RECORDS.slice(1), RENAMED, 'enabled', 2))).toMatchObject({ judgedAnew: 299 });
      expect(place.counts('judging')).toEqual([2]);
      const one = writtenSignIns(RECORDS.slice(0, 1), withPerson('Gone Away'));
      expect(place.all()).toEqual(json(sorted([...one, ...writtenSignIns(RECORDS.slice(1), RENAMED, 'enabled', 2)])));
      place.append(judgedSignIns(RECORDS.slice(0, 1), RENAMED, 'enabled', 2));
      expect(place.counts('judging')).toEqual([1]);
      expect(place.parts()).not.toContain('Gone Away');
    }));

  test('give up tenants that an earlier version has left behind', () =>
    withPlace((place) => {
      place.append(judgedSignIns(RECORDS, TENANT));
      place.change(`INSERT INTO judging (number, members) SELECT 99, replace(members, ':', ': ') FROM judging`);
      place.append(judgedSignIns(RECORDS, RENAMED, 'enabled', 2));
      expect(place.counts('judging')).toEqual([1]);
    }));

  test('know their tenants after a batch that was taken back', () =>
    withPlace((place) => {
      const writer = place.log;
      writer.append(judgedSignIns(RECORDS.slice(0, 10), TENANT));
      const [first, ...others] = judgedSignIns(RECORDS.slice(10, 20), RENAMED);
      const broken = { ...first, found: undefined } as unknown as Loggable;
      expect(() => writer.append([...others, broken])).toThrow(TypeError);
      writer.append(judgedSignIns(RECORDS.slice(20, 30), delayed(1)));
      writer.append(others);
      expect(place.all()).toEqual(
        json(
          sorted([
            ...writtenSignIns(RECORDS.slice(0, 10), TENANT),
            ...writtenSignIns(RECORDS.slice(11, 20), RENAMED),
            ...writtenSignIns(RECORDS.slice(20, 30), delayed(1)),
          ]),
        ),
      );
    }));

  test('are found again by a writer that was open while another process pruned', () =>
    withPlace((place) => {
      const writer = new SignInFile(place.path, LINEAGE, { rewriting });
      const judged = judgedSignIns(RECORDS, TENANT);
      writer.append(judged.slice(0, 100));
      expect(place.log.prune('2027-01-01T00:00:00Z')).toBe(100);
      place.append(judgedSignIns(RECORDS.slice(200), RENAMED));
      writer.append(judged.slice(0, 200));
      writer.close();
      expect(place.all()).toEqual(
        json(
          sorted([...writtenSignIns(RECORDS.slice(0, 200), TENANT), ...writtenSignIns(RECORDS.slice(200), RENAMED)]),
        ),
      );
    }));

  test('are told in full after the log was closed, pruned or moved, once they were read', () =>
    withPlace((place) => {
      place.append(judgedSignIns(RECORDS.slice(0, 5), TENANT));
      const order = { column: 'createdDateTime', descending: false } as const;
      const read = [...place.log.query({ conditions: [], order })];
      place.log.prune('2027-01-01T00:00:00Z');
      place.log.close();
      expect(json(sorted(read))).toEqual(json(sorted(writtenSignIns(RECORDS.slice(0, 5), TENANT))));
    }));

  test('keep their words and their results where another version of gsa would judge otherwise', () =>
    withPlace((place) => {
      const [judged] = judgedSignIns(RECORDS.slice(0, 1), TENANT);
      if (judged === undefined) throw new Error('nothing was judged');
      const results = 'F'.repeat(judged.verdict.results?.length ?? 0);
      const verdict = { ...judged.verdict, outcome: 'denied', decidedBy: ['x'], results } as const;
      place.append([{ ...judged, verdict, found: { ...judged.found, replay: verdict } }]);
      const [told] = place.log.query({ conditions: [], order: { column: 'id', descending: false } });
      expect(told?.replay).toMatchObject({ outcome: 'denied', decidedBy: ['x'] });
      const applied = told?.record.appliedConditionalAccessPolicies ?? [];
      expect(applied.length).toBeGreaterThan(0);
      expect(new Set(applied.map(({ result }) => result))).toEqual(new Set(['reportOnlyFailure']));
    }));

  test.each([
    ['the tenant is gone', 'DELETE FROM judging'],
    ['a part of the tenant is gone', 'DELETE FROM part WHERE number = 1'],
    ['a part of the tenant is torn', `UPDATE part SET content = substr(content, 1, length(content) / 2)`],
    ['a part of the tenant is another', `UPDATE part SET content = (SELECT content FROM part LIMIT 1)`],
    ['the block is another', `UPDATE block SET content = x'28b52ffd', length = 4`],
  ])('are refused as damage where %s', (_, sql) =>
    withPlace((place) => {
      place.append(judgedSignIns(RECORDS.slice(0, 5), TENANT));
      place.change(sql);
      expect(() => place.all()).toThrow(
        expect.objectContaining({ kind: 'invalid', message: expect.stringContaining('is damaged') }),
      );
    }),
  );

  test('are refused as damage where the block is cut off', () =>
    withPlace((place) => {
      place.append(judgedSignIns(RECORDS.slice(0, 5), TENANT));
      place.change('PRAGMA wal_checkpoint(TRUNCATE)');
      const database = new DatabaseSync(place.path);
      const content = database.prepare('SELECT content FROM block').get()?.['content'] as Uint8Array;
      const text = zstdDecompressSync(content).subarray(0, -1);
      database.prepare('UPDATE block SET content = ?, length = ?').run(zstdCompressSync(text), text.length);
      database.close();
      expect(() => place.all()).toThrow(
        expect.objectContaining({ kind: 'invalid', message: expect.stringContaining('is damaged') }),
      );
    }));

  test('go into a log of the version before, whose own sign-ins stay as they are', () =>
    withPlace((place) => {
      const old = loggedSignIn({ id: 'old', createdDateTime: '2020-01-01T00:00:00Z' });
      place.append([old]);
      place.change('DROP TABLE part; DROP TABLE judging; DROP TABLE judged_block; PRAGMA user_version = 3');
      const before = readFileSync(place.path);
      expect(place.all()).toEqual([old]);
      expect(readFileSync(place.path).equals(before)).toBe(true);
      place.append(judgedSignIns(RECORDS, TENANT));
      expect(place.all()).toEqual(json(sorted([old, ...writtenSignIns(RECORDS, TENANT)])));
      expect(place.log.prune('2021-01-01T00:00:00Z')).toBe(1);
      expect(place.all()).toEqual(json(sorted(writtenSignIns(RECORDS, TENANT))));
    }));
});
