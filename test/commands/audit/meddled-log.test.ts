import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../../support/in-process.ts';
import { workplace } from '../../support/in-process.ts';

const logOf = ({ tenant }: Workplace) => tenant.replace(/\.json$/, '.signins.db');
const anchorOf = ({ tenant }: Workplace) => `${tenant}.log-anchor`;
const FOUND = 'the sign-in log ends with write';

/** Replays sign-ins that the log does not have yet, created that many hours before the clock of a workplace. */
async function replay(place: Workplace, name: string, hours = 1) {
  const createdDateTime = new Date(Date.parse('2026-01-15T09:00:00Z') - hours * 3_600_000).toISOString();
  const records = ['a', 'b', 'c'].map((letter) => ({
    id: `${name}-${letter}`,
    createdDateTime,
    userPrincipalName: 'joni.sherman@contoso.com',
    appId: '00000002-0000-0ff1-ce00-000000000000',
    ipAddress: '203.0.113.9',
  }));
  writeFileSync(join(place.folder, `${name}.ndjson`), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return await place.gsa(`replay ${name}.ndjson`);
}

/** Contoso after two replays, with a copy of the log between them. */
async function replayed() {
  const place = workplace();
  await place.gsa('init');
  await replay(place, 'first');
  const older = join(place.folder, 'older.db');
  copyFileSync(logOf(place), older);
  await replay(place, 'second');
  return { place, putBack: () => copyFileSync(older, logOf(place)) };
}

const lastEntry = (place: Workplace) =>
  JSON.parse(readFileSync(`${place.tenant}.audit.ndjson`, 'utf8').trim().split('\n').at(-1) ?? '');

describe('a sign-in log as its last write left it', () => {
  test('is told by nobody, whatever was written since: replays, changes of the tenant, records that are removed', async () => {
    const { place } = await replayed();
    await place.gsa('location add X 203.0.113.77/32');
    await place.gsa('tenant set --sign-in-log-retention 1');
    await replay(place, 'old', 100);
    const runs = [await replay(place, 'third'), await place.gsa('logs'), await place.gsa('location remove X --yes')];
    for (const run of runs) expect([run.exitCode, run.stderr]).toEqual([0, expect.not.stringContaining('warning')]);
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  });

  test('ahead of what was acknowledged is what a kill leaves, and what an earlier version leaves', async () => {
    const { place } = await replayed();
    const anchor = readFileSync(anchorOf(place));
    await replay(place, 'third');
    writeFileSync(anchorOf(place), anchor);
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    expect((await place.gsa('logs')).stderr).not.toContain('warning');
    rmSync(anchorOf(place));
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  });

  test('is another one after `init --force`, and that of before is not missed', async () => {
    const { place } = await replayed();
    await place.gsa('location add X 203.0.113.77/32');
    await place.gsa('init --force --yes');
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    expect((await replay(place, 'third')).stderr).not.toContain('warning');
    await place.gsa('location add X 203.0.113.77/32');
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  });
});

describe('an older copy of the sign-in log, put in place by hand', () => {
  test.each(['logs', 'logs -o json', 'impact --from-logs', 'logs --count-by outcome'])(
    'is told by gsa %s',
    async (words) => {
      const { place, putBack } = await replayed();
      putBack();
      expect((await place.gsa(words)).stderr).toContain(`${FOUND} 1, but write 2 was acknowledged: an older copy`);
    },
  );

  test('is told by validate until the next replay, which tells it too and keeps it in the log', async () => {
    const { place, putBack } = await replayed();
    putBack();
    for (const _ of [1, 2]) {
      const { exitCode, stdout } = await place.gsa('tenant validate');
      expect([exitCode, stdout]).toEqual([4, expect.stringContaining(FOUND)]);
    }
    expect((await replay(place, 'third')).stderr).toContain(FOUND);
    const { exitCode, stdout } = await place.gsa('tenant validate');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`before its write 3: ${FOUND} 1`)]);
    expect((await replay(place, 'fourth')).stderr).not.toContain('warning');
  });

  test('is told by the next change of the tenant, whose entry keeps it', async () => {
    const { place, putBack } = await replayed();
    putBack();
    expect((await place.gsa('location add X 203.0.113.77/32')).stderr).toContain(FOUND);
    expect(lastEntry(place).additionalDetails).toEqual([
      { key: 'signInLogRolledBack', value: expect.stringContaining(FOUND) },
    ]);
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    expect((await place.gsa('location remove X --yes')).stderr).not.toContain('warning');
  });

  test('is told with what was acknowledged put back or removed beside it, once a change of the tenant knew of more', async () => {
    for (const meddle of [
      (place: Workplace, anchor: Buffer) => writeFileSync(anchorOf(place), anchor),
      (place: Workplace) => rmSync(anchorOf(place)),
      (place: Workplace) => writeFileSync(anchorOf(place), '{"lineage":'),
    ]) {
      const place = workplace();
      await place.gsa('init');
      await replay(place, 'first');
      const [log, anchor] = [readFileSync(logOf(place)), readFileSync(anchorOf(place))];
      await replay(place, 'second');
      await place.gsa('location add X 203.0.113.77/32');
      expect(lastEntry(place).gsa.signInLog).toMatchObject({ write: 2 });
      writeFileSync(logOf(place), log);
      meddle(place, anchor);
      expect((await place.gsa('tenant validate')).stdout).toContain(FOUND);
      expect((await place.gsa('location add Y 203.0.113.78/32')).stderr).toContain(FOUND);
    }
  });
});

describe('a sign-in log that is not there, or not the own one', () => {
  test('is missed by logs, by validate and by the next replay, which begins one that goes on behind it', async () => {
    const { place } = await replayed();
    rmSync(logOf(place));
    const missed = 'the sign-in log is not there, but 2 writes to it were acknowledged';
    expect((await place.gsa('logs')).stderr).toContain(missed);
    expect((await place.gsa('tenant validate')).stdout).toContain(missed);
    expect((await replay(place, 'third')).stderr).toContain(missed);
    const { exitCode, stdout } = await place.gsa('tenant validate');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`before its write 3: ${missed}`)]);
  });

  test('is missed by the next change of the tenant, whose entry keeps it, and by nobody behind that', async () => {
    const { place } = await replayed();
    rmSync(logOf(place));
    expect((await place.gsa('location add X 203.0.113.77/32')).stderr).toContain('2 writes to it were acknowledged');
    expect(lastEntry(place).additionalDetails).toEqual([{ key: 'signInLogMissing', value: expect.any(String) }]);
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    for (const words of ['logs', 'location remove X --yes', 'tenant validate'])
      expect((await place.gsa(words)).stderr).not.toContain('acknowledged');
    expect(lastEntry(place).additionalDetails).toEqual([]);
    expect((await replay(place, 'third')).stderr).not.toContain('warning');
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  });

  test('with other writes of the same number is told', async () => {
    const place = workplace();
    await place.gsa('init');
    await replay(place, 'first');
    const older = readFileSync(logOf(place));
    await replay(place, 'second');
    const [second, anchor] = [readFileSync(logOf(place)), readFileSync(anchorOf(place))];
    rmSync(anchorOf(place));
    writeFileSync(logOf(place), older);
    await replay(place, 'other');
    writeFileSync(anchorOf(place), anchor);
    expect((await place.gsa('tenant validate')).stdout).toContain('write 2 of the sign-in log is not the one');
    writeFileSync(logOf(place), second);
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  });

  test.each<[string, (place: Workplace, other: Workplace) => void, string]>([
    ['of another tenant', (place, other) => copyFileSync(logOf(other), logOf(place)), 'belongs to another tenant'],
    ['cut at its end', (place) => truncateSync(logOf(place), 20_000), 'is damaged'],
    ['emptied', (place) => truncateSync(logOf(place), 0), 'is not there'],
    ['of something else', (place) => writeFileSync(logOf(place), 'x'.repeat(4096)), 'is damaged'],
  ])('%s is told by validate', async (_, meddle, words) => {
    const [{ place }, other] = [await replayed(), workplace()];
    await other.gsa('init');
    await replay(other, 'first');
    meddle(place, other);
    const { exitCode, stdout } = await place.gsa('tenant validate');
    expect([exitCode, stdout]).toEqual([4, expect.stringContaining(words)]);
    // The tenant can be changed all the same.
    expect((await place.gsa('location add X 203.0.113.77/32')).exitCode).toBe(0);
  });

  test('of a copy of the tenant file alone is not missed', async () => {
    const { place } = await replayed();
    const copy = workplace();
    copyFileSync(place.tenant, copy.tenant);
    copyFileSync(`${place.tenant}.audit.ndjson`, `${copy.tenant}.audit.ndjson`);
    expect((await copy.gsa('tenant validate')).exitCode).toBe(0);
    expect(existsSync(anchorOf(copy))).toBe(false);
  });
});
