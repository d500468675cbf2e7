import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StoryReport } from '../../src/output/reports/story.ts';
import type { CommandRun } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { idsOf } from '../support/logged.ts';
import { PROJECT } from '../support/terminal.ts';

const JONI = '5f000000-0000-4000-8000-000000000001';

/** Contoso's morning, replayed under both settings. */
async function morning() {
  const place = workplace();
  await place.gsa('init');
  const file = join(PROJECT, 'examples/contoso/signins.ndjson');
  await place.gsa(['replay', file]);
  await place.gsa(['replay', file, '--signaling', 'disabled']);
  return place;
}

const stories = (run: CommandRun) => run.json()['value'] as readonly StoryReport[];

describe('gsa logs show', () => {
  test('tells the sign-in for each setting that it was replayed under, and what would turn it', async () => {
    const run = await (await morning()).gsa(`logs show ${JONI} -o json`);
    expect(
      stories(run).map(({ signalingStatus, outcome, seen }) => [signalingStatus, outcome, seen.ipAddress]),
    ).toEqual([
      ['disabled', 'blocked', '151.206.10.7'],
      ['enabled', 'granted', '203.0.113.25'],
    ]);
    const [off, on] = stories(run);
    expect(off?.seen.sourceIpAddress).toBe('203.0.113.25');
    expect(off?.policies[0]).toMatchObject({
      displayName: 'CA003 Block Finance outside trusted locations',
      result: 'failure',
    });
    expect(on?.locations.map(({ displayName }) => displayName)).toContain('Headquarters');
    expect(off?.nearestChanges).toContainEqual({ text: 'with signaling enabled', outcome: 'granted' });
    expect([off?.notes, on?.notes]).toEqual([[], []]);
  });

  test('every sign-in of the log is told with the outcome that the log has', async () => {
    const place = await morning();
    const ids = new Set(idsOf(await place.gsa('logs --all -o json')));
    expect(ids.size).toBe(9);
    for (const id of ids) {
      for (const story of stories(await place.gsa(`logs show ${id} -o json`))) {
        const { replay } = (story as unknown as { signIn: { replay: { outcome: string; missing: string[] } } }).signIn;
        expect([story.outcome, story.missing]).toEqual([replay.outcome, replay.missing]);
      }
    }
  });

  test('what a record proved of MFA is not lost by the replay', async () => {
    const place = workplace();
    await place.gsa('init');
    const record = {
      id: 'admin-1',
      createdDateTime: '2026-01-14T12:00:00Z',
      userId: 'a0000000-0000-4000-8000-000000000001',
      resourceId: '00000003-0000-0000-c000-000000000000',
      clientAppUsed: 'Browser',
      ipAddress: '203.0.113.25',
      isThroughGlobalSecureAccess: false,
      location: { countryOrRegion: 'NL' },
      status: { errorCode: 0, additionalDetails: 'MFA requirement satisfied by claim in the token' },
      appliedConditionalAccessPolicies: [{ id: 'x', result: 'success' }],
    };
    writeFileSync(join(place.folder, 'one.json'), JSON.stringify(record));
    await place.gsa(['replay', join(place.folder, 'one.json')]);
    const [story] = stories(await place.gsa('logs show admin-1 -o json'));
    expect(story?.outcome).toBe('granted');
    const [row] = (await place.gsa('logs -o json')).json()['value'] as readonly { replay: { recorded: object } }[];
    expect(row?.replay.recorded).toMatchObject({
      status: record.status,
      appliedConditionalAccessPolicies: record.appliedConditionalAccessPolicies,
    });
  });

  test('says that the tenant has changed since, and what the outcome was', async () => {
    const place = await morning();
    await place.gsa(['policy', 'set-state', 'CA003 Block Finance outside trusted locations', 'disabled']);
    const run = await place.gsa(`logs show ${JONI}`);
    expect(run.stdout).toContain('- it was judged by serial 1 of the tenant, and is told anew by serial 2');
    expect(run.stdout).toContain(
      '- when it was judged the outcome was blocked by CA003 Block Finance outside trusted locations',
    );
  });

  test('the beginning of an id is enough where only one begins so', async () => {
    const place = await morning();
    expect(stories(await place.gsa(`logs show ${JONI.toUpperCase()} -o json`))).toHaveLength(2);
    const several = await place.gsa('logs show 5f000000-0000');
    expect(several.exitCode).toBe(4);
    expect(several.stderr).toContain('several sign-ins have an id that begins with `5f000000-0000`');
    const none = await place.gsa('logs show nothing');
    expect([none.exitCode, none.stderr]).toEqual([
      4,
      expect.stringContaining('no sign-in of the log has the id `nothing`'),
    ]);
  });

  test('an id in another case or cut short finds the same', async () => {
    const place = await morning();
    expect(stories(await place.gsa('logs show 5f000000-0000-4000-8000-000000000009 -o json'))).toHaveLength(2);
  });
});
