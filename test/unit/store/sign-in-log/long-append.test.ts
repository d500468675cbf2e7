import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { rewriting } from '../../../../src/commands/rewriting.ts';
import type { SignIn } from '../../../../src/core/conditional-access/record/sign-in.ts';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import { BatchSender } from '../../../../src/store/sign-in-log/batch-message.ts';
import { SignInFile } from '../../../../src/store/sign-in-log/sign-in-log.ts';
import { standingOf } from '../../../../src/store/sign-in-log/standing.ts';
import type { Appending } from '../../../../src/store/types.ts';
import { signIns } from '../../../support/generate-sign-ins.ts';
import { judgedSignIns } from '../../../support/judged.ts';
import { inFolder, LINEAGE } from '../../../support/store-samples.ts';

const TENANT = sampleTenant();
const RECORDS = signIns(300, { from: '2026-03-01T00:00:00Z' }) as readonly SignIn[];
const JUDGED = judgedSignIns(RECORDS, TENANT);
const batches = [JUDGED.slice(0, 100), JUDGED.slice(100, 200), JUDGED.slice(200)];

interface Place {
  readonly log: SignInFile;
  readonly appending: Appending;
  readonly path: string;
  readonly logAnchor: string;
}

const withPlace = (work: (place: Place) => Promise<void>) =>
  inFolder(async (folder) => {
    const path = join(folder, 'tenant.signins.db');
    const logAnchor = `${path}.log-anchor`;
    const log = new SignInFile(path, LINEAGE, { rewriting, anchor: logAnchor, timeout: 50 });
    const appending = log.appending(0);
    try {
      await work({ log, appending, path, logAnchor });
    } finally {
      await appending.end();
      log.close();
    }
  });

/** Everything of the log but what a run makes anew. */
function held(log: SignInFile): unknown {
  const rows = [...log.query({ conditions: [], order: { column: 'id', descending: false } })];
  return JSON.parse(JSON.stringify([rows, log.countBy('userId', { conditions: [] })]));
}

describe('batches that a thread writes', () => {
  test('lie in the log as if they had been written here, and are acknowledged', () =>
    withPlace(({ log, appending, path, logAnchor }) =>
      withPlace(async (other) => {
        for (const batch of batches) {
          const added = { added: 100, judgedAnew: 0, alreadyThere: 0 };
          expect(await appending.append(batch)).toEqual(added);
          expect(other.log.append(batch)).toEqual(added);
        }
        expect(await appending.append(batches.flat())).toEqual({ added: 0, judgedAnew: 0, alreadyThere: 300 });
        await appending.end();
        expect(held(log)).toEqual(held(other.log));
        expect(existsSync(logAnchor)).toBe(true);
        expect(standingOf({ signIns: path, logAnchor, lineage: LINEAGE }, undefined).meddled).toBeUndefined();
      }),
    ));

  test('may hold a sign-in twice, of which the first lies in a block that is being packed', () =>
    withPlace(async ({ log, appending }) => {
      const batch = [...JUDGED.slice(0, 200), ...JUDGED.slice(0, 50)];
      expect(await appending.append(batch)).toEqual({ added: 200, judgedAnew: 0, alreadyThere: 50 });
      expect(log.append(batch)).toEqual({ added: 0, judgedAnew: 0, alreadyThere: 250 });
    }));

  test('bring along the tenant that judged, whose JSON was made once for all of them and is sent packed', () =>
    withPlace(async ({ log, appending }) => {
      let made = 0;
      const people = Array.from({ length: 1_000 }, (_, at) => ({ id: `${at}`, displayName: `Person ${at}` }));
      const toJSON = () => {
        made++;
        return people;
      };
      const users = Object.assign([...people], { toJSON });
      const judged = judgedSignIns(RECORDS, { ...TENANT, users });
      expect(log.append(judged.slice(0, 100)).added).toBe(100);
      expect((await appending.append(judged.slice(100))).added).toBe(200);
      const [sent] = new BatchSender().messageOf(judged)?.tenants.things ?? [];
      expect(sent?.find(({ name }) => name === 'users')?.content.length).toBeLessThan(
        JSON.stringify(people).length / 4,
      );
      expect(made).toBe(1);
    }));

  test('replace what comes out otherwise, which takes records that are made later', () =>
    withPlace(async ({ log, appending }) => {
      for (const batch of batches) await appending.append(batch);
      const anew = judgedSignIns(RECORDS.slice(0, 150), { ...TENANT, policies: [] }, 'enabled', 2);
      expect(await appending.append(anew)).toEqual({ added: 0, judgedAnew: 150, alreadyThere: 0 });
      expect(await appending.append(batches.flat())).toEqual({ added: 0, judgedAnew: 150, alreadyThere: 150 });
      expect(log.count({ conditions: [] })).toBe(300);
    }));

  test('are refused with the words of the log, and nothing of them is written', () =>
    withPlace(async ({ log, appending, path }) => {
      await appending.append(batches[0] ?? []);
      const other = new DatabaseSync(path);
      other.exec('BEGIN IMMEDIATE');
      const refused = expect.objectContaining({ kind: 'busy', hint: 'try again' });
      await expect(appending.append(batches[1] ?? [])).rejects.toEqual(refused);
      other.exec('ROLLBACK');
      other.close();
      expect(log.count({ conditions: [] })).toBe(100);
      expect((await appending.append(batches[1] ?? [])).added).toBe(100);
    }));

  test('say nothing on stderr where Node announces SQLite in every thread', () =>
    withPlace(async ({ path }) => {
      // As Node 22 does when it begins node:sqlite.
      const announce = `process.emitWarning('SQLite is an experimental feature', 'ExperimentalWarning')`;
      const preload = `data:text/javascript,import { isMainThread } from 'node:worker_threads'; if (!isMainThread) ${announce}`;
      const log = new URL('../../../../src/store/sign-in-log/sign-in-log.ts', import.meta.url);
      const work = `
        const { SignInFile } = await import('${log}');
        const appending = new SignInFile(process.argv[2], process.argv[3], { timeout: 50 }).appending(0);
        await appending.append([]);
        await appending.end();
        console.log('done');`;
      const script = `${path}.mjs`;
      writeFileSync(script, work);
      const words = ['--import', preload, script, path, LINEAGE];
      const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
      expect([stdout, stderr]).toEqual(['done\n', '']);
    }));

  test('are not written where one of them cannot be', () =>
    withPlace(async ({ log, appending }) => {
      await appending.append(batches[0] ?? []);
      const [one] = batches[1] ?? [];
      const broken = {
        ...one,
        found: { record: { id: 'x' }, replay: one?.verdict },
      } as unknown as (typeof JUDGED)[number];
      await expect(appending.append([...(batches[1] ?? []).slice(1), broken])).rejects.toThrow(TypeError);
      expect(log.count({ conditions: [] })).toBe(100);
      expect((await appending.append(batches[1] ?? [])).added).toBe(100);
    }));
});
